// The factored products of the columns in use, kept while they change by a few.
#pragma once

#include <vector>

#include "linalg/linalg.h"

namespace halflife {

// Solves (G + shift I) x = b over the columns of a support, G their products. The Cholesky factor
// is that of an earlier support; columns that came since stand on its border, and columns that left
// are held at 0 by a multiplier each. Columns have names of the caller's choice, which stay theirs
// from call to call, and so must their products.
class SupportFactor {
 public:
  // `gram` holds the products of the columns `names`; `support` says which of them are in use, and
  // `right` is b there. Empty where G + shift I is not positive definite to working precision.
  Vector Solve(const Eigen::Ref<const Matrix>& gram, const std::vector<Eigen::Index>& names,
               const std::vector<Eigen::Index>& support, double shift, const Vector& right);

 private:
  bool Factor(const Eigen::Ref<const Matrix>& gram, const std::vector<Eigen::Index>& names,
              const std::vector<Eigen::Index>& support, double shift);
  bool FindBorder(const std::vector<Eigen::Index>& names, const std::vector<Eigen::Index>& support);
  Vector SolveWithBorder(const Eigen::Ref<const Matrix>& gram,
                         const std::vector<Eigen::Index>& names,
                         const std::vector<Eigen::Index>& support, const Vector& right) const;

  double shift_ = -1.0;
  std::vector<Eigen::Index> base_;   // names of the factored columns
  std::vector<Eigen::Index> place_;  // of a name in `base_`, or -1
  Matrix factor_;
  std::vector<Eigen::Index> came_;  // places in the support of columns that are not in the base
  std::vector<Eigen::Index> left_;  // places in the base of columns that are not in the support
};

}  // namespace halflife
