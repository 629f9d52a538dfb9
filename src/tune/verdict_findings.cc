#include "tune/verdict_findings.h"

#include <cmath>
#include <iterator>
#include <optional>

#include "tune/pooled_scores.h"
#include "tune/verdict.h"

namespace halflife {
namespace {

using Kind = TuneFinding::Kind;

// The decays around the best whose loss is as good for all that matters.
std::optional<TuneFinding> Flat(const Sweep& sweep) {
  const auto best = static_cast<std::size_t>(sweep.best);
  const double most = sweep.trials[best].MeanValidation() * (1.0 + kNegligibleShare);
  std::size_t from = best;
  std::size_t to = best;
  while (from > 0 && sweep.trials[from - 1].MeanValidation() <= most) --from;
  while (to + 1 < sweep.trials.size() && sweep.trials[to + 1].MeanValidation() <= most) ++to;
  if (from == to) return std::nullopt;
  return TuneFinding{.kind = Kind::kFlat,
                     .decays = {sweep.trials[from].decay, sweep.trials[to].decay},
                     .number = kNegligibleShare};
}

// Whether training and held-out loss are worse than at the baseline, the latter beyond chance and
// by more than nothing.
bool Underfits(const Trial& trial, const Trial& baseline, double band,
               const FoldDependence& dependence) {
  const PairedTest test = SkewedPairedTest(
      Differences(HeldOutLosses(baseline.folds), HeldOutLosses(trial.folds)), dependence);
  const auto training = [](const Trial& of) { return of.Of(&FoldScore::train_loss, 1).mean; };
  return training(trial) > training(baseline) && test.high < 0.0 && test.mean < -band;
}

// The smallest decay from which on every one tried underfits.
std::optional<TuneFinding> UnderfitsFrom(const Sweep& sweep, double band,
                                         const FoldDependence& dependence) {
  const Trial& baseline = BaselineOf(sweep);
  std::optional<double> from;
  for (auto trial = sweep.trials.rbegin(); trial != sweep.trials.rend(); ++trial) {
    if (trial->decay == baseline.decay || !Underfits(*trial, baseline, band, dependence)) break;
    from = trial->decay;
  }
  if (!from) return std::nullopt;
  return TuneFinding{.kind = Kind::kUnderfitsFrom, .decays = {*from}};
}

}  // namespace

std::vector<TuneFinding> FindingsOf(const Sweep& sweep, const Verdict& verdict,
                                    const FoldDependence& dependence) {
  const double best = sweep.trials[static_cast<std::size_t>(sweep.best)].decay;
  std::vector<TuneFinding> findings = {{.kind = Kind::kFoldsCompared,
                                        .decays = {best, verdict.baseline},
                                        .count = std::ssize(sweep.folds),
                                        .of = sweep.repeats}};
  if (best == verdict.baseline && sweep.trials.size() > 1) {
    findings.push_back(
        {.kind = Kind::kBaselineIsBest, .decays = {verdict.compared, verdict.baseline}});
  }
  const bool detected =
      verdict.label == VerdictLabel::kHelps || verdict.label == VerdictLabel::kHurts;
  if (detected && std::fabs(verdict.improvement) <= *verdict.negligible_band) {
    findings.push_back({.kind = Kind::kNegligible,
                        .number = std::fabs(verdict.improvement) / *verdict.baseline_loss});
  }
  if (const auto flat = Flat(sweep)) findings.push_back(*flat);
  if (const auto underfits = UnderfitsFrom(sweep, *verdict.negligible_band, dependence))
    findings.push_back(*underfits);
  return findings;
}

}  // namespace halflife
