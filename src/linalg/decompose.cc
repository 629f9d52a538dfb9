// Decompositions that are checked before they are trusted, and done another way where they fail.

#include "base/error.h"
#include "linalg/linalg.h"
#include "linalg/probe.h"

namespace halflife {
namespace {

bool Orthonormal(const Matrix& columns) {
  const Vector probe = ProbeVector(columns.cols());
  const double off = (columns.transpose() * (columns * probe) - probe).norm();
  return off <= DecompositionSlack(columns.rows()) * probe.norm();
}

bool Holds(const Matrix& a, const SymmetricEigen& eigen) {
  if (!eigen.values.allFinite() || !eigen.vectors.allFinite()) return false;
  const Vector probe = ProbeVector(a.rows());
  const Vector product = a.selfadjointView<Eigen::Lower>() * probe;
  const Vector rebuilt =
      eigen.vectors * eigen.values.cwiseProduct(eigen.vectors.transpose() * probe);
  return (product - rebuilt).norm() <=
             DecompositionSlack(a.rows()) * eigen.values.cwiseAbs().maxCoeff() * probe.norm() &&
         Orthonormal(eigen.vectors);
}

bool Holds(const Matrix& a, const ThinSvd& svd) {
  if (!svd.singular.allFinite() || !svd.u.allFinite() || !svd.v.allFinite()) return false;
  const Vector probe = ProbeVector(a.cols());
  const Vector rebuilt = svd.u * svd.singular.cwiseProduct(svd.v.transpose() * probe);
  const Eigen::Index size = std::max(a.rows(), a.cols());
  return (a * probe - rebuilt).norm() <=
             DecompositionSlack(size) * svd.singular.maxCoeff() * probe.norm() &&
         Orthonormal(svd.u) && Orthonormal(svd.v);
}

[[noreturn]] void FailToDecompose(const Matrix& a) {
  Fail(ErrorKind::kMatrixNotDecomposed, {a.rows(), a.cols()});
}

}  // namespace

SymmetricEigen DecomposeSymmetric(const Matrix& a, const std::vector<SymmetricStage>& stages) {
  if (a.rows() == 0) return {Vector(), Matrix(0, 0)};
  CheckLowerFinite(a);
  for (const SymmetricStage stage : stages) {
    SymmetricEigen result;
    if (stage(a, &result) && Holds(a, result)) return result;
  }
  FailToDecompose(a);
}

ThinSvd DecomposeSingular(const Matrix& a, const std::vector<SingularStage>& stages) {
  if (a.size() == 0) return {Matrix(a.rows(), 0), Vector(), Matrix(a.cols(), 0)};
  CheckFinite(a);
  for (const SingularStage stage : stages) {
    ThinSvd result;
    if (stage(a, &result) && Holds(a, result)) return result;
  }
  FailToDecompose(a);
}

void MirrorLower(Matrix* a) {
  constexpr Eigen::Index kAtOnce = 64;  // columns, that what is read stays in the cache
  for (Eigen::Index first = 0; first < a->cols(); first += kAtOnce) {
    const Eigen::Index count = std::min(kAtOnce, a->cols() - first);
    auto own = a->block(first, first, count, count);
    own.triangularView<Eigen::StrictlyUpper>() = Matrix(own.transpose());
    const Eigen::Index below = a->rows() - first - count;
    a->block(first, first + count, count, below) =
        a->block(first + count, first, below, count).transpose();
  }
}

std::optional<Matrix> CholeskyWithRidge(const Matrix& a, double ridge, double unit, double most) {
  while (ridge <= most) {
    Matrix factor = a;
    factor.diagonal().array() += ridge;
    if (CholeskyInPlace(&factor)) return factor;
    ridge = std::max({10.0 * ridge, unit, std::numeric_limits<double>::min()});
  }
  return std::nullopt;
}

}  // namespace halflife
