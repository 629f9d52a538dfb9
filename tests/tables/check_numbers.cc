// The numbers of a result, each by itself and against the others.
#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "tables/check_table.h"
#include "tables/own_problem.h"

namespace halflife::testing {
namespace {

// Collects what does not hold.
class Holds {
 public:
  explicit Holds(std::vector<std::string>* faults) : faults_(faults) {}

  void That(bool holds, const std::string& what) {
    if (!holds) faults_->push_back("not so: " + what);
  }
  void Finite(double number, const std::string& what) {
    That(std::isfinite(number), fmt::format("{} is finite", what));
  }
  void Within(double number, double low, double high, const std::string& what) {
    That(number >= low && number <= high,
         fmt::format("{} = {} lies in [{}, {}]", what, number, low, high));
  }
  void Equal(double number, double expected, double relative, const std::string& what) {
    That(std::fabs(number - expected) <= relative * std::fabs(expected),
         fmt::format("{} = {} is {}", what, number, expected));
  }

 private:
  std::vector<std::string>* faults_;
};

bool IsRegression(const TuneResult& result) { return result.data.task == Task::kRegression; }

void CheckPoint(const GridPoint& point, bool regression, Holds* holds) {
  const std::string at = fmt::format(" at decay {}", point.decay);
  for (const double loss :
       {point.train.mean, point.validation.mean, point.train.se, point.validation.se})
    holds->Within(loss, 0.0, 1e300, "a loss or its error" + at);
  holds->Within(point.score, regression ? -1e300 : 0.0, 1.0, "the score" + at);
  holds->Within(point.weight_norm, 0.0, 1e300, "the weight norm" + at);
  for (const auto& share : {point.auc, point.average_precision, point.balanced_accuracy}) {
    if (share) holds->Within(*share, 0.0, 1.0, "a share" + at);
  }
  if (point.effective_dof)
    holds->Within(*point.effective_dof, 0.0, 1e300, "degrees of freedom" + at);
  if (point.loo) holds->Within(*point.loo, 0.0, 1e300, "leave-one-out" + at);
  if (point.gcv) holds->Within(*point.gcv, 0.0, 1e300, "GCV" + at);
  if (point.log_evidence) holds->Within(*point.log_evidence, -1e300, 1e300, "evidence" + at);
}

void CheckGrid(const TuneResult& result, Holds* holds) {
  const auto points = static_cast<int>(result.grid.size());
  holds->That(points > 0, "the grid holds a decay");
  if (points == 0) return;
  for (const GridPoint& point : result.grid) CheckPoint(point, IsRegression(result), holds);
  for (std::size_t i = 1; i < result.grid.size(); ++i)
    holds->That(result.grid[i - 1].decay < result.grid[i].decay, "decays ascend");
  holds->That(result.best >= 0 && result.best < points, "the best is of the grid");
  holds->That(result.one_se >= result.best && result.one_se < points,
              "one standard error lies at or above the best");
  for (const WeightPath& path : result.paths) {
    holds->That(path.weights.size() == result.grid.size(), "a path has a weight a decay");
    for (const double weight : path.weights) holds->Finite(weight, "a weight of " + path.name);
  }
}

// A decay without a fit is far from the best: another decay lies between.
void CheckUnfit(const TuneResult& result, Holds* holds) {
  const double best = result.grid[static_cast<std::size_t>(result.best)].decay;
  for (const double unfit : result.unfit_decays) {
    bool between = false;
    for (const GridPoint& point : result.grid)
      between = between || (point.decay - best) * (point.decay - unfit) < 0.0;
    holds->That(between,
                fmt::format("decay {}, unfit, is no neighbour of the best, {}", unfit, best));
  }
}

void CheckVerdict(const TuneResult& result, Holds* holds) {
  const Verdict& verdict = result.verdict;
  holds->Within(verdict.p_value, 0.0, 1.0, "p");
  if (result.grid.size() > 1) {
    holds->Within(verdict.improvement, verdict.ci95[0], verdict.ci95[1], "the improvement");
    const ChoiceCount chosen = verdict.chose_baseline.value_or(ChoiceCount());
    const bool nothing = chosen.count == chosen.of;  // then there is no gain to be found
    holds->That(std::isfinite(verdict.minimum_detectable) != nothing,
                "a gain is to be found where anything was chosen");
    holds->That(!nothing || verdict.improvement == 0.0, "what is not chosen gains nothing");
    if (!nothing)
      holds->Within(verdict.minimum_detectable, 0.0, 1e300, "the smallest gain to be found");
    holds->Within(*verdict.chance_negligible, 0.0, 1.0, "the chance of nothing");
    if (verdict.gain_percent) {
      const Percent& percent = *verdict.gain_percent;
      holds->Within(percent.mean, percent.ci95[0], percent.ci95[1], "the gain in percent");
      // One test has two ends: they agree on whether it is told from 0, but for rounding there.
      const double edge = 1e-6 * (verdict.ci95[1] - verdict.ci95[0]);
      holds->That(!(verdict.ci95[0] > edge) || percent.ci95[0] > 0.0, "a gain is one in percent");
      holds->That(!(verdict.ci95[1] < -edge) || percent.ci95[1] < 0.0, "a loss is one in percent");
      holds->That(percent.ci95[1] <= 100.0, "no more than all is gained");
    }
    for (const ScoreChange& change : verdict.score_changes)
      holds->Within(change.tuned - change.baseline, change.ci95[0] - 1e-9, change.ci95[1] + 1e-9,
                    "the change of a score");
  }
  const SignalTest& signal = verdict.signal;
  holds->Within(signal.improvement, signal.ci95[0], signal.ci95[1], "the gain over nothing");
  holds->That((verdict.label == VerdictLabel::kNoSignal) == signal.none,
              "the label says whether there is signal");
}

// 500 weights are added: 500 roundings. A standard deviation 1e9 times smaller than the mean is
// known to 1e-16 * 1e9 of it.
void CheckEquivalents(const MadeTable& made, const TuneResult& result, Holds* holds) {
  constexpr double kSum = 1e-12;
  constexpr double kDeviation = 1e-6;
  const OwnProblem problem = Understand(made);
  std::vector<uint32_t> all(problem.rows());
  std::iota(all.begin(), all.end(), 0U);
  const double n = std::accumulate(problem.weights.begin(), problem.weights.end(), 0.0);
  const double decay = result.grid[static_cast<std::size_t>(result.best)].decay;
  const Equivalents& units = result.equivalents;
  holds->That(result.data.rows == problem.rows(), "the rows used are those with target and weight");
  if (IsRegression(result)) {
    const auto deviation = static_cast<double>(SpreadOf(problem, all).sd);
    holds->Equal(units.sklearn_alpha.value_or(-1.0), n * decay, kSum, "alpha");
    holds->Equal(units.glmnet_lambda, decay * deviation, kDeviation, "lambda");
    holds->Equal(units.pytorch_weight_decay, 2.0 * decay, 0.0, "weight_decay");
    holds->Equal(units.keras_l2, decay, 0.0, "l2");
    return;
  }
  if (decay > 0.0) holds->Equal(units.sklearn_c.value_or(-1.0), 1.0 / (n * decay), kSum, "C");
  holds->Equal(units.glmnet_lambda, decay, 0.0, "lambda");
  holds->Equal(units.pytorch_weight_decay, decay, 0.0, "weight_decay");
  holds->Equal(units.keras_l2, decay / 2.0, 0.0, "l2");
}

// R2 over n rows of p normal columns varies by 2 sqrt(R2) (1 - R2) / sqrt(n) about its truth and,
// by chance, by sqrt(2 p) / n; fitting p weights costs about p/n. Six of that, so that no seed in
// millions fails by chance. Rare large targets hold as much as a tenth of the rows would.
void CheckTrueR2(const MadeTable& made, const TuneResult& result, Holds* holds) {
  if (!made.true_r2) return;
  const double n = made.kind == "zero-inflated" ? 0.1 * static_cast<double>(result.data.rows)
                                                : static_cast<double>(result.data.rows);
  const auto p = static_cast<double>(result.data.features);
  const double sd = 2.0 * std::sqrt(*made.true_r2) * (1.0 - *made.true_r2) / std::sqrt(n) +
                    std::sqrt(2.0 * p) / n;
  holds->Within(result.grid[static_cast<std::size_t>(result.best)].score,
                *made.true_r2 - 6.0 * sd - p / n, *made.true_r2 + 6.0 * sd, "R2");
}

}  // namespace

void CheckNumbers(const MadeTable& made, const TuneResult& result,
                  std::vector<std::string>* faults) {
  Holds holds(faults);
  CheckGrid(result, &holds);
  if (result.best < 0 || result.best >= static_cast<int>(result.grid.size())) return;
  CheckUnfit(result, &holds);
  holds.That(result.data.null_loss.has_value(), "the loss of the best constant is told");
  holds.Within(result.data.null_loss.value_or(0.0), 0.0, 1e300, "the loss of the best constant");
  if (result.data.null_accuracy)
    holds.Within(*result.data.null_accuracy, 0.0, 1.0, "the accuracy of the largest class");
  CheckVerdict(result, &holds);
  CheckEquivalents(made, result, &holds);
  CheckTrueR2(made, result, &holds);
}

}  // namespace halflife::testing
