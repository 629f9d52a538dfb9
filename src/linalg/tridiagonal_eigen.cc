// The reduction to three diagonals by Eigen alone, in WebAssembly, which has no LAPACK.
#include <Eigen/Eigenvalues>
#include <Eigen/Householder>

#include "linalg/tridiagonal.h"

namespace halflife::tridiagonal {

bool Reduce(Tridiagonal* t) {
  if (t->size() < 2) {
    t->diagonal = t->reflectors.diagonal();
    return true;
  }
  const Eigen::Tridiagonalization<Matrix> reduced(t->reflectors);
  t->diagonal = reduced.diagonal();
  t->below = reduced.subDiagonal();
  t->tau = reduced.householderCoefficients();
  t->reflectors = reduced.packedMatrix();
  return true;
}

void Turn(const Tridiagonal& t, bool transposed, Eigen::Ref<Matrix> x) {
  if (t.size() < 2) return;
  auto q = Eigen::householderSequence(t.reflectors, t.tau);
  q.setLength(t.size() - 1).setShift(1);
  if (transposed) {
    x = (q.adjoint() * Matrix(x)).eval();
  } else {
    x = (q * Matrix(x)).eval();
  }
}

bool ValuesOf(const Tridiagonal& t, Vector* values) {
  Eigen::SelfAdjointEigenSolver<Matrix> solver;
  solver.computeFromTridiagonal(t.diagonal, t.below, Eigen::EigenvaluesOnly);
  *values = solver.eigenvalues();
  return solver.info() == Eigen::Success;
}

bool VectorsOf(const Tridiagonal& t, SymmetricEigen* eigen) {
  Eigen::SelfAdjointEigenSolver<Matrix> solver;
  solver.computeFromTridiagonal(t.diagonal, t.below, Eigen::ComputeEigenvectors);
  *eigen = {solver.eigenvalues(), solver.eigenvectors()};
  return solver.info() == Eigen::Success;
}

}  // namespace halflife::tridiagonal
