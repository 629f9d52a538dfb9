// The centred, standardised training matrix in its own axes: every ridge solution is a division
// there.
#pragma once

#include <optional>

#include "base/linalg.h"

namespace halflife {

// X'X/n = basis diag(values) basis', X the n standardised rows; only the part that is not 0 to
// rounding.
struct Spectrum {
  Vector values;  // r, positive, largest first
  Matrix basis;   // p x r, orthonormal columns
};

// From the symmetric X'X/n (lower triangle). None where rounding leaves it open which eigenvalues
// are 0, or leaves the small ones without correct digits: the rows themselves must then decide.
std::optional<Spectrum> SpectrumFromGram(Matrix gram);

// The same from the rows, at full precision; `right` receives the n x r matrix of right singular
// vectors of `rows` (p x n): rows = basis diag(sqrt(n values)) right'.
Spectrum SpectrumFromRows(const Matrix& rows, Matrix* right);

// Effective degrees of freedom of ridge: sum of s / (s + decay) (Hastie, Tibshirani, Friedman
// 2009, 3.50).
double EffectiveDof(const Vector& values, double decay);

}  // namespace halflife
