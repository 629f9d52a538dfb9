// What counts as zero. Processors take ten to twenty times as long over a denormal, and moments
// without gradients end as denormals; so no step reads a gradient, nor keeps a weight or a state, that
// is smaller than it has to be. In software, since WebAssembly has no switch for it: the bits are the
// same everywhere. The zero is +0; a NaN stays one.
#pragma once

#include <cmath>
#include <limits>

namespace halflife {

// The least size of gradients (after scaling), weights and state, about 8e-31: so far above the least
// normal float, 2^-126, that their products with rates, shares and decays down to 2^-26 are normal,
// and that the difference of two of them is.
inline constexpr float kLeast = 0x1p-100F;

// The least of a state that holds squares, whose root is what counts.
inline constexpr float kLeastSquare = std::numeric_limits<float>::min();

inline float OrZero(float x, float least) { return std::fabs(x) < least ? 0.0F : x; }

// The least gradient that counts when it is going to be multiplied by `scale`.
inline double LeastGradient(double scale) {
  const double least = static_cast<double>(kLeast) / scale;
  if (least < kLeastSquare) return kLeastSquare;
  return least < std::numeric_limits<float>::max() ? least : std::numeric_limits<float>::max();
}

}  // namespace halflife
