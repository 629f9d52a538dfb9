// The centred, standardised training matrix in its own axes: every ridge solution is a division
// there.
#pragma once

#include <optional>

#include "linalg/linalg.h"
#include "linalg/tridiagonal.h"

namespace halflife {

// X'X/n = basis diag(values) basis', X the n standardised rows; only the part that is not 0 to
// rounding.
struct Spectrum {
  Vector values;  // r, positive, largest first
  Matrix basis;   // p x r, orthonormal columns
  Matrix flat;    // p x (p - r): from a Gram matrix only, the directions taken as 0 (see IsFlat)
};

// How many eigenvalues (ascending) of a Gram matrix are not 0. None where rounding leaves that
// open, or leaves the small ones without correct digits: the rows themselves must then decide.
std::optional<Eigen::Index> RankOfGram(const Vector& values);

// Whether all eigenvalues of a Gram matrix that has been reduced to three diagonals are far enough
// from 0 for that.
bool HasFullRank(const Tridiagonal& gram);

// The eigenvalues of a Gram matrix (lower triangle) that are not 0, without their vectors, and the
// directions of those that are. None where RankOfGram has none.
std::optional<Spectrum> ValuesAndFlat(Matrix gram);

// The last `rank` values and vectors, largest first; the others are the flat ones.
Spectrum Descending(const SymmetricEigen& eigen, Eigen::Index rank);

// From the symmetric X'X/n (lower triangle). None where RankOfGram has none.
std::optional<Spectrum> SpectrumFromGram(const Matrix& gram);

// Whether `rows` (p x n) really say nothing along `spectrum.flat`. A Gram matrix cannot tell a
// direction of 1e-9 of the largest singular value from none: 1e-18 is below the rounding of its
// entries.
bool IsFlat(const Spectrum& spectrum, const Matrix& rows);
// The same for a part of `count` rows, of which the others say nothing.
bool IsFlat(const Spectrum& spectrum, const Matrix& part, double count);

// The spectrum of XX'/n, of n rows X' that are fewer than their features: from the kernel XX'/n
// (lower triangle), and from `rows` (n x p) what the kernel has no digits for. Its values are those
// of X'X/n. None where those are many.
std::optional<Spectrum> SpectrumFromKernel(const Matrix& kernel,
                                           const Eigen::Ref<const Matrix>& rows);

// The same from the rows, at full precision; `right` receives the n x r matrix of right singular
// vectors of `rows` (p x n): rows = basis diag(sqrt(n values)) right'.
Spectrum SpectrumFromRows(const Matrix& rows, Matrix* right);

// By what a row is multiplied so that plain means over rows become means weighted by `weights`:
// sqrt(w n / sum of w).
Vector RowScales(const Vector& weights);

// Effective degrees of freedom of ridge: sum of s / (s + decay) (Hastie, Tibshirani, Friedman
// 2009, 3.50).
double EffectiveDof(const Vector& values, double decay);

}  // namespace halflife
