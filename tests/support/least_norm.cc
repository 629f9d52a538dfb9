#include "support/least_norm.h"

#include <Eigen/QR>

namespace halflife::testing {

Vector LeastNorm(const Matrix& a, const Vector& b) {
  return a.completeOrthogonalDecomposition().solve(b);
}

LongVector LeastNorm(const LongMatrix& a, const LongVector& b, std::optional<Long> threshold) {
  Eigen::CompleteOrthogonalDecomposition<LongMatrix> solver(a.rows(), a.cols());
  if (threshold) solver.setThreshold(*threshold);
  solver.compute(a);
  return solver.solve(b);
}

Matrix OrthogonalFactor(const Matrix& a) { return a.householderQr().householderQ(); }

}  // namespace halflife::testing
