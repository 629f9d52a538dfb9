#include "model/ridge.h"

#include <array>
#include <utility>

namespace halflife {
namespace {

Matrix SolveDiagonals(const Ridge& ridge, std::span<const double> decays) {
  Matrix axes(ridge.projected.size(), static_cast<Eigen::Index>(decays.size()));
  for (std::size_t d = 0; d < decays.size(); ++d)
    ridge.diagonals->Solve(decays[d], ridge.projected, axes.col(static_cast<Eigen::Index>(d)));
  return axes;
}

// Sets diagonals or spectrum, and projected. False where rounding leaves it
// open which eigenvalues are 0.
bool Decompose(StandardizedGram* gram, Ridge* ridge) {
  std::optional<Tridiagonal> diagonals = Tridiagonalise(std::move(gram->features));
  if (!diagonals) return false;
  if (HasFullRank(*diagonals)) {
    ridge->projected = gram->cross;
    diagonals->TurnIn(ridge->projected);
    ridge->diagonals = std::move(diagonals);
    return true;
  }
  const Vector values = diagonals->Values();
  const std::optional<Eigen::Index> rank = RankOfGram(values);
  if (values.size() == 0 || !rank) return false;
  const std::optional<SymmetricEigen> eigen = diagonals->Decompose();
  if (!eigen) return false;
  ridge->spectrum = Descending(*eigen, *rank);
  ridge->projected = ridge->spectrum.basis.transpose() * gram->cross;
  return true;
}

}  // namespace

Vector Ridge::Values() const {
  return diagonals ? Vector(diagonals->Values().reverse()) : spectrum.values;
}

Matrix Ridge::Axes(std::span<const double> decays) const {
  if (diagonals) return SolveDiagonals(*this, decays);
  Matrix axes(projected.size(), static_cast<Eigen::Index>(decays.size()));
  for (std::size_t d = 0; d < decays.size(); ++d) {
    axes.col(static_cast<Eigen::Index>(d)) =
        projected.cwiseQuotient((spectrum.values.array() + decays[d]).matrix());
  }
  return axes;
}

Matrix Ridge::Weights(Matrix axes) const {
  if (dual.size() > 0) return dual_rows.transpose() * (dual * axes);
  if (!diagonals) return spectrum.basis * axes;
  diagonals->TurnOut(axes);
  return axes;
}

// Along an eigenvector the residual is decay / (s + decay) of the target there, u / sqrt(s). In
// other axes z, whose gradient X'(y - Xz)/n is decay z, it is y'y/n - z'u - decay z'z in all.
Vector Ridge::TrainLosses(std::span<const double> decays, const Matrix& axes) const {
  Vector losses(axes.cols());
  for (Eigen::Index d = 0; d < axes.cols(); ++d) {
    const double decay = decays[static_cast<std::size_t>(d)];
    if (diagonals) {
      losses(d) = 0.5 * (target - axes.col(d).dot(projected) - decay * axes.col(d).squaredNorm());
      continue;
    }
    const auto share = decay / (spectrum.values.array() + decay);
    losses(d) =
        0.5 *
        (residual + (share.square() * projected.array().square() / spectrum.values.array()).sum());
  }
  return losses;
}

std::optional<Ridge> RidgeFromGram(StandardizedGram gram) {
  // A residual is a difference of sums with relative error of a few eps; above 1e-6 of the variance
  // it keeps 9 digits.
  constexpr double kClose = 1e-6;
  Ridge ridge;
  ridge.from_gram = true;
  ridge.target = ridge.residual = gram.target;
  if (gram.features.rows() == 0) return ridge;  // no feature varies in these rows
  if (!Decompose(&gram, &ridge)) return std::nullopt;
  const Matrix at_zero = ridge.Axes(std::array{0.0});
  ridge.residual -= at_zero.col(0).dot(ridge.projected);
  if (!(ridge.residual >= kClose * gram.target)) return std::nullopt;
  return ridge;
}

std::optional<Ridge> RidgeFromKernel(const Matrix& kernel, const Eigen::Ref<const Matrix>& rows,
                                     const Vector& target) {
  const auto n = static_cast<double>(target.size());
  const std::optional<Spectrum> along = SpectrumFromKernel(kernel / n, rows);
  if (!along) return std::nullopt;
  Ridge ridge;
  ridge.spectrum.values = along->values;
  const Vector turned = along->basis.transpose() * target;
  ridge.target = target.squaredNorm() / n;
  ridge.residual = (target - along->basis * turned).squaredNorm() / n;
  ridge.projected = turned.cwiseProduct((along->values / n).cwiseSqrt());
  ridge.dual = along->basis * (n * along->values).cwiseSqrt().cwiseInverse().asDiagonal();
  return ridge;
}

Ridge RidgeFromRows(const Matrix& rows, const Vector& target) {
  const auto n = static_cast<double>(target.size());
  Ridge ridge;
  ridge.target = ridge.residual = target.squaredNorm() / n;
  if (rows.rows() == 0) return ridge;
  ridge.spectrum = SpectrumFromRows(rows, &ridge.right);
  const Vector along = ridge.right.transpose() * target;
  ridge.projected = along.cwiseProduct((ridge.spectrum.values / n).cwiseSqrt());
  ridge.residual = (target - ridge.right * along).squaredNorm() / n;
  return ridge;
}

}  // namespace halflife
