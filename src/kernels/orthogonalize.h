// The Newton-Schulz iteration that Muon stands on.
#pragma once

#include <cstddef>

#include "kernels/tensor_rule.h"

namespace halflife {

// Brings the singular values of the row-major matrix X near 1: `steps` rounds of
// X <- a X + (b X X^T + c (X X^T)^2) X from X times `scale`, (a, b, c) = (3.4445, -4.7750, 2.0315).
// Jordan et al. 2024.
struct Orthogonalization {
  MatrixShape shape;
  int steps = 5;
  double scale = 1;

  // The floats it works in. X comes in at Input(work) and goes out at Output(work).
  std::size_t WorkSize() const;
  float* Input(float* work) const { return work; }
  float* Output(float* work) const { return steps % 2 == 0 ? work : work + Padded(Size()); }

  // On up to `threads` threads: bit-identical from run to run and for any number of them.
  void Run(float* work, int threads) const;

 private:
  std::size_t Size() const { return shape.rows * shape.columns; }
  static std::size_t Padded(std::size_t count) { return (count + 15) / 16 * 16; }
};

}  // namespace halflife
