// Random matrices for tests.
#pragma once

#include "base/random.h"
#include "linalg/linalg.h"

namespace halflife::testing {

inline Matrix RandomMatrix(Eigen::Index rows, Eigen::Index cols, uint64_t seed) {
  Random random(seed);
  return Matrix::NullaryExpr(rows, cols, [&] { return random.Normal(); });
}

// Each row centred and scaled to variance 1.
inline Matrix StandardisedRows(Matrix values) {
  values.colwise() -= values.rowwise().mean().eval();
  for (Eigen::Index i = 0; i < values.rows(); ++i)
    values.row(i) /= std::sqrt(values.row(i).squaredNorm() / static_cast<double>(values.cols()));
  return values;
}

}  // namespace halflife::testing
