// Logistic and softmax regression along the path of decays: each fold walks from large to small
// decay, every fit starting where the last one ended.

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "model/coded_rows.h"
#include "model/held_out.h"
#include "model/lockstep_path.h"
#include "model/logistic_problem.h"
#include "model/model.h"
#include "model/newton.h"
#include "model/spectrum_estimate.h"
#include "model/stopping.h"

namespace halflife {
namespace {

// How far down the path is walked: the last fit and the one before it.
struct PathEnd {
  double decay = 0.0;
  Matrix parameters;
  double decay_before = 0.0;
  Matrix parameters_before;

  bool started() const { return parameters.size() > 0; }

  // Where the fit at `next` is expected: along the line, in log decay, of the last two; no further
  // ahead than twice the way between these, for a line soon leaves the path.
  Matrix Predict(double next) const {
    constexpr double kFurthest = 2.0;
    if (next == 0.0 || parameters_before.size() == 0) return parameters;
    const double ahead = std::log(decay / next) / std::log(decay_before / decay);
    return parameters + std::min(ahead, kFurthest) * (parameters - parameters_before);
  }

  void MoveTo(double next, const Matrix& solution) {
    decay_before = decay;
    parameters_before = std::move(parameters);
    decay = next;
    parameters = solution;
  }
};

// One problem's way: what it keeps between calls, and what the last call found.
struct Walk {
  std::optional<LogisticProblem> problem;
  std::optional<NewtonSolver> solver;
  PathEnd end;
  std::vector<std::optional<FitStatus>> status;  // one a decay; none: not tried yet
  std::vector<FoldScore> scores;
  bool done = false;  // at every decay of the last call
};

class Logistic : public Model {
 public:
  explicit Logistic(const ModelContext& context)
      : context_(context), data_(*context.dataset), stopping_(context.stop) {
    const std::size_t classes = data_.target.class_names.size();
    outputs_ = classes == 2 ? 1 : static_cast<int>(classes);
    constexpr double kMostParameters = 2e7;
    if (static_cast<double>(data_.design.size()) * outputs_ > kMostParameters) {
      Fail(ErrorKind::kWeightsTooMany, {data_.design.size(), classes});
    }
    coded_ = context.coded.value_or(StaysCoded(data_.design));
    RefuseTooMany();
    all_rows_.resize(data_.target.rows());
    std::iota(all_rows_.begin(), all_rows_.end(), 0U);
    std::size_t count = 1;
    for (const Folds& folds : data_.folds) count += static_cast<std::size_t>(folds.count);
    walks_.resize(count);
    if (!coded_ && LockstepPath::Suits(data_, outputs_))
      lockstep_.emplace(data_, outputs_, context_.threads);
    if (lockstep_ && !lockstep_->usable()) lockstep_.reset();
    standardizer_ = lockstep_ ? lockstep_->standardizer()
                              : LearnStandardizer(data_.design, all_rows_, data_.weights);
    if (lockstep_) return;
    ParallelFor(count, context_.threads, [&](std::size_t i) { PrepareWalk(i); });
  }

  Vector Curvature() override {
    if (stopping_.Asked()) return Vector();
    if (lockstep_) return lockstep_->spectrum() * CurvatureAtZero();
    if (!walks_.front().problem) return Vector();
    if (coded_) return CodedSpectrum() * CurvatureAtZero();
    return walks_.front().problem->curvature * CurvatureAtZero();
  }
  const Standardizer& standardizer() const override { return standardizer_; }
  std::vector<FoldScore> NullScores() const override { return ScoreConstants(data_); }

  std::vector<DecayScores> ScoreFolds(std::span<const double> decays) override {
    if (context_.count) context_.count(static_cast<int>(walks_.size() * decays.size()), 0);
    for (std::size_t i = 0; i < walks_.size(); ++i) {
      walks_[i].done = false;
      walks_[i].status.assign(decays.size(), std::nullopt);
      walks_[i].scores.assign(i == 0 ? 0 : decays.size(), FoldScore());
    }
    if (lockstep_ && !stopping_.Asked()) WalkTogether(decays);
    ParallelFor(walks_.size(), context_.threads, [&](std::size_t i) { WalkPath(i, decays); });
    const std::vector<int> folds = DoneFolds();
    std::vector<DecayScores> all(decays.size());
    for (std::size_t d = 0; d < decays.size(); ++d) {
      DecayScores& scores = all[d];
      if (!folds.empty()) scores.status = *walks_.front().status[d];
      for (const int fold : folds) {
        const Walk& walk = walks_[static_cast<std::size_t>(fold) + 1];
        scores.status = Worse(scores.status, *walk.status[d]);
        scores.folds.push_back(walk.scores[d]);
      }
      if (scores.status != FitStatus::kFitted) scores.folds.clear();
    }
    return all;
  }

