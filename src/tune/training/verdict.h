// Does decay help a model trained epoch by epoch? The best decay against none, on rows that no
// choice has seen.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "halflife/tune.h"
#include "net/trainer.h"

namespace halflife {

// One side of the comparison, trained to its end with every seed.
struct ComparedTrial {
  double decay = 0.0;
  double lr = 0.0;
  std::vector<RowLosses> test;  // one a seed, the same rows in each
  double train_loss = 0.0;      // means over seeds
  double validation_loss = 0.0;
};

struct TrainedComparison {
  ComparedTrial baseline;
  ComparedTrial best;  // or where that is the baseline, the best of the others
  bool best_is_baseline = false;
  bool chance = false;          // so because its lead is no more than chance in training
  bool on_validation = false;   // there are no test rows: `test` holds the validation rows
  bool classification = false;  // scores are accuracies, not R2
  std::optional<double> averaging_steps;  // of the best: 1 / (lr*decay)
  std::int64_t run_steps = 0;
  std::vector<double> null_losses;  // of the best constant, a value a row; empty: not known
};

// The paired two-way test over seeds and rows (see TwoWay), and what it is worth.
Verdict JudgeTraining(const TrainedComparison& comparison);

}  // namespace halflife
