#include "tune/training/verdict.h"

#include <cmath>
#include <iterator>
#include <optional>

#include "tune/statistics.h"
#include "tune/verdict.h"

namespace halflife {
namespace {

constexpr double kLevel = 0.05;
constexpr double kSmallLoss = 0.01;    // of the loss
constexpr double kSmallScore = 0.002;  // accuracy or R2: 0.2 points

double MeanLoss(const ComparedTrial& trial) {
  double mean = 0.0;
  for (const RowLosses& seed : trial.test) {
    for (const double loss : seed.losses)
      mean += loss / static_cast<double>(seed.losses.size() * trial.test.size());
  }
  return mean;
}

double MeanScore(const ComparedTrial& trial) {
  double mean = 0.0;
  for (const RowLosses& seed : trial.test)
    mean += seed.score / static_cast<double>(trial.test.size());
  return mean;
}

TuneFinding Compared(const TrainedComparison& c) {
  return {.kind = c.on_validation ? TuneFinding::Kind::kValidationCompared
                                  : TuneFinding::Kind::kTestCompared,
          .decays = {c.best.decay, c.baseline.decay},
          .lrs = {c.best.lr, c.baseline.lr},
          .count = std::ssize(c.best.test.front().losses),
          .of = std::ssize(c.best.test)};
}

// A detectable effect too small to act on.
std::optional<TuneFinding> SmallEffect(const TrainedComparison& c, double improvement) {
  const double part = std::fabs(improvement) / std::fabs(MeanLoss(c.baseline));
  const double score = MeanScore(c.best) - MeanScore(c.baseline);
  if (!(part < kSmallLoss) || !(std::fabs(score) < kSmallScore)) return std::nullopt;
  if (!c.classification)
    return TuneFinding{.kind = TuneFinding::Kind::kSmallEffect, .number = part};
  return TuneFinding{
      .kind = TuneFinding::Kind::kSmallEffectOnScores, .number = part, .other = std::fabs(score)};
}

void AddLimits(const TrainedComparison& c, Verdict* verdict) {
  const std::vector<double> decays = {c.best.decay, c.baseline.decay};
  if (c.best.test.size() == 1) verdict->findings.push_back({.kind = TuneFinding::Kind::kOneSeed});
  if (c.on_validation) verdict->findings.push_back({.kind = TuneFinding::Kind::kChosenOnCompared});
  if (c.best_is_baseline) {
    verdict->findings.push_back({.kind = c.chance ? TuneFinding::Kind::kBaselineIsAsGood
                                                  : TuneFinding::Kind::kBaselineIsBest,
                                 .decays = decays});
  }
}

void AddReadings(const TrainedComparison& c, Verdict* verdict) {
  const bool detected = verdict->p_value < kLevel;
  if (detected && verdict->improvement < 0.0 && c.best.train_loss > c.baseline.train_loss &&
      c.best.validation_loss > c.baseline.validation_loss)
    verdict->findings.push_back({.kind = TuneFinding::Kind::kUnderfits});
  const std::optional<TuneFinding> small =
      detected ? SmallEffect(c, verdict->improvement) : std::nullopt;
  if (small) verdict->findings.push_back(*small);
  if (c.averaging_steps && *c.averaging_steps > static_cast<double>(c.run_steps)) {
    verdict->findings.push_back({.kind = TuneFinding::Kind::kNotActive,
                                 .decays = {c.best.decay},
                                 .count = c.run_steps,
                                 .number = *c.averaging_steps});
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
  for (const RowLosses& seed : chosen.test) gains.push_back(Less(c.null_losses, seed.losses));
  const PairedTest test = TwoWayPairedTest(gains);
  verdict->signal.improvement = test.mean;
  verdict->signal.ci95[0] = test.low;
  verdict->signal.ci95[1] = test.high;
  verdict->signal.none = !(test.low > 0.0);
  if (verdict->signal.none) verdict->label = VerdictLabel::kNoSignal;
}

}  // namespace

Verdict JudgeTraining(const TrainedComparison& comparison) {
  std::vector<std::vector<double>> differences;
  for (std::size_t s = 0; s < comparison.best.test.size(); ++s) {
    differences.push_back(Less(comparison.baseline.test[s].losses, comparison.best.test[s].losses));
  }
  const PairedTest test = TwoWayPairedTest(differences);
  Verdict verdict = VerdictOf(test, comparison.baseline.decay, comparison.best.decay);
  verdict.findings.push_back(Compared(comparison));
  AddLimits(comparison, &verdict);
  AddReadings(comparison, &verdict);
  AddSignal(comparison, &verdict);
  return verdict;
}

}  // namespace halflife