  std::vector<int> DoneFolds() const override {
    std::vector<int> done;
    if (!walks_.front().done) return done;
    for (std::size_t i = 1; i < walks_.size(); ++i) {
      if (walks_[i].done) done.push_back(static_cast<int>(i - 1));
    }
    return done;
  }

  std::vector<Fit> FitAll(std::span<const double> decays) override {
    constexpr Eigen::Index kMostForDof = 1500;  // above it the trace would cost more than the fit
    std::vector<Fit> fits(decays.size());
    ParallelFor(decays.size(), context_.threads, [&](std::size_t d) {
      if (const auto at = full_.find(decays[d]); at != full_.end()) {
        const LogisticProblem& all = *walks_.front().problem;
        const Eigen::Index r = all.basis.cols();
        const Matrix& parameters = at->second;
        const SoftmaxState state = Evaluate(all.training, parameters, decays[d]);
        fits[d] = {FeatureWeights(all, parameters), parameters.bottomRows(1).transpose(),
                   state.data_loss, std::nullopt};
        if (coded_) {
          EstimateDof(all, state, decays[d], &fits[d]);
        } else if (r * outputs_ <= kMostForDof && outputs_ <= kMostOutputsTogether)
          fits[d].effective_dof = EffectiveDof(all.training, state, decays[d]);
      } else {
        fits[d] = *lockstep_->At(decays[d]);
      }
    });
    return fits;
  }

 private:
  // About the eigenvalues of all rows' X'X/n that are not 0.
  Vector CodedSpectrum() const {
    const LogisticProblem& all = *walks_.front().problem;
    const CodedRows& coded = *all.coded_training;
    const CentredRows rows(coded, all.training.weights / all.training.total(), coded.undecayed());
    return EstimateSpectrum(rows, {}, context_.threads).Spread();
  }

  // Of two classes; of more the curvature is no sum over rows of products of one weight.
  static void EstimateDof(const LogisticProblem& all, const SoftmaxState& state, double decay,
                          Fit* fit) {
    constexpr SpectrumEffort kPerDecay = {2, 40};
    if (all.training.outputs > 1) return;
    const Vector curvature = RowCurvature(all.training, state).row(0).transpose();
    const CentredRows rows(*all.coded_training, curvature, all.coded_training->undecayed());
    fit->effective_dof = EstimateSpectrum(rows, kPerDecay, 1).EffectiveDof(decay);
    fit->dof_is_estimate = true;
  }

  // Every fold keeps its rows in their axes; where these are read by codes, which they are.
  void RefuseTooMany() const {
    double folds = 1.0;
    for (const Folds& each : data_.folds) folds += each.count;
    const auto rows = static_cast<double>(data_.target.rows());
    const double kept =
        coded_ ? 4.0 + outputs_ : std::min(rows, static_cast<double>(data_.design.size()));
    const double bytes = 8.0 * folds * rows * kept;
    if (bytes <= MostBytes()) return;
    Fail(ErrorKind::kLogisticMemory, {folds - 1.0, rows, std::round(bytes / 1e9)});
  }

  // Problem 0 is the fit on all rows, then come the folds of every repeat.
  LogisticProblem Prepare(std::size_t index) const {
    const auto make = coded_ ? MakeCodedProblem : MakeLogisticProblem;
    if (index == 0) return make(data_, standardizer_, all_rows_, {});
    std::size_t fold = index - 1;
    std::size_t repeat = 0;
    while (fold >= static_cast<std::size_t>(data_.folds[repeat].count))
      fold -= static_cast<std::size_t>(data_.folds[repeat++].count);
    const std::vector<uint32_t> training = data_.folds[repeat].Training(static_cast<int>(fold));
    return make(data_, LearnStandardizer(data_.design, training, data_.weights), training,
                data_.folds[repeat].Held(static_cast<int>(fold)));
  }

  // The curvature that one unit of X'X/n has at zero weights: p (1 - p), for many classes its mean
  // over the directions in which the logits can differ.
  double CurvatureAtZero() const {
    Vector weight = Vector::Zero(static_cast<Eigen::Index>(data_.target.class_names.size()));
    for (const uint32_t row : all_rows_) weight(data_.target.classes[row]) += data_.weights(row);
    const double left = 1.0 - (weight / weight.sum()).squaredNorm();
    return outputs_ == 1 ? left / 2.0 : left / (outputs_ - 1);
  }

  void PrepareWalk(std::size_t index) {
    Walk& walk = walks_[index];
    if (walk.problem || stopping_.Asked()) return;
    walk.problem = Prepare(index);
    if (!walk.problem->one_class()) walk.solver.emplace(&walk.problem->training);
  }

