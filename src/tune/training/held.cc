#include "tune/training/held.h"

#include <cmath>
#include <numeric>

#include "base/error.h"
#include "base/parallel.h"

namespace halflife {

std::vector<std::uint32_t> RowsOfSplit(const TrainingSplit& split, bool test, std::size_t count) {
  const std::vector<std::uint32_t>& known = test ? split.test_rows : split.validation_rows;
  if (!known.empty()) return known;
  std::vector<std::uint32_t> rows(count);
  std::iota(rows.begin(), rows.end(), 0U);
  return rows;
}

std::vector<RowLosses> HeldRows::Of(std::span<const PlannedRun> runs, bool test) {
  std::vector<RowLosses> held(runs.size());
  ParallelFor(runs.size(), threads_, [&](std::size_t i) {
    const Trainer& trainer = *splits_[runs[i].split].trainer;
    held[i] = test ? trainer.Test(*runs[i].run) : trainer.Validate(*runs[i].run);
  });
  for (std::size_t i = 0; i < runs.size(); ++i) Check(held[i], runs[i].split, test);
  return held;
}

// Rows are compared in pairs: all runs must have told of the same ones.
void HeldRows::Check(const RowLosses& held, std::size_t split, bool test) {
  std::size_t& rows = (test ? test_counts_ : validation_counts_)[split];
  if (rows == 0) rows = held.losses.size();
  if (held.losses.size() != rows) {
    Fail(ErrorKind::kRunRowsDiffer, {held.losses.size(), rows},
         Cause(test ? ErrorKind::kTestRows : ErrorKind::kValidationRows));
  }
  if (!test) return;  // of a run that diverged the validation rows may tell anything
  for (const double loss : held.losses) {
    if (!std::isfinite(loss)) Fail(ErrorKind::kRunLossNotFinite);
  }
}

std::vector<SplitValues> HeldRows::BySplit(std::span<const PlannedRun> runs,
                                           std::vector<std::vector<double>> values,
                                           bool test) const {
  std::vector<SplitValues> by_split;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const std::size_t split = runs[i].split;
    if (i == 0 || split != runs[i - 1].split)
      by_split.push_back({RowsOfSplit(splits_[split], test, values[i].size()), {}});
    by_split.back().values.push_back(std::move(values[i]));
  }
  return by_split;
}

MeanWithError HeldRows::Loss(std::span<const PlannedRun> runs, std::span<const RowLosses> held,
                             bool test) const {
  std::vector<std::vector<double>> losses;
  losses.reserve(held.size());
  for (const RowLosses& run : held) losses.push_back(run.losses);
  return OverSplits(BySplit(runs, std::move(losses), test));
}

double HeldRows::Score(std::span<const Told> told, bool test) const {
  double score = 0.0;
  if (!several()) {
    for (const Told& one : told) score += one.score / static_cast<double>(told.size());
    return score;
  }
  double rows = 0.0;
  double losses = 0.0;
  double null_losses = 0.0;
  for (const Told& one : told) {
    const TrainingSplit& split = splits_[one.split];
    const std::vector<double>& null = test ? split.test_null : split.validation_null;
    const auto count = static_cast<double>(null.size());
    rows += count;
    score += count * one.score;
    losses += count * one.loss;
    null_losses += std::accumulate(null.begin(), null.end(), 0.0);
  }
  return classification_ ? score / rows : 1.0 - losses / null_losses;
}

}  // namespace halflife
