// Ridge regression at every decay from one decomposition: minimise 1/2 mean (y - ybar - Xw)^2 +
// decay/2 ||w||^2 over w (Hoerl and Kennard 1970).
#pragma once

#include <optional>
#include <span>

#include "linalg/linalg.h"
#include "linalg/tridiagonal.h"
#include "model/gram.h"
#include "model/spectrum.h"

namespace halflife {

// The training rows seen from axes in which every solution is cheap: those of the eigenvalues s of
// X'X/n, where with u = basis' X'y/n it is u / (s + decay), at decay 0 the one of minimum norm; or,
// where no eigenvalue is 0, those in which X'X/n has three diagonals (Elden 1977, BIT 17:134).
struct Ridge {
  Spectrum spectrum;  // without `diagonals`, also basis and flat
  std::optional<Tridiagonal> diagonals;
  Vector projected;       // X'y/n in the axes
  double residual = 0.0;  // mean squared residual at decay 0
  double target = 0.0;    // mean square of the centred target
  // Of fewer rows than features: basis = rows' dual, formed only as weights are asked for.
  Matrix dual_rows;  // n x p
  Matrix dual;       // n x r
  // Of rows that were decomposed themselves: the right singular vectors, n x r. Only leave-one-out
  // asks for them.
  Matrix right;
  bool from_gram = false;

  Eigen::Index rank() const { return diagonals ? diagonals->size() : spectrum.values.size(); }
  // The eigenvalues of X'X/n that are not 0, largest first; costs a decomposition of `diagonals`.
  Vector Values() const;
  // The solutions in the axes, a column a decay; and turned out to the features.
  Matrix Axes(std::span<const double> decays) const;
  Matrix Weights(Matrix axes) const;
  Vector Axes(double decay) const { return Axes(std::span(&decay, 1)).col(0); }
  // Mean data losses, 1/2 squared error, of the solutions `axes`.
  Vector TrainLosses(std::span<const double> decays, const Matrix& axes) const;
  double TrainLoss(double decay) const { return TrainLosses(std::span(&decay, 1), Axes(decay))(0); }
};

// From the Gram matrix; none where its rounding would show (see SpectrumFromGram), or where the fit
// is so close that the residual is a difference of nearly equal numbers.
std::optional<Ridge> RidgeFromGram(StandardizedGram gram);

// From the products of the n standardised rows (kernel, n x n, lower triangle; n x p rows) and
// centred targets: for n < p. None where the rounding of the products would show. dual_rows stays
// empty.
std::optional<Ridge> RidgeFromKernel(const Matrix& kernel, const Eigen::Ref<const Matrix>& rows,
                                     const Vector& target);

// From the standardised rows (p x n) and centred targets (n), at full precision, also for p > n.
Ridge RidgeFromRows(const Matrix& rows, const Vector& target);

}  // namespace halflife
