#include "lab/polynomial.h"

#include <cmath>

#include "lab/quadrature.h"

namespace halflife {
namespace {

// x^1 .. x^degree: degree x points.
Matrix PowersOf(std::span<const double> x, Eigen::Index degree) {
  Matrix powers(degree, static_cast<Eigen::Index>(x.size()));
  for (Eigen::Index i = 0; i < powers.cols(); ++i) {
    double power = 1.0;
    for (Eigen::Index k = 0; k < degree; ++k) {
      power *= x[static_cast<std::size_t>(i)];
      powers(k, i) = power;
    }
  }
  return powers;
}

// k (k-1) x^(k-2) at the nodes, each times the root of the node's weight: nodes x degree.
Matrix SecondDerivatives(Eigen::Index degree) {
  const Quadrature& rule = GaussLegendre();
  Matrix bend = Matrix::Zero(static_cast<Eigen::Index>(rule.nodes.size()), degree);
  for (Eigen::Index i = 0; i < bend.rows(); ++i) {
    const auto at = static_cast<std::size_t>(i);
    double power = std::sqrt(rule.weights[at]);
    for (Eigen::Index k = 2; k <= degree; ++k) {
      bend(i, k - 1) = static_cast<double>(k * (k - 1)) * power;
      power *= rule.nodes[at];
    }
  }
  return bend;
}

}  // namespace

Monomials::Monomials(std::span<const double> x, int degree) {
  rows_ = PowersOf(x, degree);
  mean_ = rows_.rowwise().mean();
  rows_.colwise() -= mean_;
  scale_ = (rows_.rowwise().squaredNorm() / static_cast<double>(x.size())).cwiseSqrt();
  rows_.array().colwise() /= scale_.array();
  bend_ = SecondDerivatives(degree);
  bend_.array().rowwise() /= scale_.transpose().array();
}

Matrix Monomials::At(std::span<const double> x) const {
  Matrix features = PowersOf(x, scale_.size());
  features.colwise() -= mean_;
  features.array().colwise() /= scale_.array();
  return features;
}

double Monomials::Roughness(const Vector& weights) const { return (bend_ * weights).squaredNorm(); }

PolynomialFit::PolynomialFit(const Monomials& monomials, std::span<const double> y)
    : mean_(AsVector(y).mean()),
      ridge_(RidgeFromRows(monomials.rows(), AsVector(y).array() - mean_)) {}

std::vector<double> PolynomialFit::Predict(const Matrix& features, const Vector& weights) const {
  std::vector<double> fitted(static_cast<std::size_t>(features.cols()));
  Eigen::Map<Vector>(fitted.data(), features.cols()) =
      (features.transpose() * weights).array() + mean_;
  return fitted;
}

double DataLossOf(std::span<const double> y, std::span<const double> fitted) {
  return 0.5 * (AsVector(y) - AsVector(fitted)).squaredNorm() / static_cast<double>(y.size());
}

}  // namespace halflife
