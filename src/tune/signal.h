// Do the columns tell anything about the target? The best decay against the best constant.
#pragma once

#include <cstdint>
#include <span>

#include "data/dataset.h"
#include "halflife/tune.h"
#include "model/model.h"
#include "tune/statistics.h"

namespace halflife {

// What could as well have come otherwise if the columns told nothing of the target.
enum class Exchangeable {
  kRows,     // the targets of any two rows could be swapped
  kGroups,   // the deviations of a group's targets from the mean could all have the other sign
  kNothing,  // rows in the order of time, and folds of the user's own
};

// What TestSignal looks at.
struct SignalQuestion {
  const Dataset* dataset = nullptr;
  const Standardizer* standardizer = nullptr;  // of all rows
  std::span<const FoldScore> null_scores;      // of the best constant, the same folds as
  std::span<const FoldScore> best_scores;      // of the best decay, or of a better baseline
  FoldDependence dependence;
  Exchangeable exchangeable = Exchangeable::kRows;
  uint64_t seed = 1;
  int threads = 1;
};

// There is a signal where the 95 % interval of null loss minus best loss, by the corrected
// resampled t test, lies above 0. That interval misses weak signals (half of those with a true R2
// of .1 at 500 rows), since the errors of a fit vary more than those of a constant; so where it
// includes 0 and the best is better, a score test follows, and p of .01 or less is a signal
// too; of fewer than 8 groups it cannot come to that. A leak, one column that tells nearly all by
// itself, is a signal whatever the tests say.
SignalTest TestSignal(const SignalQuestion& question);

// The p value of the hypothesis that the columns tell nothing: the share of draws in which the data
// loss's gradient at zero weights, ||sum over rows of w x (y - mean)||, is as large as found (a
// score test: Goeman, van de Geer, van Houwelingen 2006, JRSS B 68:477). A draw puts the targets in
// another order, weights w staying with the features x; where only groups are exchangeable it turns
// the sign of all y - mean of a group or leaves it (the wild bootstrap of scores by clusters: Kline
// and Santos 2012, Journal of Econometric Methods 1:23). Draws go on until 10 were as large (Besag
// and Clifford 1991, Biometrika 78:301) or 999 were made, fewer where those would take more than
// about 2e10 multiplications, but 99 at least.
double ScorePValue(const SignalQuestion& question);

}  // namespace halflife
