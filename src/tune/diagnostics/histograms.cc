#include "tune/diagnostics/histograms.h"

#include <algorithm>
#include <cmath>

namespace halflife {
namespace {

constexpr std::size_t kBins = 41;

double LargestOf(std::span<const double> values) {
  double largest = 0.0;
  for (const double value : values) {
    if (std::isfinite(value)) largest = std::max(largest, std::fabs(value));
  }
  return largest;
}

}  // namespace

Histogram CountInBins(std::span<const double> values, double low, double high, std::size_t bins) {
  Histogram histogram{low, high, std::vector<std::size_t>(bins, 0)};
  const double last = static_cast<double>(bins) - 1.0;
  for (const double value : values) {
    if (std::isnan(value)) continue;
    const double at = std::floor((value - low) / (high - low) * static_cast<double>(bins));
    ++histogram.counts[static_cast<std::size_t>(std::clamp(at, 0.0, last))];
  }
  return histogram;
}

std::optional<WeightHistograms> HistogramsOf(std::span<const double> baseline,
                                             std::span<const double> best) {
  constexpr double kBeyond = 8.0;
  double end = std::max(LargestOf(baseline), LargestOf(best));
  if (const double of_best = LargestOf(best); of_best > 0.0) end = std::min(end, kBeyond * of_best);
  if (!(end > 0.0) || !std::isfinite(2.0 * end)) return std::nullopt;
  return WeightHistograms{CountInBins(baseline, -end, end, kBins),
                          CountInBins(best, -end, end, kBins)};
}

std::optional<Histogram> HistogramOfResiduals(std::span<const double> residuals) {
  const double end = LargestOf(residuals);
  if (!(end > 0.0) || !std::isfinite(2.0 * end)) return std::nullopt;
  return CountInBins(residuals, -end, end, kBins);
}

}  // namespace halflife
