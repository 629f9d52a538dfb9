#include "tune/training/verdict.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>
#include <set>

#include "tune/statistics.h"
#include "tune/training/held.h"
#include "tune/verdict.h"

namespace halflife {
namespace {

constexpr double kLevel = 0.05;
constexpr double kSmallScore = 0.002;  // accuracy or R2: 0.2 points

double MeanScore(const ComparedTrial& trial) {
  double mean = 0.0;
  for (const RowLosses& seed : trial.test)
    mean += seed.score / static_cast<double>(trial.test.size());
  return mean;
}

bool Several(const TrainedComparison& c) { return !c.splits.empty(); }

TuneFinding SplitsCompared(const TrainedComparison& c) {
  TuneFinding finding{.kind = TuneFinding::Kind::kSplitsCompared,
                      .decays = {c.baseline.decay},
                      .of = std::ssize(c.splits)};
  std::set<std::uint32_t> rows;
  for (const ComparedSplit& split : c.splits) {
    finding.decays.push_back(split.chosen);
    rows.insert(split.rows.begin(), split.rows.end());
  }
  finding.count = std::ssize(rows);
  return finding;
}

TuneFinding Compared(const TrainedComparison& c) {
  if (Several(c)) return SplitsCompared(c);
  return {.kind = c.on_validation ? TuneFinding::Kind::kValidationCompared
                                  : TuneFinding::Kind::kTestCompared,
          .decays = {c.best.decay, c.baseline.decay},
          .lrs = {c.best.lr, c.baseline.lr},
          .count = std::ssize(c.best.test.front().losses),
          .of = std::ssize(c.best.test)};
}

// What `values` tell, run by run, of the rows of each split.
std::vector<SplitValues> BySplit(const TrainedComparison& c, RunValues values) {
  std::vector<ComparedSplit> splits = c.splits;
  if (splits.empty()) splits = {{.runs = values.size()}};
  std::vector<SplitValues> by_split;
  std::size_t run = 0;
  for (const ComparedSplit& split : splits) {
    by_split.push_back({split.rows, {}});
    for (const std::size_t end = run + split.runs; run < end; ++run)
      by_split.back().values.push_back(std::move(values[run]));
  }
  return by_split;
}

// The mean loss at the baseline, each row once.
double BaselineLoss(const TrainedComparison& c) {
  return OverSplits(BySplit(c, EachOf(c.baseline.test, &RowLosses::losses))).mean;
}

// A detectable effect too small to act on.
std::optional<TuneFinding> SmallEffect(const TrainedComparison& c, double improvement) {
  const double part = std::fabs(improvement) / std::fabs(BaselineLoss(c));
  const double score = MeanScore(c.best) - MeanScore(c.baseline);
  if (!(part < kNegligibleShare) || !(std::fabs(score) < kSmallScore)) return std::nullopt;
  if (!c.classification)
    return TuneFinding{.kind = TuneFinding::Kind::kSmallEffect, .number = part};
  return TuneFinding{
      .kind = TuneFinding::Kind::kSmallEffectOnScores, .number = part, .other = std::fabs(score)};
}

void AddLimits(const TrainedComparison& c, Verdict* verdict) {
  const std::vector<double> decays = {c.best.decay, c.baseline.decay};
  if (!Several(c) && c.best.test.size() == 1)
    verdict->findings.push_back({.kind = TuneFinding::Kind::kOneSeed});
  if (c.on_validation) verdict->findings.push_back({.kind = TuneFinding::Kind::kChosenOnCompared});
  if (c.best_is_baseline) {
    verdict->findings.push_back({.kind = c.chance ? TuneFinding::Kind::kBaselineIsAsGood
                                                  : TuneFinding::Kind::kBaselineIsBest,
                                 .decays = decays,
                                 .of = std::ssize(c.splits)});
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
  // Of several splits what was not chosen over all was not compared either.
  const bool compared = !Several(c) || !c.best_is_baseline;
  if (compared && c.averaging_steps && *c.averaging_steps > static_cast<double>(c.run_steps)) {
    verdict->findings.push_back({.kind = TuneFinding::Kind::kNotActive,
                                 .decays = {c.best.decay},
                                 .count = c.run_steps,
                                 .number = *c.averaging_steps});
  }
}

// Two splits have no spread to speak of: then rows alone count, each the mean of what is known of
// it.
PairedTest TestOfSignal(const std::vector<SplitValues>& gains) {
  if (gains.size() != 2) return SplitsPairedTest(gains);
  std::map<std::uint32_t, std::vector<double>> of_row;
  for (const SplitValues& split : gains) {
    for (const std::vector<double>& run : split.values) {
      for (std::size_t i = 0; i < run.size(); ++i) of_row[split.rows[i]].push_back(run[i]);
    }
  }
  SplitValues rows;
  rows.values.emplace_back();
  for (const auto& [row, values] : of_row) {
    rows.rows.push_back(row);
    rows.values.front().push_back(MeanAndError(values).mean);
  }
  return SplitsPairedTest({&rows, 1});
}

// The choice against the best constant, where that is known: no signal unless the interval of the
// gain lies above 0.
void AddSignal(const TrainedComparison& c, Verdict* verdict) {
  if (c.null_losses.empty()) return;
  const ComparedTrial& chosen = c.best_is_baseline && !Several(c) ? c.baseline : c.best;
  RunValues null;
  for (std::size_t split = 0; split < c.null_losses.size(); ++split) {
    const std::size_t runs = Several(c) ? c.splits[split].runs : chosen.test.size();
    null.insert(null.end(), runs, c.null_losses[split]);
  }
  const PairedTest test =
      TestOfSignal(BySplit(c, Differences(null, EachOf(chosen.test, &RowLosses::losses))));
  verdict->signal.improvement = test.mean;
  verdict->signal.ci95[0] = test.low;
  verdict->signal.ci95[1] = test.high;
  verdict->signal.none = !(test.low > 0.0);
  if (verdict->signal.none) verdict->label = VerdictLabel::kNoSignal;
}

// How often no decay was chosen.
void CountChoices(const TrainedComparison& c, Verdict* verdict) {
  std::vector<double> chosen;
  for (const ComparedSplit& split : c.splits) chosen.push_back(split.chosen);
  if (chosen.empty()) chosen = {c.best_is_baseline ? c.baseline.decay : c.best.decay};
  verdict->chose_baseline = {static_cast<int>(std::count(chosen.begin(), chosen.end(), 0.0)),
                             static_cast<int>(chosen.size())};
}

// The gain as a share of the baseline's loss.
void AddShares(double baseline_loss, const PairedTest& test, Verdict* verdict) {
  if (!(baseline_loss > 0.0)) return;
  verdict->baseline_loss = baseline_loss;
  verdict->gain_percent = GainOf(test, baseline_loss).percent;
  verdict->negligible_band = kNegligibleShare * baseline_loss;
  verdict->chance_negligible = ChanceWithin(test, *verdict->negligible_band);
}

}  // namespace

std::vector<SplitValues> GainsOf(const TrainedComparison& comparison) {
  return BySplit(comparison, Differences(EachOf(comparison.baseline.test, &RowLosses::losses),
                                         EachOf(comparison.best.test, &RowLosses::losses)));
}

std::optional<double> NullLossOf(const TrainedComparison& comparison) {
  if (comparison.null_losses.empty()) return std::nullopt;
  std::vector<SplitValues> values;
  for (std::size_t s = 0; s < comparison.null_losses.size(); ++s) {
    values.push_back(
        {comparison.splits.empty() ? std::vector<std::uint32_t>() : comparison.splits[s].rows,
         {comparison.null_losses[s]}});
  }
  return OverSplits(values).mean;
}

std::optional<ScoreChange> ScoreChangeOf(const TrainedComparison& comparison, double baseline,
                                         double tuned) {
  if (comparison.best_is_baseline && !Several(comparison)) return std::nullopt;
  if (!std::isfinite(baseline) || !std::isfinite(tuned)) return std::nullopt;
  if (comparison.classification) {
    const auto untold = [](const RowLosses& run) { return run.right.empty(); };
    const std::vector<RowLosses>& after = comparison.best.test;
    const std::vector<RowLosses>& before = comparison.baseline.test;
    if (std::any_of(after.begin(), after.end(), untold) ||
        std::any_of(before.begin(), before.end(), untold))
      return std::nullopt;
    const PairedTest test =
        SplitsPairedTest(BySplit(comparison, Differences(EachOf(after, &RowLosses::right),
                                                         EachOf(before, &RowLosses::right))));
    return ScoreChange{ScoreChange::Score::kAccuracy, baseline, tuned, {test.low, test.high}};
  }
  const std::optional<double> null = NullLossOf(comparison);
  if (!null || !(*null > 0.0)) return std::nullopt;
  const PairedTest test = SplitsPairedTest(GainsOf(comparison));
  return ScoreChange{
      ScoreChange::Score::kR2, baseline, tuned, {test.low / *null, test.high / *null}};
}

Gain GainOf(const PairedTest& test, double baseline_loss) {
  Gain gain{test.mean, {test.low, test.high}, test.p_value, {}};
  if (!(baseline_loss > 0.0)) return gain;
  const double percent = 100.0 / baseline_loss;
  gain.percent = Percent{percent * test.mean, {percent * test.low, percent * test.high}};
  return gain;
}

Verdict JudgeTraining(const TrainedComparison& comparison) {
  const PairedTest test = SplitsPairedTest(GainsOf(comparison));
  Verdict verdict = VerdictOf(test, comparison.baseline.decay, comparison.best.decay);
  AddShares(BaselineLoss(comparison), test, &verdict);
  CountChoices(comparison, &verdict);
  verdict.findings.push_back(Compared(comparison));
  AddLimits(comparison, &verdict);
  AddReadings(comparison, &verdict);
  AddSignal(comparison, &verdict);
  return verdict;
}

}  // namespace halflife
