#include "tune/training/stopping.h"

#include <algorithm>
#include <cmath>

#include "tune/training/points.h"

namespace halflife {
namespace {

// Mean validation losses of these runs of a trial, an epoch each.
std::vector<double> MeanCurve(const TrainingTrial& trial, const std::vector<std::size_t>& runs,
                              int epochs) {
  std::vector<double> mean(static_cast<std::size_t>(epochs), 0.0);
  for (const std::size_t run : runs) {
    const std::vector<EpochRecord>& curve = trial.runs[run].run->curve();
    for (std::size_t e = 0; e < mean.size(); ++e)
      mean[e] += curve[e].validation_loss / static_cast<double>(runs.size());
  }
  return mean;
}

}  // namespace

std::optional<TuneFinding> StoppingInstead(const TrainingChoice& choice,
                                           const TrainingSweepOptions& options,
                                           VerdictLabel label) {
  constexpr double kMost = 0.8;
  if (choice.baseline == nullptr || choice.points[choice.best] == choice.baseline)
    return std::nullopt;
  const TrainingTrial& best = *choice.points[choice.best];
  const TrainingTrial& baseline = *choice.baseline;
  const std::vector<std::size_t> runs = SharedRuns(best, baseline, choice);
  const VerdictLabel wanted =
      options.early_stopping ? VerdictLabel::kNoDetectableEffect : VerdictLabel::kHelps;
  if (runs.empty() || label != wanted) return std::nullopt;
  if (options.early_stopping) {
    double epochs = 0.0;
    for (const std::size_t run : runs)
      epochs += baseline.runs[run].run->kept_epoch() / static_cast<double>(runs.size());
    const auto kept = static_cast<std::int64_t>(std::llround(epochs));
    if (kept >= options.epochs) return std::nullopt;
    return TuneFinding{.kind = TuneFinding::Kind::kStoppingDoes,
                       .decays = {baseline.decay},
                       .count = kept,
                       .of = options.epochs};
  }
  const std::vector<double> curve = MeanCurve(baseline, runs, options.epochs);
  const double with_decay = MeanCurve(best, runs, options.epochs).back();
  const auto lowest = std::min_element(curve.begin(), curve.end());
  const double gain = curve.back() - with_decay;
  if (!(gain > 0.0) || curve.back() - *lowest < kMost * gain) return std::nullopt;
  return TuneFinding{.kind = TuneFinding::Kind::kStoppingWouldDo,
                     .decays = {baseline.decay, best.decay},
                     .count = 1 + (lowest - curve.begin()),
                     .of = options.epochs,
                     .number = *lowest,
                     .other = with_decay};
}

}  // namespace halflife
