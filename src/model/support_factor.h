// The factored products of the columns in use, kept while they change by a few.
#pragma once

#include <optional>
#include <vector>

#include "linalg/linalg.h"

namespace halflife {

// Solves (G + shift I) x = b over the columns of a support, G their products. The Cholesky factor
// is that of an earlier support, to which columns that came since are appended; columns that left
// are held at 0 by a multiplier each. A large factor whose shift is another one, near by,
// preconditions conjugate gradients. Columns have names of the caller's choice, which stay theirs
// from call to call, and so must their products.
class SupportFactor {
 public:
  // `gram` holds the products of the columns `names`; `support` says which of them are in use, and
  // `right` is b there. Empty where G + shift I is not positive definite to working precision. By
  // conjugate gradients x is right to 1.5e-5 in the norm of G + shift I: they end at 1e-10 of the
  // first residual's square, both in a norm whose square is off by a factor of at most 2.
  Vector Solve(const Eigen::Ref<const Matrix>& gram, const std::vector<Eigen::Index>& names,
               const std::vector<Eigen::Index>& support, double shift, const Vector& right);

 private:
  using Places = std::vector<Eigen::Index>;
  bool Follow(const Eigen::Ref<const Matrix>& gram, const Places& names, const Places& support);
  bool Append(const Eigen::Ref<const Matrix>& gram, const Places& columns, const Places& added);
  void MakeRoom(Eigen::Index columns, Eigen::Index most);
  bool HoldWhatLeft();
  Vector SolveHeld(const Vector& right) const;
  std::optional<Vector> ByConjugateGradients(const Eigen::Ref<const Matrix>& gram,
                                             const Places& support, double shift,
                                             const Vector& right) const;
  Eigen::Index size() const { return static_cast<Eigen::Index>(base_.size()); }
  auto factor() const { return factor_.topLeftCorner(size(), size()); }

  double shift_ = -1.0;
  Places base_;         // names of the factored columns
  Places place_;        // of a name in `base_`, or -1
  Matrix factor_;       // in the lower triangle of its upper left corner
  Places at_;           // places of the last support in `base_`
  Places left_;         // places of the others
  Matrix held_;         // the factor's inverse times the unit vectors of those
  Matrix held_factor_;  // of the products of these
};

}  // namespace halflife
