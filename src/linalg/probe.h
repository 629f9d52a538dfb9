// What checks of decompositions share: how far they may be off, and a vector that shows it.
#pragma once

#include "base/error.h"
#include "base/random.h"
#include "linalg/linalg.h"

namespace halflife {

// A backward stable decomposition errs by a small multiple of size * eps * norm (Anderson et al.,
// LAPACK Users' Guide, ch. 4).
inline double DecompositionSlack(Eigen::Index size) {
  return 100.0 * kEps * static_cast<double>(size);
}

// The same numbers every time. A product with them shows any error of a matrix but for the
// unlikeliest chance, at the price of a product with one vector (Freivalds 1979).
inline Vector ProbeVector(Eigen::Index size) {
  Random random(1);
  Vector probe(size);
  for (double& value : probe) value = random.Normal();
  return probe;
}

// What is not finite would make some methods run without end.
inline void CheckFinite(const Matrix& a) {
  if (!a.allFinite()) Fail(ErrorKind::kMatrixNotFinite);
}
inline void CheckLowerFinite(const Matrix& a) {
  for (Eigen::Index j = 0; j < a.cols(); ++j) {
    if (!a.col(j).tail(a.rows() - j).allFinite()) Fail(ErrorKind::kMatrixNotFinite);
  }
}

}  // namespace halflife
