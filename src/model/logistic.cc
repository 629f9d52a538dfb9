// Logistic and softmax regression along the path of decays: each fold walks from large to small
// decay, every fit starting where the last three point.

#include <algorithm>
#include <cmath>
#include <map>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "data/row_set.h"
#include "model/coded_rows.h"
#include "model/held_out.h"
#include "model/lockstep_path.h"
#include "model/logistic_leave_one_out.h"
#include "model/logistic_problem.h"
#include "model/model.h"
#include "model/newton.h"
#include "model/path_ahead.h"
#include "model/path_order.h"
#include "model/spectrum_estimate.h"
#include "model/stopping.h"

namespace halflife {
namespace {

// One problem's way: what it keeps between calls, and what the last call found.
struct Walk {
  std::optional<LogisticProblem> problem;
  std::optional<NewtonSolver> solver;
  PathAhead ahead;
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
    all_rows_ = RowsInOrder(data_.target.rows());
    const std::size_t count = CountFolds(data_.folds) + 1;
    walks_.resize(count);
    if (!coded_ && LockstepPath::Suits(data_, outputs_))
      lockstep_.emplace(data_, outputs_, context_.threads);
    if (lockstep_ && !lockstep_->usable()) lockstep_.reset();
    standardizer_ =
        lockstep_ ? lockstep_->standardizer()
                  : LearnStandardizer(data_.design, all_rows_, data_.weights, context_.threads);
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
      scores.status = walks_.front().status[d].value_or(FitStatus::kFitted);  // none: stopped
      for (const int fold : folds) {
        const Walk& walk = walks_[static_cast<std::size_t>(fold) + 1];
        scores.status = Worse(scores.status, *walk.status[d]);
        scores.folds.push_back(walk.scores[d]);
      }
      if (scores.status != FitStatus::kFitted) scores.folds.clear();
    }
    return all;
  }

  std::vector<PairScores> ScorePairs(std::span<const double> decays, std::size_t repeat) override {
    const Folds& folds = data_.folds[repeat];
    std::vector<PairScores> pairs = PairsOf(folds, decays.size());
    Settled settled(pairs.size(), std::vector<char>(decays.size(), 0));
    if (lockstep_) {
      SolveAllAgain(decays, &settled);
      lockstep_->SolvePairs({repeat, decays, [&] { return stopping_.Asked(); }},
                            [&](std::size_t pair, std::size_t d, std::optional<PairLosses> losses) {
                              pairs[pair].losses[d] = losses;
                              settled[pair][d] = 1;
                            });
    }
    ParallelFor(pairs.size(), context_.threads,
                [&](std::size_t i) { WalkPair(folds, decays, settled[i], &pairs[i]); });
    return pairs;
  }

  std::vector<std::vector<std::optional<double>>> TrainingLeaveOneOut(
      std::span<const double> decays) override {
    const std::size_t count = walks_.size() - 1;
    std::vector<std::vector<std::optional<double>>> of_fold(
        count, std::vector<std::optional<double>>(decays.size()));
    if (coded_) return of_fold;  // it would take the Hessian
    Settled settled(count, std::vector<char>(decays.size(), 0));
    if (lockstep_) SolveAllAgain(decays, &settled);
    std::size_t first = 0;
    for (std::size_t repeat = 0; lockstep_ && repeat < data_.folds.size(); ++repeat) {
      lockstep_->LeaveOneOutOfFolds({repeat, decays, [&] { return stopping_.Asked(); }},
                                    [&](int fold, std::size_t d, std::optional<double> loss) {
                                      of_fold[first + static_cast<std::size_t>(fold)][d] = loss;
                                      settled[first + static_cast<std::size_t>(fold)][d] = 1;
                                    });
      first += static_cast<std::size_t>(data_.folds[repeat].count);
    }
    ParallelFor(count, context_.threads, [&](std::size_t f) {
      ForEachUnsettled(
          decays, settled[f], [&] { return Prepare(f + 1); },
          [&](const Walk& walk, std::size_t d, const Matrix& parameters,
              const SoftmaxState& state) {
            of_fold[f][d] =
                walk.solver ? LeaveOneOutLoss(walk.problem->training, parameters, state, decays[d])
                            : 0.0;
          });
    });
    return of_fold;
  }

