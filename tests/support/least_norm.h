// Eigen's orthogonal decompositions, which take a compiler long, compiled once for all tests.
#pragma once

#include <optional>

#include "linalg/linalg.h"
#include "support/plain_fits.h"

namespace halflife::testing {

// Of the x that minimise ||a x - b|| the one of least norm; `threshold`, of the largest pivot:
// Eigen's own without one.
Vector LeastNorm(const Matrix& a, const Vector& b);
LongVector LeastNorm(const LongMatrix& a, const LongVector& b,
                     std::optional<Long> threshold = std::nullopt);

// Q of a = QR, square.
Matrix OrthogonalFactor(const Matrix& a);

}  // namespace halflife::testing
