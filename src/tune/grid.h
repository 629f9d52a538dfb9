// Which decays to try.
#pragma once

#include <vector>

#include "linalg/linalg.h"

namespace halflife {

// 0 (if `with_zero`) and 60 log-spaced decays that take the effective degrees of freedom, sum of s
// / (s + decay) over the `curvature` s of the loss, from 99 % of its rank down to nearly none.
// Ascending, each rounded to 3 significant digits, so that the number printed is the number used,
// and none below SmallestDecay by more than that rounding.
std::vector<double> AutomaticGrid(const Vector& curvature, bool with_zero);

// The same for penalties that make weights exactly 0, all of them from `largest` up: 0 and 60
// log-spaced decays from that, rounded up, down to 1e-4 of it, or 1e-2 where features outnumber
// rows, `wide` (as glmnet has it). `largest` 0: 0 alone.
std::vector<double> SparseGrid(double largest, bool wide);

// 1e-8 of `largest`: where a sparse path is as good as at its end without decay.
double SmallestSparseDecay(double largest);

// For models trained epoch by epoch: 0 and `positive` log-spaced decays from 1e-5 to 1, rounded
// alike.
std::vector<double> TrainingGrid(int positive = 15);

// 1e-14 of the largest curvature (0 where there is none): where the sum of both has rounded the
// last digits of a decay away, a smaller one cannot be told from it.
double SmallestDecay(const Vector& curvature);

// How many decays of `grid` are above 0.
int PositiveCount(const std::vector<double>& grid);

// `count` further decays below or above `grid` at its own log spacing, ascending; below, only those
// from `smallest` up. `grid` has at least two decays above 0.
inline constexpr int kFurtherDecays = 20;
std::vector<double> ExtendBelow(const std::vector<double>& grid, int count = kFurtherDecays,
                                double smallest = 0.0);
std::vector<double> ExtendAbove(const std::vector<double>& grid, int count = kFurtherDecays);

}  // namespace halflife
