#include "model/standardizer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace halflife {
namespace {

bool Present(const Design& design, Eigen::Index feature, uint32_t row) {
  const int indicator = design.indicator[static_cast<std::size_t>(feature)];
  return indicator < 0 || design.values(indicator, row) == 0.0;
}

}  // namespace

FeatureRange::FeatureRange(Eigen::Index features)
    : lowest(Vector::Constant(features, std::numeric_limits<double>::infinity())),
      highest(Vector::Constant(features, -std::numeric_limits<double>::infinity())),
      present(Vector::Zero(features)) {}

void FeatureRange::Add(const Design& design, const std::vector<uint32_t>& rows,
                       const Vector& weights) {
  for (const uint32_t row : rows) {
    for (Eigen::Index f = 0; f < design.size(); ++f) {
      if (!Present(design, f, row)) continue;
      const double value = design.values(f, row);
      lowest(f) = std::min(lowest(f), value);
      highest(f) = std::max(highest(f), value);
      present(f) += weights(row);
    }
  }
}

void FeatureRange::Add(const FeatureRange& other) {
  lowest = lowest.cwiseMin(other.lowest);
  highest = highest.cwiseMax(other.highest);
  present += other.present;
}

std::vector<int> FeatureRange::Varying(const Design& design) const {
  std::vector<int> kept;
  for (Eigen::Index f = 0; f < design.size(); ++f) {
    const auto at = static_cast<std::size_t>(f);
    if (VariesBeyondRounding(lowest(f), highest(f), design.origin[at]) && !design.helper[at])
      kept.push_back(static_cast<int>(f));
  }
  return kept;
}

Standardizer LearnStandardizer(const Design& design, const std::vector<uint32_t>& rows,
                               const Vector& weights) {
  FeatureRange range(design.size());
  range.Add(design, rows, weights);
  const double total = weights(rows).sum();
  Standardizer learnt{range.Varying(design), Vector::Zero(design.size()),
                      Vector::Zero(design.size()), Vector::Zero(design.size())};
  for (const uint32_t row : rows) learnt.fill += weights(row) * design.values.col(row);
  learnt.fill = (range.present.array() > 0.0).select(learnt.fill.cwiseQuotient(range.present), 0.0);
  const auto filled = [&](Eigen::Index f, uint32_t row) {
    return Present(design, f, row) ? design.values(f, row) : learnt.fill(f);
  };
  for (const uint32_t row : rows) {
    for (Eigen::Index f = 0; f < design.size(); ++f) {
      learnt.mean(f) += weights(row) * filled(f, row) / total;
    }
  }
  for (const uint32_t row : rows) {
    for (Eigen::Index f = 0; f < design.size(); ++f) {
      const double off = filled(f, row) - learnt.mean(f);
      learnt.scale(f) += weights(row) * off * off / total;
    }
  }
  for (double& scale : learnt.scale) scale = scale > 0.0 ? std::sqrt(scale) : 1.0;
  return learnt;
}

bool AnythingVaries(const Design& design) {
  std::vector<uint32_t> rows(static_cast<std::size_t>(design.rows()));
  std::iota(rows.begin(), rows.end(), 0U);
  FeatureRange range(design.size());
  range.Add(design, rows, Vector::Ones(design.rows()));
  return !range.Varying(design).empty();
}

Matrix Standardize(const Design& design, const Standardizer& standardizer,
                   const std::vector<uint32_t>& rows) {
  Matrix values(static_cast<Eigen::Index>(standardizer.kept.size()),
                static_cast<Eigen::Index>(rows.size()));
  for (Eigen::Index column = 0; column < values.cols(); ++column) {
    const uint32_t row = rows[static_cast<std::size_t>(column)];
    for (Eigen::Index k = 0; k < values.rows(); ++k) {
      const int f = standardizer.kept[static_cast<std::size_t>(k)];
      const double raw = Present(design, f, row) ? design.values(f, row) : standardizer.fill(f);
      values(k, column) = (raw - standardizer.mean(f)) / standardizer.scale(f);
    }
  }
  return values;
}

}  // namespace halflife
