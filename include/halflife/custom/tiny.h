// What is too small to count. Processors take up to twenty times as long over a denormal, and
// moments without gradients end as denormals. So what a step reads as a gradient and keeps as
// weights and state lies on a grid: its digits end at 2^-100 (of squares at 2^-126), where a
// float's own would go on to 2^-149. No such number is a denormal, nor is a sum or difference of
// them, nor their product with a rate, share or decay down to 2^-25. By two additions in software,
// since WebAssembly has no switch for it: the bits are the same everywhere.
#pragma once

#include <algorithm>
#include <cmath>

namespace halflife {

inline constexpr float kGrain = 0x1p-100F;           // about 8e-31: of gradients, weights and state
inline constexpr float kGrainOfSquares = 0x1p-126F;  // of state whose root counts; the least normal

// What ToGrid adds and takes away. A float of this size has digits down to the grain.
constexpr float GridShift(float grain) { return grain * 0x1.8p23F; }

// x with its digits below the grain rounded; the same x from about 2^48 grains up, and at most a
// grain or a last digit off between. The zero is +0; infinities and NaNs stay.
inline float ToGrid(float x, float shift) { return (x + shift) - shift; }

// The grain of gradients that are going to be multiplied by `scale`.
inline float GradientGrain(double scale) {
  return static_cast<float>(std::clamp(static_cast<double>(kGrain) / scale, 0x1p-126, 0x1p100));
}

// x, or 0 where it is smaller than `least`.
inline float OrZero(float x, float least) { return std::fabs(x) < least ? 0.0F : x; }

}  // namespace halflife
