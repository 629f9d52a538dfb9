// Which decays to try.
#pragma once

#include <vector>

#include "base/linalg.h"

namespace halflife {

// 0 (if `with_zero`) and 60 log-spaced decays that take the effective degrees of freedom, sum of s
// / (s + decay) over the `curvature` s of the loss, from 99 % of its rank down to nearly none.
// Ascending, each rounded to 3 significant digits, so that the number printed is the number used.
std::vector<double> AutomaticGrid(const Vector& curvature, bool with_zero);

// 20 further decays below or above `grid` at its own log spacing, ascending.
std::vector<double> ExtendBelow(const std::vector<double>& grid);
std::vector<double> ExtendAbove(const std::vector<double>& grid);

}  // namespace halflife
