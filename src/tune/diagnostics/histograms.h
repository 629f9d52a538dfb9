// Values counted in bins.
#pragma once

#include <span>

#include "halflife/diagnostics.h"

namespace halflife {

// In `bins` of one width from `low` to `high`; what lies beyond counts in the outer bins, what is
// no number nowhere. low < high.
Histogram CountInBins(std::span<const double> values, double low, double high, std::size_t bins);

// The weights at the baseline and at the best decay in the same bins, an odd number of them around
// 0. Where those of the baseline are far larger, its outer bins hold what lies beyond eight times
// the largest at the best. None where all are 0.
std::optional<WeightHistograms> HistogramsOf(std::span<const double> baseline,
                                             std::span<const double> best);

// Residuals around 0, all within the bins. None where there is no residual but 0.
std::optional<Histogram> HistogramOfResiduals(std::span<const double> residuals);

}  // namespace halflife
