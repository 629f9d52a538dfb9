#include "kernels/orthogonalize.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "kernels/sums.h"

namespace halflife {

// Eigen's own products: their order of summation does not depend on threads.
void Orthogonalize(std::span<float> x, MatrixShape shape, int steps, double eps) {
  using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  Eigen::Map<RowMajor> given(x.data(), static_cast<Eigen::Index>(shape.rows),
                             static_cast<Eigen::Index>(shape.columns));
  const double norm = std::sqrt(SumOfSquares(x.data(), x.size()));
  const auto scale = static_cast<float>(1 / std::max(norm, eps));
  const bool tall = shape.rows > shape.columns;
  RowMajor wide = tall ? RowMajor(given.transpose() * scale) : RowMajor(given * scale);
  for (int i = 0; i < steps; ++i) {
    const RowMajor square = wide * wide.transpose();
    RowMajor polynomial = -4.7750F * square;
    polynomial.noalias() += 2.0315F * square * square;
    RowMajor next = 3.4445F * wide;
    next.noalias() += polynomial * wide;
    wide.swap(next);
  }
  if (tall) {
    given = wide.transpose();
  } else {
    given = wide;
  }
}

}  // namespace halflife
