// Decompositions that are checked before they are trusted, and done another way where they fail.

#include "base/error.h"
#include "base/random.h"
#include "linalg/linalg.h"

namespace halflife {
namespace {

// A backward stable decomposition errs by a small multiple of size * eps * norm (Anderson et al.,
// LAPACK Users' Guide, ch. 4).
double Slack(Eigen::Index size) { return 100.0 * kEps * static_cast<double>(size); }

// The same numbers every time. A product with them shows any error of a matrix but for the
// unlikeliest chance, at the price of a product with one vector (Freivalds 1979).
Vector Probe(Eigen::Index size) {
  Random random(1);
  Vector probe(size);
  for (double& value : probe) value = random.Normal();
  return probe;
}

bool Orthonormal(const Matrix& columns) {
  const Vector probe = Probe(columns.cols());
  const double off = (columns.transpose() * (columns * probe) - probe).norm();
  return off <= Slack(columns.rows()) * probe.norm();
}

bool Holds(const Matrix& a, const SymmetricEigen& eigen) {
  if (!eigen.values.allFinite() || !eigen.vectors.allFinite()) return false;
  const Vector probe = Probe(a.rows());
  const Vector product = a.selfadjointView<Eigen::Lower>() * probe;
  const Vector rebuilt =
      eigen.vectors * eigen.values.cwiseProduct(eigen.vectors.transpose() * probe);
  return (product - rebuilt).norm() <=
             Slack(a.rows()) * eigen.values.cwiseAbs().maxCoeff() * probe.norm() &&
         Orthonormal(eigen.vectors);
}

bool Holds(const Matrix& a, const ThinSvd& svd) {
  if (!svd.singular.allFinite() || !svd.u.allFinite() || !svd.v.allFinite()) return false;
  const Vector probe = Probe(a.cols());
  const Vector rebuilt = svd.u * svd.singular.cwiseProduct(svd.v.transpose() * probe);
  const Eigen::Index size = std::max(a.rows(), a.cols());
  return (a * probe - rebuilt).norm() <= Slack(size) * svd.singular.maxCoeff() * probe.norm() &&
         Orthonormal(svd.u) && Orthonormal(svd.v);
}

// What is not finite would make some methods run without end.
void CheckFinite(const Matrix& a) {
  if (a.allFinite()) return;
  Fail(ErrorKind::kMatrixNotFinite);
}

[[noreturn]] void FailToDecompose(const Matrix& a) {
  Fail(ErrorKind::kMatrixNotDecomposed, {a.rows(), a.cols()});
}

}  // namespace

SymmetricEigen DecomposeSymmetric(const Matrix& a, const std::vector<SymmetricStage>& stages) {
  if (a.rows() == 0) return {Vector(), Matrix(0, 0)};
  CheckFinite(a.triangularView<Eigen::Lower>());
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

}  // namespace halflife
