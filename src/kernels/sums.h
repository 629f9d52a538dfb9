// Sums in a fixed order: 16 virtual lanes of double, whatever the SIMD target, then lane by lane. A
// caller that adds chunks in order gets the same bits on every machine and thread count.
#pragma once

#include <cstddef>

namespace halflife {

// The sum of a[i]^2. Squares of floats cannot overflow here, so the sum is finite exactly when all
// of them are.
double SumOfSquares(const float* a, std::size_t count);

// The same, by plain code: what the tests compare with.
double SumOfSquaresScalar(const float* a, std::size_t count);

// to[i] = clamp(from[i] * scale, -limit, limit); on the grid of halflife/custom/tiny.h.
void ScaleAndClip(const float* from, float* to, std::size_t count, double scale, double limit);

// a[i] = c[i] + (a[i] - c[i]) * factor; c may be null, for zero.
void ShrinkRow(float* a, const float* c, std::size_t count, double factor);

// The sum of (a[i] - c[i])^2, in the same fixed order; c may be null.
double SumOfSquaredDistances(const float* a, const float* c, std::size_t count);

}  // namespace halflife
