// What the grid says beside the verdict: where the loss is flat, where the fit underfits.
#pragma once

#include <vector>

#include "tune/statistics.h"
#include "tune/sweep.h"

namespace halflife {

// Facts of a verdict whose numbers are complete, of the sweep that it was made from.
std::vector<TuneFinding> FindingsOf(const Sweep& sweep, const Verdict& verdict,
                                    const FoldDependence& dependence);

}  // namespace halflife
