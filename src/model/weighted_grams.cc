#include "model/weighted_grams.h"

#include <algorithm>

namespace halflife {

void WeightedGrams::Add(const Eigen::Ref<const Matrix>& weights,
                        const Eigen::Ref<const Matrix>& cells) {
  if (single_) {
    const Matrix scaled = cells.array().colwise() * weights.row(0).transpose().array().sqrt();
    return AddLowerProducts(scaled, sums_);
  }
  constexpr Eigen::Index kPairsAtATime = 112;
  Matrix products(cells.rows(), std::min(kPairsAtATime, sums_.cols()));
  Eigen::Index first = 0;
  Eigen::Index filled = 0;
  for (Eigen::Index j = 0; j < size_; ++j) {
    for (Eigen::Index k = 0; k <= j; ++k) {
      products.col(filled++) = cells.col(j).cwiseProduct(cells.col(k));
      if (filled < products.cols() && first + filled < sums_.cols()) continue;
      sums_.middleCols(first, filled).noalias() += weights * products.leftCols(filled);
      first += filled;
      filled = 0;
    }
  }
}

Matrix WeightedGrams::Gram(Eigen::Index weighting) const {
  if (single_) return sums_.selfadjointView<Eigen::Lower>();
  Matrix gram(size_, size_);
  Eigen::Index pair = 0;
  for (Eigen::Index j = 0; j < size_; ++j) {
    for (Eigen::Index k = 0; k <= j; ++k, ++pair) gram(j, k) = gram(k, j) = sums_(weighting, pair);
  }
  return gram;
}

Matrix WeightedGrams::Blocks(Eigen::Index outputs, Eigen::Index first, Eigen::Index stride) const {
  Matrix whole(outputs * size_, outputs * size_);
  for (Eigen::Index a = 0; a < outputs; ++a) {
    for (Eigen::Index b = 0; b <= a; ++b, first += stride) {
      const Matrix block = Gram(first);
      whole.block(a * size_, b * size_, size_, size_) = block;
      whole.block(b * size_, a * size_, size_, size_) = block;  // each is itself symmetric
    }
  }
  return whole;
}

}  // namespace halflife
