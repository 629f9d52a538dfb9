#include "model/support_factor.h"

#include <algorithm>
#include <cmath>

#include "model/working_set.h"

namespace halflife {

Vector SupportFactor::Solve(const Eigen::Ref<const Matrix>& gram,
                            const std::vector<Eigen::Index>& names,
                            const std::vector<Eigen::Index>& support, double shift,
                            const Vector& right) {
  constexpr double kNear = 2.0;         // the condition that the factor leaves of G + shift I
  constexpr Eigen::Index kLarge = 400;  // columns, of fewer a new factor is cheaper
  const bool near =
      size() >= kLarge ? shift <= kNear * shift_ && shift_ <= kNear * shift : shift == shift_;
  if (near && Follow(gram, names, support)) {
    if (shift == shift_) return SolveHeld(right);
    std::optional<Vector> solution = ByConjugateGradients(gram, support, shift, right);
    if (solution) return std::move(*solution);
  }
  base_.clear();
  place_.clear();
  shift_ = shift;
  if (Follow(gram, names, support)) return SolveHeld(right);
  shift_ = -1.0;
  return {};
}

// Brings the factor to `support`; false where a new one is cheaper, or there is none.
bool SupportFactor::Follow(const Eigen::Ref<const Matrix>& gram, const Places& names,
                           const Places& support) {
  constexpr std::size_t kShare = 20;  // of the factor: to hold more costs as much as a new one
  constexpr std::size_t kFew = 4;
  const Eigen::Index most = names.empty() ? -1 : *std::max_element(names.begin(), names.end());
  if (static_cast<Eigen::Index>(place_.size()) <= most)
    place_.resize(static_cast<std::size_t>(most) + 1, -1);
  Places where(place_.size(), -1);
  for (std::size_t i = 0; i < names.size(); ++i)
    where[static_cast<std::size_t>(names[i])] = static_cast<Eigen::Index>(i);
  Places columns;  // of the factor
  for (const Eigen::Index name : base_) {
    columns.push_back(where[static_cast<std::size_t>(name)]);
    if (columns.back() < 0) return false;
  }
  Places added;
  for (const Eigen::Index s : support) {
    if (place_[static_cast<std::size_t>(names[static_cast<std::size_t>(s)])] < 0)
      added.push_back(s);
  }
  const std::size_t left = base_.size() + added.size() - support.size();
  if (left > kFew + base_.size() / kShare) return false;
  if (!added.empty() && !Append(gram, columns, added)) return false;
  for (const Eigen::Index s : added) {
    const Eigen::Index name = names[static_cast<std::size_t>(s)];
    place_[static_cast<std::size_t>(name)] = size();
    base_.push_back(name);
  }
  at_.clear();
  for (const Eigen::Index s : support)
    at_.push_back(place_[static_cast<std::size_t>(names[static_cast<std::size_t>(s)])]);
  return HoldWhatLeft();
}

// Appends the columns `added` of the products to the factor, which has `columns`.
bool SupportFactor::Append(const Eigen::Ref<const Matrix>& gram, const Places& columns,
                           const Places& added) {
  const Eigen::Index before = size();
  const auto count = static_cast<Eigen::Index>(added.size());
  Matrix corner = PickBlock(gram, added);
  corner.diagonal().array() += shift_;
  if (before == 0) {
    factor_ = std::move(corner);
    return CholeskyInPlace(&factor_);
  }
  Matrix beside = gram(columns, added);
  factor().triangularView<Eigen::Lower>().solveInPlace(beside);
  corner.noalias() -= beside.transpose() * beside;
  if (!CholeskyInPlace(&corner)) return false;
  MakeRoom(before + count, gram.rows());
  factor_.block(before, 0, count, before) = beside.transpose();
  factor_.block(before, before, count, count) = corner;
  return true;
}

// For so many `columns`, of which there are never more than `most`.
void SupportFactor::MakeRoom(Eigen::Index columns, Eigen::Index most) {
  if (columns <= factor_.rows()) return;
  const Eigen::Index room = std::max(columns, std::min(most, 2 * factor_.rows()));
  Matrix larger(room, room);
  larger.topLeftCorner(size(), size()) = factor();
  factor_ = std::move(larger);
}

// Holds the columns of the factor that are not of the last support.
bool SupportFactor::HoldWhatLeft() {
  std::vector<bool> stays(base_.size(), false);
  for (const Eigen::Index at : at_) stays[static_cast<std::size_t>(at)] = true;
  Places left;
  for (Eigen::Index b = 0; b < size(); ++b) {
    if (!stays[static_cast<std::size_t>(b)]) left.push_back(b);
  }
  const bool same = left == left_ && held_.rows() == size();
  left_ = std::move(left);
  if (left_.empty() || same) return true;
  held_.setZero(size(), static_cast<Eigen::Index>(left_.size()));
  for (Eigen::Index l = 0; l < held_.cols(); ++l)
    held_(left_[static_cast<std::size_t>(l)], l) = 1.0;
  factor().triangularView<Eigen::Lower>().solveInPlace(held_);
  held_factor_ = held_.transpose() * held_;
  return CholeskyInPlace(&held_factor_);
}

// The solution over the last support with the factor's own shift.
Vector SupportFactor::SolveHeld(const Vector& right) const {
  Vector solution = Vector::Zero(size());
  solution(at_) = right;
  if (left_.empty()) {
    CholeskySolve(factor(), solution);
  } else {
    factor().triangularView<Eigen::Lower>().solveInPlace(solution);
    Vector multipliers = held_.transpose() * solution;
    CholeskySolve(held_factor_, multipliers);
    solution.noalias() -= held_ * multipliers;
    factor().transpose().triangularView<Eigen::Upper>().solveInPlace(solution);
  }
  return solution(at_);
}

// None where they end too slowly: the products are singular but for the shift, to rounding.
std::optional<Vector> SupportFactor::ByConjugateGradients(const Eigen::Ref<const Matrix>& gram,
                                                          const Places& support, double shift,
                                                          const Vector& right) const {
  constexpr int kMostSteps = 8;  // more cost as much as a factor
  constexpr double kEnough = 1e-10;
  Vector solution = Vector::Zero(right.size());
  Vector residual = right;
  Vector solved = SolveHeld(residual);
  Vector direction = solved;
  double energy = residual.dot(solved);
  const double enough = kEnough * energy;
  Vector whole = Vector::Zero(gram.rows());
  if (energy == 0.0) return solution;
  for (int step = 0; step < kMostSteps && energy > 0.0; ++step) {
    whole(support) = direction;
    const Vector times = gram.selfadjointView<Eigen::Lower>() * whole;
    const Vector product = times(support) + shift * direction;
    const double length = energy / direction.dot(product);
    solution += length * direction;
    residual -= length * product;
    solved = SolveHeld(residual);
    const double next = residual.dot(solved);
    if (std::fabs(next) <= enough) return solution;
    direction = solved + (next / energy) * direction;
    energy = next;
  }
  return std::nullopt;
}

}  // namespace halflife
