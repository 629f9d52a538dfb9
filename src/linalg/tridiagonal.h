// A symmetric matrix reduced to three diagonals by reflections: every system of equations that
// differs from it by a multiple of the identity then costs as much as reading its solution.
#pragma once

#include <optional>

#include "linalg/linalg.h"

namespace halflife {

// A = Q T Q', Q orthogonal, T tridiagonal (Householder 1958, J. ACM 5:339; LAPACK's dsytrd).
struct Tridiagonal {
  Matrix reflectors;  // p x p: those of Q below the first subdiagonal
  Vector tau;         // p - 1, their factors
  Vector diagonal;    // p, of T
  Vector below;       // p - 1, of T

  Eigen::Index size() const { return diagonal.size(); }

  void TurnIn(const Eigen::Ref<Matrix>& x) const;   // x <- Q' x
  void TurnOut(const Eigen::Ref<Matrix>& x) const;  // x <- Q x

  // Solves (T + shift) x = b. T + shift must be positive definite; what is not to rounding gives
  // numbers that are not finite.
  void Solve(double shift, const Vector& b, Eigen::Ref<Vector> x) const;

  // How many eigenvalues are below `value` (Sturm; Givens 1954), at the price of one solution.
  Eigen::Index CountBelow(double value) const;
  // The largest eigenvalue, to a factor of 1 + 1e-3.
  double Largest() const;
  // All eigenvalues, ascending; empty where the method found none.
  Vector Values() const;
  // Values and vectors of A; none where the method found none, or what it found does not hold.
  std::optional<SymmetricEigen> Decompose() const;
};

// Reduces the symmetric `a` (lower triangle), in its own memory. None where the answer does not
// rebuild `a` to a small multiple of size * eps. Throws Error where `a` is not finite.
std::optional<Tridiagonal> Tridiagonalise(Matrix a);

// The method's parts, of LAPACK or of Eigen.
namespace tridiagonal {
bool Reduce(Tridiagonal* t);  // from `reflectors`, which hold the matrix
void Turn(const Tridiagonal& t, bool transposed, Eigen::Ref<Matrix> x);
bool ValuesOf(const Tridiagonal& t, Vector* values);
bool VectorsOf(const Tridiagonal& t, SymmetricEigen* eigen);  // of T
}  // namespace tridiagonal

}  // namespace halflife
