#include "tune/training/verdict.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "tune/statistics.h"

namespace halflife {
namespace {

constexpr double kLevel = 0.05;
constexpr double kSmallLoss = 0.01;    // of the loss
constexpr double kSmallScore = 0.002;  // accuracy or R2: 0.2 points

double MeanLoss(const ComparedTrial& trial) {
  double mean = 0.0;
  for (const HeldOut& seed : trial.test) {
    for (const double loss : seed.losses)
      mean += loss / static_cast<double>(seed.losses.size() * trial.test.size());
  }
  return mean;
}

double MeanScore(const ComparedTrial& trial) {
  double mean = 0.0;
  for (const HeldOut& seed : trial.test)
    mean += seed.score / static_cast<double>(trial.test.size());
  return mean;
}

// What was compared, on what.
std::string Compared(const TrainedComparison& c) {
  const std::string lrs =
      c.best.lr == c.baseline.lr
          ? ""
          : fmt::format(", each at its own best learning rate ({} and {})",
                        ShortestNumber(c.best.lr), ShortestNumber(c.baseline.lr));
  return fmt::format(
      "compared: decay {} with decay {}{}, on the same {} and {}, in pairs",
      ShortestNumber(c.best.decay), ShortestNumber(c.baseline.decay), lrs,
      Counted(c.best.test.front().losses.size(), c.on_validation ? "validation row" : "test row"),
      Counted(c.best.test.size(), "seed"));
}

// A detectable effect too small to act on, or "".
std::string HardlyMatters(const TrainedComparison& c, double improvement) {
  const double part = std::fabs(improvement) / std::fabs(MeanLoss(c.baseline));
  const double score = MeanScore(c.best) - MeanScore(c.baseline);
  if (!(part < kSmallLoss) || !(std::fabs(score) < kSmallScore)) return "";
  const std::string changed = c.classification ? fmt::format(" and {} points of accuracy",
                                                             Number(100.0 * std::fabs(score), 2))
                                               : "";
  return fmt::format("it hardly matters: decay changes the loss by {} %{}", Number(100.0 * part, 2),
                     changed);
}

void AddLimits(const TrainedComparison& c, Verdict* verdict) {
  if (c.best.test.size() == 1) {
    verdict->notes.push_back(
        "one seed: chance in training is not in the interval; use --seeds 3 to have it there");
  }
  if (c.on_validation) {
    verdict->notes.push_back(
        "there are no test rows: the decay was chosen on the rows compared, so the improvement is "
        "optimistic");
  }
  if (c.best_is_baseline) {
    verdict->notes.push_back(fmt::format(
        "{} {}; compared is the best of the others, {}",
        c.chance ? "on the validation rows no other decay did better by more than chance in "
                   "training than"
                 : "on the validation rows no other decay did better than",
        ShortestNumber(c.baseline.decay), ShortestNumber(c.best.decay)));
  }
}

void AddReadings(const TrainedComparison& c, Verdict* verdict) {
  const bool detected = verdict->p_value < kLevel;
  if (detected && verdict->improvement < 0.0 && c.best.train_loss > c.baseline.train_loss &&
      c.best.validation_loss > c.baseline.validation_loss) {
    verdict->notes.push_back(
        "it underfits: training and validation loss are both worse than at the baseline");
  }
  const std::string small = detected ? HardlyMatters(c, verdict->improvement) : "";
  if (!small.empty()) verdict->notes.push_back(small);
  const auto run = static_cast<double>(c.run_steps);
  if (c.averaging_steps && *c.averaging_steps > run) {
    verdict->notes.push_back(fmt::format(
        "decay {} is not active yet: its averaging time, 1/(lr*decay), is {} steps, and "
        "a run has {}",
        ShortestNumber(c.best.decay),
        fmt::format("{:.0f}", RoundSignificant(*c.averaging_steps, 3)), c.run_steps));
  }
}

// a - b, row by row.
std::vector<double> Less(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> difference(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) difference[i] = a[i] - b[i];
  return difference;
}

// The choice against the best constant, where that is known: no signal unless the interval of the
// gain lies above 0.
void AddSignal(const TrainedComparison& c, Verdict* verdict) {
  if (c.null_losses.empty()) return;
  const ComparedTrial& chosen = c.best_is_baseline ? c.baseline : c.best;
  std::vector<std::vector<double>> gains;
  for (const HeldOut& seed : chosen.test) gains.push_back(Less(c.null_losses, seed.losses));
  const PairedTest test = TwoWayPairedTest(gains);
  verdict->signal.improvement = test.mean;
  verdict->signal.ci95[0] = test.low;
  verdict->signal.ci95[1] = test.high;
  verdict->signal.none = !(test.low > 0.0);
  if (verdict->signal.none) verdict->label = "no signal";
}

}  // namespace

Verdict JudgeTraining(const TrainedComparison& comparison) {
  std::vector<std::vector<double>> differences;
  for (std::size_t s = 0; s < comparison.best.test.size(); ++s) {
    differences.push_back(Less(comparison.baseline.test[s].losses, comparison.best.test[s].losses));
  }
  const PairedTest test = TwoWayPairedTest(differences);
  Verdict verdict;
  verdict.baseline = comparison.baseline.decay;
  verdict.compared = comparison.best.decay;
  verdict.improvement = test.mean;
  verdict.ci95[0] = test.low;
  verdict.ci95[1] = test.high;
  verdict.p_value = test.p_value;
  verdict.minimum_detectable = test.minimum_detectable;
  if (test.p_value < kLevel && test.mean != 0.0) {
    verdict.label = test.mean > 0.0 ? "helps" : "hurts";
  } else {
    verdict.label = "no detectable effect";
  }
  verdict.notes.push_back(Compared(comparison));
  AddLimits(comparison, &verdict);
  AddReadings(comparison, &verdict);
  AddSignal(comparison, &verdict);
  return verdict;
}

}  // namespace halflife
