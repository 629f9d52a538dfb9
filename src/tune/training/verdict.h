// Does decay help a model trained epoch by epoch? The best decay against none, on rows that no
// choice has seen.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "halflife/tune.h"
#include "net/trainer.h"
#include "tune/statistics.h"

namespace halflife {

// One side of the comparison, trained to its end with every seed.
struct ComparedTrial {
  double decay = 0.0;
  double lr = 0.0;
  std::vector<RowLosses> test;  // one a run: of one split a seed each, the same rows in each
  double train_loss = 0.0;      // means over runs
  double validation_loss = 0.0;
};

// A split of the rows among several.
struct ComparedSplit {
  double chosen = 0.0;              // the decay that its own sweep chose
  std::size_t runs = 1;             // how many of the `test`s are its own, in turn
  std::vector<std::uint32_t> rows;  // which rows these tell of
};

struct TrainedComparison {
  ComparedTrial baseline;
  ComparedTrial best;  // or where that is the baseline, the best of the others; of several splits
                       // its `test`s and losses are of what each split chose
  bool best_is_baseline = false;
  bool chance = false;          // so because its lead is no more than chance in training
  bool on_validation = false;   // there are no test rows: `test` holds the validation rows
  bool classification = false;  // scores are accuracies, not R2
  std::optional<double> averaging_steps;  // of the best: 1 / (lr*decay)
  std::int64_t run_steps = 0;
  std::vector<ComparedSplit> splits;  // none: there is one, and it chose as best_is_baseline says
  // Of the best constant, a value a row, a list a split; empty: not known.
  std::vector<std::vector<double>> null_losses;
};

// What each split's rows gained, seed by seed: the loss at the baseline less that at what was
// chosen. Of one split it is the gain of `best`, whatever was chosen.
std::vector<SplitValues> GainsOf(const TrainedComparison& comparison);

// The gain that a paired test shows, with its share of the mean loss `baseline_loss`, which counts
// as known.
Gain GainOf(const PairedTest& test, double baseline_loss);

// The mean loss of the best constant on the rows that judge, each row once; none where it is not
// known.
std::optional<double> NullLossOf(const TrainedComparison& comparison);

// What tuning does to the score on the rows that judge, from `baseline` to `tuned`: R2 where the
// best constant is known, accuracy where the runs tell which rows are right; else none.
std::optional<ScoreChange> ScoreChangeOf(const TrainedComparison& comparison, double baseline,
                                         double tuned);

// The paired test over splits or seeds, and rows (see OverSplits), and what it is worth. Of several
// splits it is of tuning: what a decay chosen on some rows gains on others against no decay.
Verdict JudgeTraining(const TrainedComparison& comparison);

}  // namespace halflife
