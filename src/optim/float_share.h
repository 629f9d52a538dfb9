// What 32-bit floats make of a decay: a weight loses whole last digits (ulps) or nothing.
#pragma once

#include <cstdint>

#include "halflife/schedule.h"

namespace halflife {

// The share as the kernels have it, a float where that shows: shrink, or for the proximal law 1
// less its factor.
double KernelShare(DecayLaw law, double share);

// The weight, w > 0, after `steps` steps that take that share of it by the law, and have no
// gradient: as the kernels round. Runs of equal steps are taken at once.
double AfterSteps(DecayLaw law, double kernel_share, double w, std::int64_t steps);

}  // namespace halflife
