// The dense decompositions that the fits stand on: thin wrappers of LAPACK over Eigen matrices
// (linalg.cc, the only place that declares its symbols), of Eigen alone in WebAssembly
// (linalg_eigen.cc).
#pragma once

#include <Eigen/Core>
#include <limits>

namespace halflife {

using Matrix = Eigen::MatrixXd;  // column-major
using Vector = Eigen::VectorXd;

inline constexpr double kEps = std::numeric_limits<double>::epsilon();

// Eigenvalues ascending; column j of `vectors` belongs to values[j].
struct SymmetricEigen {
  Vector values;
  Matrix vectors;
};

// Decomposes the symmetric `a` (p x p; only its lower triangle is read) by divide and conquer
// (dsyevd).
SymmetricEigen DecomposeSymmetric(Matrix a);

// A = U diag(singular) V', singular values descending, U n x k, V p x k, k = min(n, p).
struct ThinSvd {
  Matrix u;
  Vector singular;
  Matrix v;
};

// Decomposes `a` (n x p) by divide and conquer (dgesdd).
ThinSvd DecomposeSingular(const Matrix& a);

// Adds a * a' (a: p x m) to the lower triangle of `gram` (p x p).
void AddOuterProduct(const Eigen::Ref<const Matrix>& a, Matrix* gram);

// The Cholesky factor of the symmetric positive definite `a` in its lower triangle, in place.
// False when `a` is not positive definite to working precision.
bool CholeskyInPlace(Matrix* a);

// Solves L L' x = b in place, L the lower triangle of `factor`.
void CholeskySolve(const Matrix& factor, Eigen::Ref<Vector> x);

}  // namespace halflife
