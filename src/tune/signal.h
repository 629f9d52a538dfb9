// Do the columns tell anything about the target? The best decay against the best constant.
#pragma once

#include <cstdint>
#include <span>

#include "data/dataset.h"
#include "halflife/tune.h"
#include "model/model.h"

namespace halflife {

// What TestSignal looks at.
struct SignalQuestion {
  const Dataset* dataset = nullptr;
  const Standardizer* standardizer = nullptr;  // of all rows
  std::span<const FoldScore> null_scores;      // of the best constant, the same folds as
  std::span<const FoldScore> best_scores;      // of the best decay, or of a better baseline
  double held_to_training = 0.0;               // see HeldToTraining
  bool rows_are_exchangeable = true;  // false for folds by group, time or column: no permutations
  uint64_t seed = 1;
  int threads = 1;
};

// There is a signal where the 95 % interval of null loss minus best loss, by the corrected
// resampled t test, lies above 0. That interval misses weak signals (half of those with a true R2
// of .1 at 500 rows), since the errors of a fit vary more than those of a constant; so where it
// includes 0 and the best is better, a permutation test follows, and p of .01 or less is a signal
// too.
SignalTest TestSignal(const SignalQuestion& question);

// The p value of the hypothesis that the targets could stand in any order beside the rows'
// features: the share of orders in which the data loss's gradient at zero weights, ||sum over rows
// of w x (y - mean)||, weights w staying with the features x,, is as large as found (a score test:
// Goeman, van de Geer, van Houwelingen 2006, JRSS B 68:477). Orders are drawn until 10 were as
// large (Besag and Clifford 1991, Biometrika 78:301) or 999 were drawn, fewer where those would
// take more than about 2e10 multiplications, but 99 at least.
double PermutationPValue(const SignalQuestion& question);

}  // namespace halflife
