#include "tune/grid_check.h"

#include <cmath>

#include "base/error.h"

namespace halflife {

void CheckDecays(const std::vector<double>& decays) {
  for (const double decay : decays) {
    if (!(decay >= 0.0 && decay <= kLargestTunedDecay))
      Fail(ErrorKind::kDecayRange, {decay, kLargestTunedDecay});
  }
}

void CheckLrs(const std::vector<double>& lrs) {
  for (const double lr : lrs) {
    if (!(lr > 0.0 && std::isfinite(lr))) Fail(ErrorKind::kLrRange, {lr});
  }
}

}  // namespace halflife
