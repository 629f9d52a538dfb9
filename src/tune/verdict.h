// Does decay help? The best decay against none, and what the answer is worth.
#pragma once

#include <vector>

#include "data/dataset.h"
#include "halflife/tune.h"
#include "model/model.h"
#include "tune/statistics.h"

namespace halflife {

// What the verdict compares: held-out losses of the same folds at two decays.
struct Comparison {
  double baseline = 0.0;  // 0, or the smallest decay that has a fit
  double best = 0.0;      // the best decay, or where that is the baseline, the best of the others
  bool best_is_baseline = false;
  std::vector<FoldScore> baseline_scores;
  std::vector<FoldScore> best_scores;
  bool selected = true;  // whether `best` was chosen on these same folds among several
};

// Held-out over training weight, the mean over the folds of the first round: what the correction of
// the resampled t test takes.
double HeldToTraining(const Dataset& dataset);

// The numbers of a comparison and its label, at the 5 % level.
Verdict VerdictOf(const PairedTest& test, double baseline, double compared);

// The verdict where there are no two decays to compare: every number of the comparison is NaN.
Verdict NothingCompared(double baseline, double compared);

Verdict Judge(const Comparison& comparison, const Dataset& dataset);

}  // namespace halflife
