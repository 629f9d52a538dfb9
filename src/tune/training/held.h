// What held-out rows tell of runs: their losses, with the checks that pairs need, and means over
// the rows of all splits.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "tune/statistics.h"
#include "tune/training/splits.h"

namespace halflife {

class HeldRows {
 public:
  HeldRows(std::span<const TrainingSplit> splits, bool classification, int threads)
      : splits_(splits),
        classification_(classification),
        threads_(threads),
        validation_counts_(splits.size(), 0),
        test_counts_(splits.size(), 0) {}

  bool several() const { return splits_.size() > 1; }
  bool classification() const { return classification_; }
  const TrainingSplit& split(std::size_t s) const { return splits_[s]; }

  // An entry a run, each evaluated by its own trainer. Throws Error where the runs of a split do
  // not tell of the same rows, or a test row's loss is not finite.
  std::vector<RowLosses> Of(std::span<const PlannedRun> runs, bool test);
  // The same; none where a loss is not finite.
  std::optional<std::vector<RowLosses>> OfFinite(std::span<const PlannedRun> runs, bool test);

  // How many rows those of a split are; 0 before they were evaluated.
  std::size_t count(std::size_t split, bool test) const {
    return (test ? test_counts_ : validation_counts_)[split];
  }

  // Runs of one split stand together, in `runs` and what was told of them.
  std::vector<SplitValues> BySplit(std::span<const PlannedRun> runs, RunValues values,
                                   bool test) const;
  MeanWithError Loss(std::span<const PlannedRun> runs, std::span<const RowLosses> held,
                     bool test) const;

  // A run's mean loss and its score, for the score of several.
  struct Told {
    std::size_t split = 0;
    double loss = 0.0;
    double score = 0.0;
  };
  // Of one split the mean of the scores. A split of few rows has no R2 of its own to speak of, so
  // that of several is pooled: 1 less the sum of squared errors over that of distances to the mean
  // of the rows trained on. Accuracies are means over rows.
  double Score(std::span<const Told> told, bool test) const;

 private:
  std::vector<RowLosses> Evaluate(std::span<const PlannedRun> runs, bool test);
  void CheckCounts(const RowLosses& held, std::size_t split, bool test);

  std::span<const TrainingSplit> splits_;
  bool classification_;
  int threads_;
  std::vector<std::size_t> validation_counts_;
  std::vector<std::size_t> test_counts_;
};

// One part of what the runs' rows tell: their losses, or which are told right.
RunValues EachOf(std::span<const RowLosses> runs, std::vector<double> RowLosses::*part);

// The rows of a split that validate or test; where they are not known, they are counted.
std::vector<std::uint32_t> RowsOfSplit(const TrainingSplit& split, bool test, std::size_t count);

}  // namespace halflife
