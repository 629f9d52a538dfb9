// The two products with a matrix of inputs that fits are made of, for inputs that are never laid
// out as a matrix.
#pragma once

#include <memory>
#include <span>

#include "linalg/linalg.h"

namespace halflife {

// About the inverse of a Hessian, its outputs taken one by one.
class InputPreconditioner {
 public:
  virtual ~InputPreconditioner() = default;
  virtual Matrix Solve(const Matrix& residual) const = 0;  // both inputs x outputs
};

// Inputs of n rows, the last of which is 1 throughout.
class InputProducts {
 public:
  virtual ~InputProducts() = default;

  virtual Eigen::Index inputs() const = 0;
  // Inputs that no penalty holds, beside the last.
  virtual std::span<const Eigen::Index> undecayed() const = 0;
  // inputs x m parameters to m x n: what each row makes of them.
  virtual Matrix Times(const Matrix& parameters) const = 0;
  // m x n values to inputs x m: sums over rows of input times value.
  virtual Matrix Against(const Matrix& values) const = 0;
  // For the sums over rows of `curvature` (m x n) times input times input, plus `decay` in all
  // that a penalty holds: by the diagonal alone, or, `closely`, as near to the inverse as memory
  // allows.
  virtual std::unique_ptr<InputPreconditioner> Precondition(const Matrix& curvature, double decay,
                                                            bool closely) const = 0;
};

}  // namespace halflife
