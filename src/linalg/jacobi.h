// Decompositions by Jacobi's rotations: slow, and they always come to an end. The last resort of
// linalg/linalg.h.
#pragma once

#include "linalg/linalg.h"

namespace halflife {

// The symmetric `a` (lower triangle), turned until it is diagonal (Jacobi 1846). Always true: an
// answer that is not good enough is for the caller to find out.
bool JacobiSymmetric(const Matrix& a, SymmetricEigen* result);

// From the eigenvectors of the smaller of A'A and AA', which square the condition number, refined
// by rotations of the columns themselves until they are orthogonal (Hestenes 1958, J. SIAM 6:51).
// False only for what is not finite.
bool RefinedGramSingular(const Matrix& a, ThinSvd* result);

}  // namespace halflife
