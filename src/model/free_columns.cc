#include "model/free_columns.h"

namespace halflife {

FreeColumns::FreeColumns(const std::vector<bool>& undecayed, const std::vector<int>& kept) {
  for (std::size_t k = 0; k < kept.size(); ++k) {
    const auto feature = static_cast<std::size_t>(kept[k]);
    const bool free = feature < undecayed.size() && undecayed[feature];
    (free ? free_ : held_).push_back(static_cast<Eigen::Index>(k));
  }
}

std::optional<StandardizedGram> FreeColumns::Reduce(
    const StandardizedGram& gram, const std::function<bool(const Spectrum&)>& is_flat) {
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
  others.noalias() -= along * right.transpose();
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
