#include "lab/smoother.h"

namespace halflife {
PolynomialSmoother::PolynomialSmoother(const Monomials& monomials) {
  spectrum_ = SpectrumFromRows(monomials.rows(), &right_);
}

Vector PolynomialSmoother::Gains(double decay) const {
  const auto values = spectrum_.values.array();
  return (values / static_cast<double>(right_.rows())).sqrt() / (values + decay);
}

Matrix PolynomialSmoother::Rows(const Matrix& features, double decay) const {
  const Matrix along = Gains(decay).asDiagonal() * (spectrum_.basis.transpose() * features).eval();
  Matrix rows = right_ * along;
  // Centring the target: `right` does it up to rounding over its least singular value.
  const Eigen::RowVectorXd mean = rows.colwise().mean();
  rows.rowwise() -= mean;
  rows.array() += 1.0 / static_cast<double>(right_.rows());
  return rows;
}

ExpectedErrors::ExpectedErrors(const PolynomialSmoother& smoother, const Matrix& features,
                               std::span<const double> truth, std::span<const double> trained)
    : smoother_(smoother), along_(smoother.spectrum().basis.transpose() * features) {
  const double mean = AsVector(trained).mean();
  const Vector centred = AsVector(trained).array() - mean;
  target_ = smoother.right().transpose() * centred;
  short_of_ = mean - AsVector(truth).array();
}

Vector ExpectedErrors::Bias2(double decay) const {
  const Vector shrunk = smoother_.Gains(decay).cwiseProduct(target_);
  return (short_of_ + along_.transpose() * shrunk).cwiseAbs2();
}

Vector ExpectedErrors::Variance(double decay, double noise) const {
  const Vector gains = smoother_.Gains(decay).cwiseAbs2();
  const Vector squares = along_.cwiseAbs2().transpose() * gains;
  return noise * noise * (squares.array() + 1.0 / static_cast<double>(smoother_.right().rows()));
}

}  // namespace halflife
