// Gram matrices of the same rows under many weights at once.
#pragma once

#include "linalg/linalg.h"

namespace halflife {

// Of a symmetric matrix, the entries on the diagonal and below it.
inline Eigen::Index PairCount(Eigen::Index size) { return size * (size + 1) / 2; }

// Sums over rows of weight * cells cells', one a weighting. The products of pairs of columns are
// made once, and one product of matrices weighs them for all; a single weighting, which must not be
// negative, scales the cells by its root instead.
class WeightedGrams {
 public:
  WeightedGrams(Eigen::Index weightings, Eigen::Index size)
      : sums_(weightings > 1 ? Matrix::Zero(weightings, PairCount(size))
                             : Matrix::Zero(size, size)),
        single_(weightings == 1),
        size_(size) {}

  // `weights` are weightings x rows, `cells` rows x size.
  void Add(const Eigen::Ref<const Matrix>& weights, const Eigen::Ref<const Matrix>& cells);
  void Add(const WeightedGrams& other) { sums_ += other.sums_; }

  // Of one weighting: size x size, symmetric.
  Matrix Gram(Eigen::Index weighting) const;
  // The symmetric matrix of outputs x outputs such blocks, those of outputs a >= b being the
  // weightings first, first + stride, ...
  Matrix Blocks(Eigen::Index outputs, Eigen::Index first, Eigen::Index stride) const;

 private:
  Matrix sums_;  // a column a pair j >= k of the cells' columns; of a single one the lower triangle
  bool single_;
  Eigen::Index size_;
};

}  // namespace halflife
