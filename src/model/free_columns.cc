#include "model/free_columns.h"

namespace halflife {
namespace {

// Of a column that the others explain only rounding is left, a few eps for each of them, of its
// norm or, in products, of that squared; a fit would make a direction of it.
constexpr double kRounding = 10.0 * kEps;

}  // namespace

FreeColumns::FreeColumns(const std::vector<bool>& undecayed, const std::vector<int>& kept) {
  for (std::size_t k = 0; k < kept.size(); ++k) {
    const auto feature = static_cast<std::size_t>(kept[k]);
    const bool free = feature < undecayed.size() && undecayed[feature];
    (free ? free_ : held_).push_back(static_cast<Eigen::Index>(k));
  }
}

Standardizer FreeColumns::OfFree(Standardizer learnt) const {
  std::vector<int> kept;
  for (const Eigen::Index k : free_) kept.push_back(learnt.kept[static_cast<std::size_t>(k)]);
  learnt.kept = std::move(kept);
  return learnt;
}

std::optional<StandardizedGram> FreeColumns::Reduce(
    StandardizedGram gram, const std::function<bool(const Spectrum&)>& is_flat) {
  MirrorLower(&gram.features);
  if (none()) return gram;
  const std::optional<Spectrum> spectrum = SpectrumFromGram(gram.features(free_, free_));
  if (!spectrum || !is_flat(*spectrum)) return std::nullopt;
  rank_ = spectrum->values.size();
  const Matrix whitened =
      spectrum->basis * spectrum->values.cwiseSqrt().cwiseInverse().asDiagonal();
  const Matrix mixed = gram.features(free_, held_);
  const Vector cross = gram.cross(free_);
  const Matrix along = whitened.transpose() * mixed;  // the held columns along the free ones' axes
  const Vector target_along = whitened.transpose() * cross;
  alone_ = whitened * target_along;
  explain_ = whitened * along;
  StandardizedGram reduced;
  reduced.features = gram.features(held_, held_);
  reduced.features.noalias() -= along.transpose() * along;
  reduced.cross = gram.cross(held_) - along.transpose() * target_along;
  reduced.target = gram.target - target_along.squaredNorm();
  const double rounding = kRounding * static_cast<double>(free_.size());
  for (Eigen::Index k = 0; k < reduced.cross.size(); ++k) {
    const Eigen::Index whole = held_[static_cast<std::size_t>(k)];
    if (reduced.features(k, k) > rounding * gram.features(whole, whole)) continue;
    reduced.features.row(k).setZero();
    reduced.features.col(k).setZero();
    reduced.cross(k) = 0.0;
  }
  return reduced;
}

void FreeColumns::Reduce(Matrix* rows, Vector* target) {
  if (none()) return;
  const Matrix own = (*rows)(free_, Eigen::all);
  Matrix others = (*rows)(held_, Eigen::all);
  Matrix right;
  const Spectrum spectrum = SpectrumFromRows(own, &right);
  rank_ = spectrum.values.size();
  const auto n = static_cast<double>(target->size());
  const Matrix back =
      spectrum.basis * (n * spectrum.values).cwiseSqrt().cwiseInverse().asDiagonal();
  const Matrix along = others * right;  // held x rank
  const Vector target_along = right.transpose() * *target;
  alone_ = back * target_along;
  explain_ = back * along.transpose();
  const Vector norms = others.rowwise().norm();
  others.noalias() -= along * right.transpose();
  const double rounding = kRounding * static_cast<double>(free_.size());
  for (Eigen::Index k = 0; k < others.rows(); ++k) {
    if (others.row(k).norm() <= rounding * norms(k)) others.row(k).setZero();
  }
  target->noalias() -= right * target_along;
  *rows = std::move(others);
}

Vector FreeColumns::Whole(const Vector& weights) const {
  if (none()) return weights;
  Vector whole(static_cast<Eigen::Index>(free_.size() + held_.size()));
  whole(held_) = weights;
  whole(free_) = alone_;
  if (!held_.empty()) whole(free_) -= explain_ * weights;
  return whole;
}

}  // namespace halflife
