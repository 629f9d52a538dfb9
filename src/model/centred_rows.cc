#include "model/centred_rows.h"

#include <algorithm>

#include "model/spectrum.h"

namespace halflife {

bool ExplainsFree(const Dataset& data) {
  constexpr std::ptrdiff_t kMostFree = 64;
  constexpr std::ptrdiff_t kMostCells = 1 << 24;  // 128 MB
  const auto free = std::count(data.undecayed.begin(), data.undecayed.end(), true);
  return free <= kMostFree && free * static_cast<std::ptrdiff_t>(data.target.rows()) <= kMostCells;
}

CentredRows::CentredRows(const CodedRows& rows, const Vector& weights,
                         std::span<const Eigen::Index> free)
    : rows_(rows),
      roots_(weights.cwiseSqrt()),
      unit_(roots_.normalized()),
      free_(free.begin(), free.end()) {
  if (free_.empty()) return;
  Matrix own(static_cast<Eigen::Index>(free_.size()), rows.size());
  for (std::size_t f = 0; f < free_.size(); ++f) {
    Vector one = Vector::Zero(rows.features());
    one(free_[f]) = 1.0;
    own.row(static_cast<Eigen::Index>(f)) = Times(one).transpose();
  }
  const Spectrum spectrum = SpectrumFromRows(own, &explained_);
  const auto count = static_cast<double>(rows.size());
  back_ = spectrum.basis * (count * spectrum.values).cwiseSqrt().cwiseInverse().asDiagonal();
}

Vector CentredRows::Weighted(const Vector& features) const {
  return rows_.Times(features).row(0).transpose().cwiseProduct(roots_);
}

Vector CentredRows::WithoutMean(Vector values) const {
  values -= unit_ * unit_.dot(values);
  if (explained_.cols() > 0) values -= explained_ * (explained_.transpose() * values).eval();
  return values;
}

Vector CentredRows::Times(const Vector& features) const { return WithoutMean(Weighted(features)); }

Vector CentredRows::Against(const Vector& values) const {
  const Vector own = WithoutMean(values).cwiseProduct(roots_);
  Vector products = rows_.Against(own.transpose()).topRows(rows_.features());
  WithoutFree(products);
  return products;
}

void CentredRows::WithoutFree(Eigen::Ref<Vector> features) const {
  for (const Eigen::Index free : free_) features(free) = 0.0;
}

void CentredRows::FitFree(const Vector& b, Eigen::Ref<Vector> features) const {
  if (free_.empty()) return;
  WithoutFree(features);
  const Vector left = b - Weighted(features);
  features(free_) = back_ * (explained_.transpose() * left);
}

void KrylovBasis::Add(const Vector& column) {
  if (count_ == columns_.cols()) columns_.conservativeResize(Eigen::NoChange, 2 * count_);
  columns_.col(count_++) = column;
}

// Twice is enough (Giraud, Langou, Rozloznik 2005, Comput. Math. Appl. 50:1069).
void KrylovBasis::Orthogonalise(Vector* vector) const {
  for (int round = 0; round < 2; ++round)
    *vector -= Columns() * (Columns().transpose() * *vector).eval();
}

}  // namespace halflife
