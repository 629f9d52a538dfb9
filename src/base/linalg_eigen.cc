// The decompositions by Eigen alone, in WebAssembly, which has no LAPACK.
#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/SVD>

#include "base/error.h"
#include "base/linalg.h"

namespace halflife {

SymmetricEigen DecomposeSymmetric(Matrix a) {
  SymmetricEigen result;
  result.values.resize(a.rows());
  if (a.rows() == 0) return result;
  const Eigen::SelfAdjointEigenSolver<Matrix> solver(a);  // reads the lower triangle
  if (solver.info() != Eigen::Success)
    FailData("the eigenvalue decomposition did not converge; look for extreme values in the data");
  result.values = solver.eigenvalues();
  result.vectors = solver.eigenvectors();
  return result;
}

ThinSvd DecomposeSingular(const Matrix& a) {
  ThinSvd result;
  const Eigen::Index k = std::min(a.rows(), a.cols());
  result.u.resize(a.rows(), k);
  result.singular.resize(k);
  result.v.resize(a.cols(), k);
  if (k == 0) return result;
  const Eigen::BDCSVD<Matrix> solver(a, Eigen::ComputeThinU | Eigen::ComputeThinV);
  if (solver.info() != Eigen::Success) {
    FailData(
        "the singular value decomposition did not converge; look for extreme values in the data");
  }
  result.u = solver.matrixU();
  result.singular = solver.singularValues();
  result.v = solver.matrixV();
  return result;
}

void AddOuterProduct(const Eigen::Ref<const Matrix>& a, Matrix* gram) {
  gram->selfadjointView<Eigen::Lower>().rankUpdate(a);
}

bool CholeskyInPlace(Matrix* a) {
  const Eigen::LLT<Eigen::Ref<Matrix>, Eigen::Lower> factor(*a);
  return factor.info() == Eigen::Success;
}

void CholeskySolve(const Matrix& factor, Eigen::Ref<Vector> x) {
  factor.triangularView<Eigen::Lower>().solveInPlace(x);
  factor.triangularView<Eigen::Lower>().adjoint().solveInPlace(x);
}

}  // namespace halflife
