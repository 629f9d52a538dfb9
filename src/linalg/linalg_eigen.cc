// The decompositions by Eigen alone, in WebAssembly, which has no LAPACK.
#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/SVD>

#include "linalg/jacobi.h"
#include "linalg/linalg.h"

namespace halflife {

namespace {

bool EigenBySolver(const Matrix& a, SymmetricEigen* result) {
  const Eigen::SelfAdjointEigenSolver<Matrix> solver(a);  // reads the lower triangle
  if (solver.info() != Eigen::Success) return false;
  result->values = solver.eigenvalues();
  result->vectors = solver.eigenvectors();
  return true;
}

bool SingularBySolver(const Matrix& a, ThinSvd* result) {
  const Eigen::BDCSVD<Matrix> solver(a, Eigen::ComputeThinU | Eigen::ComputeThinV);
  if (solver.info() != Eigen::Success) return false;
  result->u = solver.matrixU();
  result->singular = solver.singularValues();
  result->v = solver.matrixV();
  return true;
}

}  // namespace

std::vector<SymmetricStage> SymmetricStages() { return {EigenBySolver, JacobiSymmetric}; }

std::vector<SingularStage> SingularStages() { return {SingularBySolver, RefinedGramSingular}; }

void AddOuterProduct(const Eigen::Ref<const Matrix>& a, Matrix* gram) {
  gram->selfadjointView<Eigen::Lower>().rankUpdate(a);
}

void AddLowerProducts(const Eigen::Ref<const Matrix>& a, Eigen::Ref<Matrix> out) {
  const Eigen::Index columns = out.cols();
  out.topRows(columns).selfadjointView<Eigen::Lower>().rankUpdate(a.leftCols(columns).transpose());
  const Eigen::Index below = out.rows() - columns;
  out.bottomRows(below).noalias() += a.rightCols(below).transpose() * a.leftCols(columns);
}

bool CholeskyInPlace(Matrix* a) {
  const Eigen::LLT<Eigen::Ref<Matrix>, Eigen::Lower> factor(*a);
  return factor.info() == Eigen::Success && a->diagonal().allFinite();
}

void CholeskySolve(const Eigen::Ref<const Matrix>& factor, Eigen::Ref<Vector> x) {
  factor.triangularView<Eigen::Lower>().solveInPlace(x);
  factor.triangularView<Eigen::Lower>().adjoint().solveInPlace(x);
}

Matrix InvertLower(Matrix lower) {
  const Eigen::Index n = lower.rows();
  return lower.triangularView<Eigen::Lower>().solve(Matrix::Identity(n, n));
}

}  // namespace halflife
