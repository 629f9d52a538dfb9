#include "model/ridge.h"

#include <utility>

namespace halflife {

Vector Ridge::Axes(double decay) const {
  return projected.cwiseQuotient((spectrum.values.array() + decay).matrix());
}

// The residual along axis j is decay / (s + decay) of the target there, u / sqrt(s).
double Ridge::TrainLoss(double decay) const {
  const auto share = decay / (spectrum.values.array() + decay);
  const auto along = share.square() * projected.array().square() / spectrum.values.array();
  return 0.5 * (residual + along.sum());
}

std::optional<Ridge> RidgeFromGram(const StandardizedGram& gram) {
  // A residual is a difference of sums with relative error of a few eps; above 1e-7 of the variance
  // it keeps 8 digits.
  constexpr double kClose = 1e-7;
  if (gram.features.rows() == 0)
    return Ridge{{}, {}, gram.target};  // no feature varies in these rows
  std::optional<Spectrum> spectrum = SpectrumFromGram(gram.features);
  if (!spectrum) return std::nullopt;
  Ridge ridge{std::move(*spectrum), {}, 0.0};
  ridge.projected = ridge.spectrum.basis.transpose() * gram.cross;
  ridge.residual =
      gram.target - ridge.projected.cwiseAbs2().cwiseQuotient(ridge.spectrum.values).sum();
  if (ridge.residual < kClose * gram.target) return std::nullopt;
  return ridge;
}

Ridge RidgeFromRows(const Matrix& rows, const Vector& target) {
  Matrix right;
  if (rows.rows() == 0) return {{}, {}, target.squaredNorm() / static_cast<double>(target.size())};
  Ridge ridge{SpectrumFromRows(rows, &right), {}, 0.0};
  const auto n = static_cast<double>(target.size());
  const Vector along = right.transpose() * target;
  ridge.projected = along.cwiseProduct((ridge.spectrum.values / n).cwiseSqrt());
  ridge.residual = (target - right * along).squaredNorm() / n;
  return ridge;
}

}  // namespace halflife
