#include "model/output_curvature.h"

#include <algorithm>

namespace halflife {

void OutputCurvature::Renew(const LogLossRows& rows, const Vector& errors,
                            const std::vector<Eigen::Index>& members) {
  constexpr double kLeast = 1e-14;  // of a row whose probability is 0 or 1 to rounding
  // The size of an error is p or 1 - p: so p (1 - p) keeps its digits where p is next to 1.
  const auto size = errors.array().abs();
  of_row_ = rows.shares.array() * (size * (1.0 - size)).max(kLeast);
  const Matrix weighted = of_row_.cwiseSqrt().asDiagonal() * rows.free;
  factor_ = Matrix::Zero(rows.free.cols(), rows.free.cols());
  AddOuterProduct(weighted.transpose(), &factor_);
  // Free columns that depend on each other leave a direction flat; a little ridge takes its part.
  const Matrix products = factor_;
  for (double ridge = 4.0 * kEps * products.trace(); !CholeskyInPlace(&factor_); ridge *= 10.0) {
    factor_ = products;
    factor_.diagonal().array() += ridge;
  }
  members_.clear();
  whole_.resize(0, 0);
  mixed_.resize(rows.free.cols(), 0);
  Append(rows, members);
}

bool OutputCurvature::Include(const LogLossRows& rows, const std::vector<Eigen::Index>& members) {
  if (of_row_.size() == 0) return false;
  std::vector<Eigen::Index> old = members_;
  std::sort(old.begin(), old.end());
  std::vector<Eigen::Index> added;
  for (const Eigen::Index j : members) {
    if (!std::binary_search(old.begin(), old.end(), j)) added.push_back(j);
  }
  if (!added.empty()) Append(rows, added);
  return true;
}

void OutputCurvature::Append(const LogLossRows& rows, const std::vector<Eigen::Index>& members) {
  const auto before = static_cast<Eigen::Index>(members_.size());
  const auto added = static_cast<Eigen::Index>(members.size());
  if (added > 0) {
    const Matrix weighted = of_row_.asDiagonal() * rows.columns(Eigen::all, members);
    Matrix whole(before + added, before + added);
    whole.topLeftCorner(before, before) = whole_;
    if (before > 0) {
      whole.topRightCorner(before, added).noalias() =
          rows.columns(Eigen::all, members_).eval().transpose() * weighted;
      whole.bottomLeftCorner(added, before) = whole.topRightCorner(before, added).transpose();
    }
    whole.bottomRightCorner(added, added).noalias() =
        rows.columns(Eigen::all, members).eval().transpose() * weighted;
    whole_ = std::move(whole);
    mixed_.conservativeResize(Eigen::NoChange, before + added);
    mixed_.rightCols(added).noalias() = rows.free.transpose() * weighted;
    members_.insert(members_.end(), members.begin(), members.end());
  }
  gram_ = whole_;
  if (members_.empty()) return;
  const Matrix along = factor_.triangularView<Eigen::Lower>().solve(mixed_);
  gram_.noalias() -= along.transpose() * along;
}

Vector OutputCurvature::Profile(const Vector& slope, const Vector& free) const {
  if (members_.empty()) return slope;
  Vector along = free;
  CholeskySolve(factor_, along);
  return slope - mixed_.transpose() * along;
}

Vector OutputCurvature::FreeStep(const Vector& step, const Vector& free) const {
  Vector along = free;
  if (!members_.empty()) along -= mixed_ * step;
  CholeskySolve(factor_, along);
  return along;
}

double OutputCurvature::Along(const Vector& move) const { return move.cwiseAbs2().dot(of_row_); }

}  // namespace halflife
