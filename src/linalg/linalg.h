// The dense decompositions that the fits stand on: thin wrappers of LAPACK over Eigen matrices
// (linalg.cc, the only place that declares its symbols), of Eigen alone in WebAssembly
// (linalg_eigen.cc), checked and backed by slower ones (decompose.cc, jacobi.cc).
#pragma once

#include <Eigen/Core>
#include <limits>
#include <optional>
#include <vector>

namespace halflife {

using Matrix = Eigen::MatrixXd;  // column-major
using Vector = Eigen::VectorXd;

inline constexpr double kEps = std::numeric_limits<double>::epsilon();

// Eigenvalues ascending; column j of `vectors` belongs to values[j].
struct SymmetricEigen {
  Vector values;
  Matrix vectors;
};

// A = U diag(singular) V', singular values descending, U n x k, V p x k, k = min(n, p).
struct ThinSvd {
  Matrix u;
  Vector singular;
  Matrix v;
};

// One way to decompose a matrix of at least one cell. False where it found no answer.
using SymmetricStage = bool (*)(const Matrix& a, SymmetricEigen* result);
using SingularStage = bool (*)(const Matrix& a, ThinSvd* result);

// The ways there are, fastest first. With LAPACK: divide and conquer (dsyevd, dgesdd), QR iteration
// (dsyev, dgesvd), and linalg/jacobi.h.
std::vector<SymmetricStage> SymmetricStages();
std::vector<SingularStage> SingularStages();

// Decomposes the symmetric `a` (p x p; only its lower triangle is read), or any `a` (n x p), by the
// first of `stages` whose answer holds: finite, orthonormal, and rebuilding `a`, each to a small
// multiple of size * eps. Throws Error where none does.
SymmetricEigen DecomposeSymmetric(const Matrix& a,
                                  const std::vector<SymmetricStage>& stages = SymmetricStages());
ThinSvd DecomposeSingular(const Matrix& a,
                          const std::vector<SingularStage>& stages = SingularStages());

// Adds a * a' (a: p x m) to the lower triangle of `gram` (p x p).
void AddOuterProduct(const Eigen::Ref<const Matrix>& a, Matrix* gram);

// Adds a' a.leftCols(out.cols()) (a: m x q) to the lower trapezoid of `out` (q x at most q).
void AddLowerProducts(const Eigen::Ref<const Matrix>& a, Eigen::Ref<Matrix> out);

// Copies the triangle below the diagonal of `a`, square, to that above.
void MirrorLower(Matrix* a);

// The Cholesky factor of the symmetric positive definite `a` in its lower triangle, in place.
// False when `a` is not positive definite to working precision, or holds what is no number.
bool CholeskyInPlace(Matrix* a);

// The Cholesky factor of `a`, to whose diagonal `ridge` is added, and where it is flat to rounding
// or less, `unit`, ten times that and so on until it has one. None up to `most`, or of what is no
// number.
std::optional<Matrix> CholeskyWithRidge(const Matrix& a, double ridge, double unit, double most);

// Solves L L' x = b in place, L the lower triangle of `factor`.
void CholeskySolve(const Eigen::Ref<const Matrix>& factor, Eigen::Ref<Vector> x);

// The inverse of the lower triangle of `lower`, whose diagonal has no 0.
Matrix InvertLower(Matrix lower);

}  // namespace halflife
