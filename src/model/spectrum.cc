#include "model/spectrum.h"

#include <algorithm>
#include <cmath>

namespace halflife {
namespace {

// An eigenvalue of the Gram matrix has an absolute error of a few eps * largest, so one below 1e-9
// of the largest has fewer than 7 correct digits.
constexpr double kSafe = 1e-9;

}  // namespace

std::optional<Eigen::Index> RankOfGram(const Vector& values) {
  const auto p = static_cast<double>(values.size());
  const double largest = values.size() > 0 ? values.maxCoeff() : 0.0;
  const double zero = 10.0 * kEps * p * largest;  // rounding of the sums and of the decomposition
  Eigen::Index rank = 0;
  for (const double value : values) {
    if (value <= zero) continue;
    if (value < kSafe * largest) return std::nullopt;
    ++rank;
  }
  return rank;
}

bool HasFullRank(const Tridiagonal& gram) { return gram.CountBelow(kSafe * gram.Largest()) == 0; }

std::optional<Spectrum> ValuesAndFlat(Matrix gram) {
  const Eigen::Index p = gram.rows();
  if (p == 0) return Spectrum{Vector(), Matrix(0, 0), Matrix(0, 0)};
  const std::optional<Tridiagonal> diagonals = Tridiagonalise(std::move(gram));
  if (!diagonals) return std::nullopt;
  const Vector values = diagonals->Values();
  const std::optional<Eigen::Index> rank = RankOfGram(values);
  if (values.size() == 0 || !rank) return std::nullopt;
  if (*rank == p) return Spectrum{values.reverse(), Matrix(p, 0), Matrix(p, 0)};
  const std::optional<SymmetricEigen> eigen = diagonals->Decompose();
  if (!eigen) return std::nullopt;
  Spectrum spectrum = Descending(*eigen, *rank);
  spectrum.basis.resize(p, 0);
  return spectrum;
}

Spectrum Descending(const SymmetricEigen& eigen, Eigen::Index rank) {
  return {eigen.values.tail(rank).reverse(), eigen.vectors.rightCols(rank).rowwise().reverse(),
          eigen.vectors.leftCols(eigen.values.size() - rank)};
}

std::optional<Spectrum> SpectrumFromGram(const Matrix& gram) {
  const SymmetricEigen eigen = DecomposeSymmetric(gram);
  if (eigen.values.size() == 0) return Spectrum();
  const std::optional<Eigen::Index> rank = RankOfGram(eigen.values);
  if (!rank) return std::nullopt;
  return Descending(eigen, *rank);
}

bool IsFlat(const Spectrum& spectrum, const Matrix& rows) {
  return IsFlat(spectrum, rows, static_cast<double>(rows.cols()));
}

bool IsFlat(const Spectrum& spectrum, const Matrix& part, double count) {
  // Rounding of the directions and of the products stays below 1e-12 of the largest; 1e-10 leaves
  // room.
  constexpr double kFlat = 1e-20;
  if (spectrum.flat.cols() == 0 || spectrum.values.size() == 0) return true;
  const Vector along = (spectrum.flat.transpose() * part).rowwise().squaredNorm() / count;
  return along.maxCoeff() <= kFlat * spectrum.values(0);
}

std::optional<Spectrum> SpectrumFromKernel(const Matrix& kernel,
                                           const Eigen::Ref<const Matrix>& rows) {
  constexpr Eigen::Index kMostShare = 8;  // of the directions: more are no exception
  const SymmetricEigen eigen = DecomposeSymmetric(kernel);
  const Eigen::Index n = eigen.values.size();
  if (n == 0) return std::nullopt;
  const double largest = std::max(0.0, eigen.values(n - 1));
  const auto safe = (eigen.values.array() >= kSafe * largest).count();
  const Eigen::Index weak = largest > 0.0 ? n - safe : n;
  if (weak > 1 && weak * kMostShare > n) return std::nullopt;
  Spectrum spectrum = Descending(eigen, n - weak);
  if (weak == 0) return spectrum;
  // What the strong directions have left in the weak ones shows in the rows; products with these
  // have digits that the kernel lacks.
  const auto count = static_cast<double>(n);
  Matrix along = rows.transpose() * spectrum.flat;
  const Matrix mixed = spectrum.basis.transpose() * (rows * along) / count;
  spectrum.flat -= spectrum.basis * spectrum.values.cwiseInverse().asDiagonal() * mixed;
  along.noalias() = rows.transpose() * spectrum.flat;
  const ThinSvd svd = DecomposeSingular(along);
  const double zero =
      kEps * static_cast<double>(std::max(rows.cols(), n)) * std::sqrt(largest * count);
  const Eigen::Index rank = (svd.singular.array() > zero).count();
  const Matrix turned = spectrum.flat * svd.v;
  spectrum.values.conservativeResize(n - weak + rank);
  spectrum.values.tail(rank) = svd.singular.head(rank).array().square() / count;
  spectrum.basis.conservativeResize(Eigen::NoChange, n - weak + rank);
  spectrum.basis.rightCols(rank) = turned.leftCols(rank);
  spectrum.flat = turned.rightCols(turned.cols() - rank);
  return spectrum;
}

Spectrum SpectrumFromRows(const Matrix& rows, Matrix* right) {
  const ThinSvd svd = DecomposeSingular(rows);
  const auto n = static_cast<double>(rows.cols());
  const double largest = svd.singular.size() > 0 ? svd.singular(0) : 0.0;
  const double zero = kEps * static_cast<double>(std::max(rows.rows(), rows.cols())) * largest;
  Eigen::Index rank = 0;
  while (rank < svd.singular.size() && svd.singular(rank) > zero) ++rank;
  *right = svd.v.leftCols(rank);
  return {svd.singular.head(rank).array().square().matrix() / n, svd.u.leftCols(rank), {}};
}

Vector RowScales(const Vector& weights) {
  return (weights * (static_cast<double>(weights.size()) / weights.sum())).cwiseSqrt();
}

double EffectiveDof(const Vector& values, double decay) {
  double dof = 0.0;
  for (const double value : values) dof += value / (value + decay);
  return dof;
}

}  // namespace halflife
