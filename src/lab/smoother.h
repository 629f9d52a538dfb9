// Polynomial ridge fits as what they are to the targets: linear. A prediction is a sum of the y
// with weights that depend on the points and the decay alone, so one decomposition serves all draws
// of the noise and all decays, and expectations over the noise are exact.
#pragma once

#include <span>

#include "lab/polynomial.h"
#include "model/spectrum.h"

namespace halflife {

class PolynomialSmoother {
 public:
  explicit PolynomialSmoother(const Monomials& monomials);

  // Column i is s with prediction = s . y at the point of column i of `features` (Monomials::At):
  // training points x points.
  Matrix Rows(const Matrix& features, double decay) const;

  // For the errors below. `values` and `basis` as in model/spectrum.h.
  const Spectrum& spectrum() const { return spectrum_; }
  const Matrix& right() const { return right_; }
  // A prediction is mean y + sum over axes j of gain_j (right' y)_j (basis' feature)_j.
  Vector Gains(double decay) const;

 private:
  Spectrum spectrum_;
  Matrix right_;  // training points x axes, orthonormal columns that sum to 0
};

// Expected squared errors of the fits to y = truth + noise * N(0, 1), the points staying.
class ExpectedErrors {
 public:
  // At the points of `features`, where the truth is `truth`; at the training points it is
  // `trained`.
  ExpectedErrors(const PolynomialSmoother& smoother, const Matrix& features,
                 std::span<const double> truth, std::span<const double> trained);

  Vector Bias2(double decay) const;                   // (E fit - truth)^2
  Vector Variance(double decay, double noise) const;  // noise^2 |s|^2

 private:
  PolynomialSmoother smoother_;
  Matrix along_;     // basis' features: axes x points
  Vector target_;    // right' (trained - its mean)
  Vector short_of_;  // mean of trained - truth, at the points
};

}  // namespace halflife
