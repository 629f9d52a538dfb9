// Logistic and softmax regression along the path of decays: each fold walks from large to small
// decay, every fit starting where the last one ended.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "base/error.h"
#include "base/parallel.h"
#include "base/text.h"
#include "model/model.h"
#include "model/newton.h"
#include "model/spectrum.h"

namespace halflife {
namespace {

// A fold, or all rows, in the axes of its training rows: there p > n costs no more than p = n, and
// a direction that no training row has stays at weight 0.
struct Problem {
  Matrix basis;  // kept features x r
  Vector curvature;
  SoftmaxRows training;
  SoftmaxRows held;  // no rows for the fit on all
};

// How far down the path is walked: the last fit and the one before it.
struct PathEnd {
  double decay = 0.0;
  Matrix parameters;
  double decay_before = 0.0;
  Matrix parameters_before;

  bool started() const { return parameters.size() > 0; }

  // Where the fit at `next` is expected: along the line, in log decay, of the last two.
  Matrix Predict(double next) const {
    if (next == 0.0 || parameters_before.size() == 0) return parameters;
    return parameters + std::log(decay / next) / std::log(decay_before / decay) *
                            (parameters - parameters_before);
  }

  void Advance(double next, const Matrix& solution) {
    decay_before = decay;
    parameters_before = std::move(parameters);
    decay = next;
    parameters = solution;
  }
};

Spectrum DecomposeRows(const Matrix& rows) {
  if (rows.rows() == 0) return {Vector(), Matrix(0, 0)};
  if (rows.cols() > 2 * rows.rows()) {
    Matrix gram = Matrix::Zero(rows.rows(), rows.rows());
    AddOuterProduct(rows, &gram);
    if (std::optional<Spectrum> spectrum =
            SpectrumFromGram(gram / static_cast<double>(rows.cols())))
      return *spectrum;
  }
  Matrix right;
  return SpectrumFromRows(rows, &right);
}

Matrix InAxes(const Matrix& basis, const Matrix& rows) {
  Matrix inputs(basis.cols() + 1, rows.cols());
  if (basis.cols() > 0) inputs.topRows(basis.cols()).noalias() = basis.transpose() * rows;
  inputs.bottomRows(1).setOnes();
  return inputs;
}

std::vector<int32_t> Pick(const std::vector<int32_t>& classes, const std::vector<uint32_t>& rows) {
  std::vector<int32_t> picked;
  picked.reserve(rows.size());
  for (const uint32_t row : rows) picked.push_back(classes[row]);
  return picked;
}

class Logistic : public Model {
 public:
  explicit Logistic(const ModelContext& context) : context_(context), data_(*context.dataset) {
    const std::size_t classes = data_.target.class_names.size();
    outputs_ = classes == 2 ? 1 : static_cast<int>(classes);
    constexpr double kMostParameters = 2e7;
    if (static_cast<double>(data_.design.size()) * outputs_ > kMostParameters) {
      FailData(
          fmt::format("{} encoded columns times {} classes are more weights than this program "
                      "fits; merge classes "
                      "or leave columns out with --ignore",
                      data_.design.size(), classes));
    }
    all_rows_.resize(data_.target.rows());
    std::iota(all_rows_.begin(), all_rows_.end(), 0U);
    standardizer_ = LearnStandardizer(data_.design, all_rows_);
    problems_.resize(1);
    for (const Folds& folds : data_.folds)
      problems_.resize(problems_.size() + static_cast<std::size_t>(folds.count));
    ends_.resize(problems_.size());
    ParallelFor(problems_.size(), context_.threads,
                [&](std::size_t i) { problems_[i] = Prepare(i); });
    for (const Problem& problem : problems_) solvers_.emplace_back(&problem.training);
  }

  Vector Curvature() const override { return problems_.front().curvature * CurvatureAtZero(); }
  const Standardizer& standardizer() const override { return standardizer_; }

  std::vector<std::vector<FoldScore>> ScoreFolds(std::span<const double> decays) override {
    std::vector<std::size_t> order(decays.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return decays[a] > decays[b]; });
    std::vector<std::vector<FoldScore>> scores(decays.size(),
                                               std::vector<FoldScore>(problems_.size() - 1));
    std::vector<std::vector<char>> separable(problems_.size(), std::vector<char>(decays.size(), 0));
    if (context_.count) context_.count(static_cast<int>(problems_.size() * decays.size()), 0);
    ParallelFor(problems_.size(), context_.threads, [&](std::size_t i) {
      for (const std::size_t d : order) {
        FoldScore score;
        Matrix parameters;
        separable[i][d] = !SolveOne(i, decays[d], &parameters, &score);
        if (i == 0) full_[decays[d]] = parameters;
        if (i > 0) scores[d][i - 1] = score;
        if (context_.count) context_.count(0, 1);
      }
    });
    for (std::size_t d = 0; d < decays.size(); ++d) {
      const bool none = std::any_of(separable.begin(), separable.end(),
                                    [&](const auto& each) { return each[d] != 0; });
      if (none) scores[d].clear();
    }
    return scores;
  }

