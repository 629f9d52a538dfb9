// The Newton-Schulz iteration that Muon stands on.
#pragma once

#include <span>

#include "kernels/tensor_rule.h"

namespace halflife {

// Brings the singular values of the row-major matrix `x` near 1: `steps` rounds of
// X <- a X + (b X X^T + c (X X^T)^2) X from X / max(||X||, eps), (a, b, c) = (3.4445, -4.7750,
// 2.0315). Jordan et al. 2024. Bit-identical from run to run and for any number of threads.
void Orthogonalize(std::span<float> x, MatrixShape shape, int steps, double eps);

}  // namespace halflife
