#include "tune/training/held.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "base/parallel.h"

namespace halflife {
namespace {

bool AreFinite(const RowLosses& held) {
  return std::all_of(held.losses.begin(), held.losses.end(),
                     [](double loss) { return std::isfinite(loss); });
}

}  // namespace

RunValues EachOf(std::span<const RowLosses> runs, std::vector<double> RowLosses::*part) {
  RunValues values;
  values.reserve(runs.size());
  for (const RowLosses& run : runs) values.push_back(run.*part);
  return values;
}

std::vector<std::uint32_t> RowsOfSplit(const TrainingSplit& split, bool test, std::size_t count) {
  const std::vector<std::uint32_t>& known = test ? split.test_rows : split.validation_rows;
  if (!known.empty()) return known;
  std::vector<std::uint32_t> rows(count);
  std::iota(rows.begin(), rows.end(), 0U);
  return rows;
}

std::vector<RowLosses> HeldRows::Evaluate(std::span<const PlannedRun> runs, bool test) {
  std::vector<RowLosses> held(runs.size());
  ParallelFor(runs.size(), threads_, [&](std::size_t i) {
    const Trainer& trainer = *splits_[runs[i].split].trainer;
    held[i] = test ? trainer.Test(*runs[i].run) : trainer.Validate(*runs[i].run);
  });
  for (std::size_t i = 0; i < runs.size(); ++i) CheckCounts(held[i], runs[i].split, test);
  return held;
}

std::vector<RowLosses> HeldRows::Of(std::span<const PlannedRun> runs, bool test) {
  std::vector<RowLosses> held = Evaluate(runs, test);
  // Of a run that diverged the validation rows may tell anything.
  if (test && !std::all_of(held.begin(), held.end(), AreFinite)) Fail(ErrorKind::kRunLossNotFinite);
  return held;
}

std::optional<std::vector<RowLosses>> HeldRows::OfFinite(std::span<const PlannedRun> runs,
                                                         bool test) {
  std::vector<RowLosses> held = Evaluate(runs, test);
  if (!std::all_of(held.begin(), held.end(), AreFinite)) return std::nullopt;
  return held;
}

// Rows are compared in pairs: all runs must have told of the same ones.
void HeldRows::CheckCounts(const RowLosses& held, std::size_t split, bool test) {
  std::size_t& rows = (test ? test_counts_ : validation_counts_)[split];
  if (rows == 0) rows = held.losses.size();
  const std::size_t told = held.right.empty() ? held.losses.size() : held.right.size();
  for (const std::size_t count : {held.losses.size(), told}) {
    if (count != rows) {
      Fail(ErrorKind::kRunRowsDiffer, {count, rows},
           Cause(test ? ErrorKind::kTestRows : ErrorKind::kValidationRows));
    }
  }
}

std::vector<SplitValues> HeldRows::BySplit(std::span<const PlannedRun> runs, RunValues values,
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
  return OverSplits(BySplit(runs, EachOf(held, &RowLosses::losses), test));
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
