// Ridge regression on x, x^2, ..., x^degree as the library does it: columns standardised over the
// training points, the target centred, the intercept not decayed.
#pragma once

#include <span>
#include <vector>

#include "linalg/linalg.h"
#include "model/ridge.h"

namespace halflife {

// The powers of x, each less its mean over the training points and divided by its population
// standard deviation there.
class Monomials {
 public:
  // `x`: at least three points, all different; degree >= 1.
  Monomials(std::span<const double> x, int degree);

  // The standardised powers at the training points and elsewhere: degree x points.
  const Matrix& rows() const { return rows_; }
  Matrix At(std::span<const double> x) const;

  // The integral of f''^2 over -1 <= x <= 1 of the polynomial with these weights (of the
  // standardised powers): by a quadrature that is exact for its degree.
  double Roughness(const Vector& weights) const;

 private:
  Vector mean_;
  Vector scale_;
  Matrix rows_;
  Matrix bend_;  // the powers' second derivatives at the nodes, times sqrt(the node's weight)
};

// A fit to one draw of targets, at every decay: minimises 1/2 mean (y - fit)^2 + decay/2 ||w||^2
// (model/ridge.h). At decay 0 with more powers than the points determine, the w of least norm.
class PolynomialFit {
 public:
  PolynomialFit(const Monomials& monomials, std::span<const double> y);

  // Of the standardised powers; length degree.
  Vector Weights(double decay) const { return ridge_.spectrum.basis * ridge_.Axes(decay); }
  double DataLoss(double decay) const { return ridge_.TrainLoss(decay); }
  double SquaredNorm(double decay) const { return ridge_.Axes(decay).squaredNorm(); }
  // The curve of `weights` at the points of `features` (Monomials::At).
  std::vector<double> Predict(const Matrix& features, const Vector& weights) const;

 private:
  double mean_;  // of the targets
  Ridge ridge_;
};

inline Eigen::Map<const Vector> AsVector(std::span<const double> values) {
  return {values.data(), static_cast<Eigen::Index>(values.size())};
}

// 1/2 the mean squared difference.
double DataLossOf(std::span<const double> y, std::span<const double> fitted);

}  // namespace halflife
