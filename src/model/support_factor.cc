#include "model/support_factor.h"

#include <Eigen/LU>
#include <algorithm>

#include "model/working_set.h"

namespace halflife {

Vector SupportFactor::Solve(const Eigen::Ref<const Matrix>& gram,
                            const std::vector<Eigen::Index>& names,
                            const std::vector<Eigen::Index>& support, double shift,
                            const Vector& right) {
  if (shift == shift_ && FindBorder(names, support))
    return SolveWithBorder(gram, names, support, right);
  if (!Factor(gram, names, support, shift)) return {};
  Vector solution = right;
  CholeskySolve(factor_, solution);
  return solution;
}

bool SupportFactor::Factor(const Eigen::Ref<const Matrix>& gram,
                           const std::vector<Eigen::Index>& names,
                           const std::vector<Eigen::Index>& support, double shift) {
  base_.clear();
  for (const Eigen::Index s : support) base_.push_back(names[static_cast<std::size_t>(s)]);
  const Eigen::Index most = base_.empty() ? 0 : *std::max_element(base_.begin(), base_.end());
  place_.assign(static_cast<std::size_t>(most) + 1, -1);
  for (std::size_t i = 0; i < base_.size(); ++i)
    place_[static_cast<std::size_t>(base_[i])] = static_cast<Eigen::Index>(i);
  factor_ = PickBlock(gram, support);
  factor_.diagonal().array() += shift;
  shift_ = CholeskyInPlace(&factor_) ? shift : -1.0;
  return shift_ >= 0.0;
}

// Sets what came and what left; false where that is too much.
bool SupportFactor::FindBorder(const std::vector<Eigen::Index>& names,
                               const std::vector<Eigen::Index>& support) {
  constexpr std::size_t kShare = 20;  // of the base: a border beyond it costs as much as a factor
  constexpr std::size_t kFew = 4;
  came_.clear();
  left_.clear();
  std::vector<bool> stays(base_.size(), false);
  for (std::size_t i = 0; i < support.size(); ++i) {
    const auto name = static_cast<std::size_t>(names[static_cast<std::size_t>(support[i])]);
    const Eigen::Index at = name < place_.size() ? place_[name] : -1;
    if (at < 0) {
      came_.push_back(static_cast<Eigen::Index>(i));
    } else {
      stays[static_cast<std::size_t>(at)] = true;
    }
  }
  for (std::size_t b = 0; b < base_.size(); ++b) {
    if (!stays[b]) left_.push_back(static_cast<Eigen::Index>(b));
  }
  return came_.size() + left_.size() <= kFew + base_.size() / kShare;
}

Vector SupportFactor::SolveWithBorder(const Eigen::Ref<const Matrix>& gram,
                                      const std::vector<Eigen::Index>& names,
                                      const std::vector<Eigen::Index>& support,
                                      const Vector& right) const {
  const auto size = static_cast<Eigen::Index>(base_.size());
  const auto came = static_cast<Eigen::Index>(came_.size());
  const Eigen::Index border = came + static_cast<Eigen::Index>(left_.size());
  // The right side and the border's columns in the base's order; what left has no right side.
  Matrix sides = Matrix::Zero(size, border + 1);
  std::vector<Eigen::Index> at(support.size(), -1);
  for (std::size_t i = 0; i < support.size(); ++i) {
    const auto name = static_cast<std::size_t>(names[static_cast<std::size_t>(support[i])]);
    if (name < place_.size()) at[i] = place_[name];
  }
  const auto column_of = [&](Eigen::Index i) { return support[static_cast<std::size_t>(i)]; };
  for (std::size_t i = 0; i < support.size(); ++i) {
    if (at[i] < 0) continue;
    sides(at[i], border) = right(static_cast<Eigen::Index>(i));
    for (Eigen::Index c = 0; c < came; ++c)
      sides(at[i], c) = gram(support[i], column_of(came_[static_cast<std::size_t>(c)]));
  }
  for (Eigen::Index l = came; l < border; ++l)
    sides(left_[static_cast<std::size_t>(l - came)], l) = 1.0;
  factor_.triangularView<Eigen::Lower>().solveInPlace(sides);
  Matrix corner = -(sides.leftCols(border).transpose() * sides.leftCols(border));
  Vector rest = -(sides.leftCols(border).transpose() * sides.col(border));
  for (Eigen::Index c = 0; c < came; ++c) {
    const Eigen::Index own = came_[static_cast<std::size_t>(c)];
    rest(c) += right(own);
    for (Eigen::Index d = 0; d < came; ++d)
      corner(d, c) += gram(column_of(came_[static_cast<std::size_t>(d)]), column_of(own));
    corner(c, c) += shift_;
  }
  Vector solution(static_cast<Eigen::Index>(support.size()));
  Vector inner = sides.col(border);
  if (border > 0) {
    const Vector beside = corner.partialPivLu().solve(rest);
    inner -= sides.leftCols(border) * beside;
    for (Eigen::Index c = 0; c < came; ++c)
      solution(came_[static_cast<std::size_t>(c)]) = beside(c);
  }
  factor_.triangularView<Eigen::Lower>().transpose().solveInPlace(inner);
  for (std::size_t i = 0; i < support.size(); ++i) {
    if (at[i] >= 0) solution(static_cast<Eigen::Index>(i)) = inner(at[i]);
  }
  return solution;
}

}  // namespace halflife
