// Ridge regression at every decay from one decomposition: minimise 1/2 mean (y - ybar - Xw)^2 +
// decay/2 ||w||^2 over w (Hoerl and Kennard 1970).
#pragma once

#include <optional>

#include "linalg/linalg.h"
#include "model/gram.h"
#include "model/spectrum.h"

namespace halflife {

// The training rows seen from their own axes. With s the eigenvalues and u = basis' X'y/n, the
// solution at a decay is w = basis (u / (s + decay)); at decay 0 this is the one of minimum norm.
struct Ridge {
  Spectrum spectrum;
  Vector projected;       // u
  double residual = 0.0;  // mean squared residual at decay 0

  Vector Axes(double decay) const;       // u / (s + decay): the solution in the axes of the basis
  double TrainLoss(double decay) const;  // mean data loss, 1/2 squared error
};

// From the Gram matrix; none where its rounding would show (see SpectrumFromGram), or where the fit
// is so close that the residual is a difference of nearly equal numbers.
std::optional<Ridge> RidgeFromGram(const StandardizedGram& gram);

// From the standardised rows (p x n) and centred targets (n), at full precision, also for p > n.
Ridge RidgeFromRows(const Matrix& rows, const Vector& target);

}  // namespace halflife