  std::vector<Fit> FitAll(std::span<const double> decays) override {
    const Problem& all = problems_.front();
    const Eigen::Index r = all.basis.cols();
    constexpr Eigen::Index kMostForDof = 1500;  // above it the trace would cost more than the fit
    std::vector<Fit> fits(decays.size());
    ParallelFor(decays.size(), context_.threads, [&](std::size_t d) {
      const Matrix& parameters = full_.at(decays[d]);
      const SoftmaxState state = Evaluate(all.training, parameters, decays[d]);
      fits[d] = {all.basis * parameters.topRows(r), parameters.row(r).transpose(), state.data_loss,
                 std::nullopt};
      if (r * outputs_ <= kMostForDof)
        fits[d].effective_dof = EffectiveDof(all.training, state, decays[d]);
    });
    return fits;
  }

 private:
  // Problem 0 is the fit on all rows, then come the folds of every repeat.
  Problem Prepare(std::size_t index) const {
    Problem problem;
    if (index == 0) {
      FillTraining(standardizer_, all_rows_, &problem);
      return problem;
    }
    std::size_t fold = index - 1;
    std::size_t repeat = 0;
    while (fold >= static_cast<std::size_t>(data_.folds[repeat].count))
      fold -= static_cast<std::size_t>(data_.folds[repeat++].count);
    const std::vector<uint32_t> training = data_.folds[repeat].Training(static_cast<int>(fold));
    const std::vector<uint32_t> held = data_.folds[repeat].Held(static_cast<int>(fold));
    const Standardizer learnt = LearnStandardizer(data_.design, training);
    FillTraining(learnt, training, &problem);
    problem.held = {InAxes(problem.basis, Standardize(data_.design, learnt, held)),
                    Pick(data_.target.classes, held), outputs_};
    return problem;
  }

  void FillTraining(const Standardizer& learnt, const std::vector<uint32_t>& rows,
                    Problem* problem) const {
    const Matrix standardised = Standardize(data_.design, learnt, rows);
    Spectrum spectrum = DecomposeRows(standardised);
    problem->basis = std::move(spectrum.basis);
    problem->curvature = std::move(spectrum.values);
    problem->training = {InAxes(problem->basis, standardised), Pick(data_.target.classes, rows),
                         outputs_};
  }

  // The curvature that one unit of X'X/n has at zero weights: p (1 - p), for many classes its mean
  // over the directions in which the logits can differ.
  double CurvatureAtZero() const {
    std::vector<double> share(data_.target.class_names.size(), 0.0);
    const double each = 1.0 / static_cast<double>(data_.target.rows());
    for (const int32_t c : data_.target.classes) share[static_cast<std::size_t>(c)] += each;
    double left = 1.0;
    for (const double p : share) left -= p * p;
    return outputs_ == 1 ? left / 2.0 : left / (outputs_ - 1);
  }

  // False where no finite fit exists.
  bool SolveOne(std::size_t index, double decay, Matrix* parameters, FoldScore* score) {
    const Problem& problem = problems_[index];
    PathEnd& end = ends_[index];
    const bool onwards = end.started() && decay < end.decay;
    *parameters = onwards ? end.Predict(decay) : solvers_[index].Start();
    SoftmaxState state;
    const NewtonEnd how = solvers_[index].Solve(decay, parameters, &state);
    if (how == NewtonEnd::kStuck) {
      FailData(
          fmt::format("the fit at decay {} did not converge; look for extreme values in the "
                      "columns, or try larger decays",
                      ShortestNumber(decay)));
    }
    if (how == NewtonEnd::kSeparable) return false;
    if (onwards || !end.started()) end.Advance(decay, *parameters);
    if (index == 0) return true;
    const SoftmaxState held = Evaluate(problem.held, *parameters, 0.0);
    *score = {state.data_loss, held.data_loss, Accuracy(held, problem.held.classes)};
    return true;
  }

  ModelContext context_;
  const Dataset& data_;
  int outputs_ = 1;
  std::vector<uint32_t> all_rows_;
  Standardizer standardizer_;
  std::vector<Problem> problems_;
  std::vector<NewtonSolver> solvers_;  // one a problem
  std::vector<PathEnd> ends_;
  std::map<double, Matrix> full_;  // the parameters on all rows at every decay solved
};

}  // namespace

std::unique_ptr<Model> MakeLogistic(const ModelContext& context) {
  return std::make_unique<Logistic>(context);
}

}  // namespace halflife