  // What fits in lockstep reach.
  void WalkTogether(std::span<const double> decays) {
    const auto stop = [&] { return stopping_.Asked(); };
    const auto settle = [&](std::size_t walk, std::size_t d, FitStatus status) {
      walks_[walk].status[d] = status;
      if (context_.count) context_.count(0, 1);
    };
    lockstep_->SolveAll({decays.begin(), decays.end()});
    for (std::size_t d = 0; d < decays.size(); ++d) {
      if (lockstep_->At(decays[d]) != nullptr) settle(0, d, FitStatus::kFitted);
      if (decays[d] > 0.0 || !lockstep_->separable()) continue;
      for (std::size_t walk = 0; walk < walks_.size(); ++walk)
        settle(walk, d, FitStatus::kNoFiniteFit);
    }
    std::size_t first = 1;
    for (std::size_t repeat = 0; repeat < data_.folds.size() && !stop(); ++repeat) {
      lockstep_->SolveFolds(repeat, decays, stop,
                            [&](int fold, std::size_t d, std::optional<FoldScore> score) {
                              const std::size_t walk = first + static_cast<std::size_t>(fold);
                              if (score) walks_[walk].scores[d] = std::move(*score);
                              settle(walk, d, score ? FitStatus::kFitted : FitStatus::kNoFiniteFit);
                            });
      first += static_cast<std::size_t>(data_.folds[repeat].count);
    }
  }

  // Where one fold has no finite fit, that is what there is to say of the decay.
  static FitStatus Worse(FitStatus a, FitStatus b) {
    if (a == FitStatus::kNoFiniteFit || b == FitStatus::kNoFiniteFit)
      return FitStatus::kNoFiniteFit;
    return std::max(a, b);
  }

  // From the largest decay down.
  void WalkPath(std::size_t index, std::span<const double> decays) {
    Walk& walk = walks_[index];
    std::vector<std::size_t> order;
    for (std::size_t d = 0; d < decays.size(); ++d) {
      if (!walk.status[d]) order.push_back(d);
    }
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return decays[a] > decays[b]; });
    if (!order.empty()) PrepareWalk(index);
    for (const std::size_t d : order) {
      if (stopping_.Asked() || !walk.problem) return;
      Matrix parameters;
      SoftmaxState state;
      walk.status[d] = SolveOne(&walk, decays[d], &parameters, &state);
      if (index > 0 && walk.status[d] == FitStatus::kFitted)
        walk.scores[d] = ScoreHeld(*walk.problem, parameters, state.data_loss);
      if (index == 0 && walk.status[d] == FitStatus::kFitted) full_[decays[d]] = parameters;
      if (context_.count) context_.count(0, 1);
    }
    walk.done = true;
  }

  static FoldScore ScoreHeld(const LogisticProblem& problem, const Matrix& parameters,
                             double train_loss) {
    const Matrix logits = HeldLogits(problem, parameters);
    return {train_loss, LossOfLogits(logits, problem.held_classes, problem.held_weights),
            HeldOutOfLogits(logits, problem.held_classes, problem.held_weights)};
  }

  static FitStatus SolveOne(Walk* walk, double decay, Matrix* parameters, SoftmaxState* state) {
    if (!walk->solver) return FitStatus::kFitted;  // one class: its share is 1, the loss 0
    const LogisticProblem& problem = *walk->problem;
    if (decay == 0.0 && problem.separable) return FitStatus::kNoFiniteFit;
    if (problem.free_separable) return decay > 0.0 ? FitStatus::kFailed : FitStatus::kNoFiniteFit;
    PathEnd& end = walk->end;
    const bool onwards = end.started() && decay < end.decay;
    *parameters = onwards ? end.Predict(decay) : walk->solver->Start();
    NewtonEnd how = walk->solver->Solve(decay, parameters, state);
    // Without decay a path of its own would end where thousands of levels have hardly any
    // curvature.
    if (how == NewtonEnd::kStuck && (decay > 0.0 || !problem.coded_training))
      how = SolveFromScratch(problem.training, decay, parameters, state);
    if (how == NewtonEnd::kSeparable) return FitStatus::kNoFiniteFit;
    if (how == NewtonEnd::kStuck) return FitStatus::kFailed;
    RemoveUnseen(problem, decay, parameters);
    if (onwards || !end.started()) end.MoveTo(decay, *parameters);
    return FitStatus::kFitted;
  }

  ModelContext context_;
  const Dataset& data_;
  Stopping stopping_;
  int outputs_ = 1;
  bool coded_ = false;  // the features are never laid out
  std::vector<uint32_t> all_rows_;
  Standardizer standardizer_;
  std::optional<LockstepPath> lockstep_;  // none where the data do not suit it
  std::vector<Walk> walks_;
  std::map<double, Matrix>
      full_;  // the parameters on all rows at decays solved outside of lockstep
};

}  // namespace

std::unique_ptr<Model> MakeLogistic(const ModelContext& context) {
  return std::make_unique<Logistic>(context);
}

}  // namespace halflife
