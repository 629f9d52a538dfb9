// The log losses a fit at a time, in WebAssembly, for which Highway has no vectors of doubles.
#include <algorithm>
#include <cmath>

#include "kernels/log_loss.h"

namespace halflife {
namespace {

double* Of(const LogitRow& row, std::size_t output, std::size_t fit) {
  return row.values + output * row.fits + fit;
}

// Replaces the logits of a fit by exp(logit - largest logit), which it returns; `others` is the sum
// of those of other classes than the row's.
double SharesOf(const LogitRow& row, std::size_t fit, double* others) {
  double largest = *Of(row, 0, fit);
  for (std::size_t c = 1; c < row.outputs; ++c) largest = std::max(largest, *Of(row, c, fit));
  *others = 0.0;
  for (std::size_t c = 0; c < row.outputs; ++c) {
    double& value = *Of(row, c, fit);
    value = std::exp(value - largest);
    if (c != row.own) *others += value;
  }
  return largest;
}

}  // namespace

void LogErrors(const LogitRow& row, double weight) {
  for (std::size_t fit = 0; fit < row.fits; ++fit) {
    if (row.outputs == 1) {
      const double sign = row.own == 1 ? 1.0 : -1.0;
      *Of(row, 0, fit) = -sign * weight / (1.0 + std::exp(sign * *Of(row, 0, fit)));
      continue;
    }
    double others = 0.0;
    SharesOf(row, fit, &others);
    const double factor = weight / (*Of(row, row.own, fit) + others);
    for (std::size_t c = 0; c < row.outputs; ++c) *Of(row, c, fit) *= factor;
    *Of(row, row.own, fit) = -others * factor;
  }
}

void AddLogLosses(const LogitRow& row, double weight, double* losses) {
  for (std::size_t fit = 0; fit < row.fits; ++fit) {
    if (row.outputs == 1) {
      const double t = (row.own == 1 ? 1.0 : -1.0) * *Of(row, 0, fit);
      losses[fit] += weight * (std::max(-t, 0.0) + std::log1p(std::exp(-std::fabs(t))));
      continue;
    }
    const double own = *Of(row, row.own, fit);
    double others = 0.0;
    const double largest = SharesOf(row, fit, &others);
    const double sum = *Of(row, row.own, fit) + others;
    losses[fit] += weight * (own == largest ? std::log1p(others) : largest + std::log(sum) - own);
  }
}

}  // namespace halflife
