// What fits to the training rows of some folds show: their predictions, and how they do with fewer
// rows.
#pragma once

#include <optional>
#include <vector>

#include "halflife/diagnostics.h"
#include "tune/diagnostics/refit.h"
#include "tune/sweep.h"

namespace halflife {

struct FoldQuestion {
  RefitMaker maker;
  const Sweep& sweep;
  double baseline = 0.0;
  double best = 0.0;
  std::uint64_t seed = 1;
};

// About how many multiplications a fit takes.
double WorkOfFit(const Dataset& dataset);

// Which of the sweep's folds of its first round to fit again: as many as hold out `rows`, and
// `least` at least, where there are so many; in order of time from the last.
std::vector<int> FoldsHolding(const Dataset& dataset, const Sweep& sweep, std::size_t rows,
                              std::size_t least);

// Predictions of the rows that `folds` hold out, at the best decay, by fits to the others.
struct HeldOutRows {
  std::optional<HeldOutNumbers> numbers;
  std::optional<HeldOutClasses> classes;
};
HeldOutRows PredictFolds(const FoldQuestion& question, const std::vector<int>& folds);

// The held-out loss of `folds` where a quarter, half and three quarters of the rows that train them
// do, each within the next: drawn by the seed, of groups as whole as can be; in order of time the
// latest. And all of them, whose losses are the sweep's. NaN where some fold has no fit; empty
// where stopped.
std::vector<LearningPoint> LearningCurveOf(const FoldQuestion& question,
                                           const std::vector<int>& folds);

}  // namespace halflife