  std::vector<int> DoneFolds() const override { return DoneWalks(walks_); }

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
        if (!coded_ &&
            LeaveOneOutCost(all_rows_.size(), r + 1, outputs_) <= kMostLeaveOneOutOperations)
          fits[d].loo = LeaveOneOutLoss(all.training, parameters, state, decays[d]);
      } else {
        fits[d] = *lockstep_->At(decays[d]);
      }
    });
    return fits;
  }

 private:
  using Settled = std::vector<std::vector<char>>;  // a part, a decay: whether it needs no walk

  // The fits of all rows that lockstep begins from; where there is none without decay, no part has
  // one.
  void SolveAllAgain(std::span<const double> decays, Settled* settled) {
    lockstep_->SolveAll({decays.begin(), decays.end()});
    for (std::size_t d = 0; d < decays.size(); ++d) {
      if (decays[d] > 0.0 || !lockstep_->separable()) continue;
      for (std::vector<char>& part : *settled) part[d] = 1;
    }
  }

  // Down the path of decays that are not settled, calling found(walk, decay, parameters, state)
  // where there is a fit.
  template <typename Make, typename Found>
  void ForEachUnsettled(std::span<const double> decays, const std::vector<char>& settled,
                        const Make& make, const Found& found) {
    Walk walk;
    for (const std::size_t d :
         LargestFirst(decays, [&](std::size_t i) { return settled[i] != 0; })) {
      if (stopping_.Asked()) return;
      if (!walk.problem) {
        walk.problem = make();
        if (!walk.problem->classes.one()) walk.solver.emplace(&walk.problem->training);
      }
      Matrix parameters;
      SoftmaxState state;
      if (SolveOne(&walk, decays[d], &parameters, &state) == FitStatus::kFitted)
        found(walk, d, parameters, state);
    }
  }

  void WalkPair(const Folds& folds, std::span<const double> decays,
                const std::vector<char>& settled, PairScores* pair) {
    const std::vector<uint32_t> training = folds.TrainingBoth(pair->first, pair->second);
    if (training.empty()) return;
    std::vector<uint32_t> held = folds.Held(pair->first);
    const std::size_t firsts = held.size();
    const std::vector<uint32_t> second = folds.Held(pair->second);
    held.insert(held.end(), second.begin(), second.end());
    ForEachUnsettled(
        decays, settled, [&] { return MakeOf(training, held); },
        [&](const Walk& walk, std::size_t d, const Matrix& parameters, const SoftmaxState& state) {
          const LogisticProblem& of = *walk.problem;
          const Matrix logits = HeldLogits(of, parameters);
          const auto first = static_cast<Eigen::Index>(firsts);
          const Eigen::Index rest = logits.cols() - first;
          const std::span<const int32_t> classes = of.held_classes;
          pair->losses[d] = {state.data_loss,
                             LossOfLogits(logits.leftCols(first), classes.first(firsts),
                                          of.held_weights.head(first)),
                             LossOfLogits(logits.rightCols(rest), classes.subspan(firsts),
                                          of.held_weights.tail(rest))};
        });
  }

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
    const auto folds = static_cast<double>(CountFolds(data_.folds));
    const auto rows = static_cast<double>(data_.target.rows());
    const double kept =
        coded_ ? 4.0 + outputs_ : std::min(rows, static_cast<double>(data_.design.size()));
    const double bytes = 8.0 * (folds + 1.0) * rows * kept;
    if (bytes <= MostBytes()) return;
    Fail(ErrorKind::kLogisticMemory, {folds, rows, std::round(bytes / 1e9)});
  }

  // Problem 0 is the fit on all rows, then come the folds of every repeat.
  LogisticProblem Prepare(std::size_t index) const {
    if (index == 0) return Make(standardizer_, all_rows_, {});
    const FoldOfRound fold = FindFold(data_.folds, index - 1);
    return MakeOf(fold.Training(), fold.Held());
  }
  LogisticProblem MakeOf(const std::vector<uint32_t>& training,
                         const std::vector<uint32_t>& held) const {
    return Make(LearnStandardizer(data_.design, training, data_.weights), training, held);
  }
  LogisticProblem Make(const Standardizer& learnt, const std::vector<uint32_t>& training,
                       const std::vector<uint32_t>& held) const {
    return (coded_ ? MakeCodedProblem : MakeLogisticProblem)(data_, learnt, training, held);
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
    if (!walk.problem->classes.one()) walk.solver.emplace(&walk.problem->training);
  }

  // What fits in lockstep reach.
  void WalkTogether(std::span<const double> decays) {
    const std::function<bool()> stop = [&] { return stopping_.Asked(); };
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
      lockstep_->SolveFolds({repeat, decays, stop},
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
    const std::vector<std::size_t> order =
        LargestFirst(decays, [&](std::size_t d) { return walk.status[d].has_value(); });
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
    PathAhead& ahead = walk->ahead;
    const bool onwards = ahead.started() && decay < ahead.decay();
    *parameters = onwards ? ahead.Expected(decay) : walk->solver->Start();
    NewtonEnd how = walk->solver->Solve(decay, parameters, state);
    // Without decay a path of its own would end where thousands of levels have hardly any
    // curvature.
    if (how == NewtonEnd::kStuck && (decay > 0.0 || !problem.coded_training))
      how = SolveFromScratch(problem.training, decay, parameters, state);
    if (how == NewtonEnd::kSeparable) return FitStatus::kNoFiniteFit;
    if (how == NewtonEnd::kStuck) return FitStatus::kFailed;
    RemoveUnseen(problem, decay, parameters);
    if (onwards || !ahead.started()) ahead.Add(decay, *parameters);
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
