#include "model/gram.h"

#include <algorithm>
#include <cmath>

namespace halflife {
namespace {

// Missing numbers stand as 0; this adds fill times the missing indicator to each such feature, on
// both sides of the symmetric sums.
Matrix Filled(const Design& design, const RowSums& sums, const Vector& fill) {
  Matrix products = sums.products.selfadjointView<Eigen::Lower>();
  for (Eigen::Index f = 0; f < design.size(); ++f) {
    const int indicator = design.indicator[static_cast<std::size_t>(f)];
    if (indicator >= 0) products.row(f) += fill(f) * products.row(indicator);
  }
  for (Eigen::Index f = 0; f < design.size(); ++f) {
    const int indicator = design.indicator[static_cast<std::size_t>(f)];
    if (indicator >= 0) products.col(f) += fill(f) * products.col(indicator);
  }
  return products;
}

}  // namespace

void RowSums::Add(const RowSums& other) {
  products += other.products;
  range.Add(other.range);
  weight += other.weight;
}

RowSums NoRows(Eigen::Index features) {
  return {Matrix::Zero(features + 2, features + 2), FeatureRange(features), 0.0};
}

RowSums SumRows(const Design& design, const Vector& target, const Vector& weights,
                const std::vector<uint32_t>& rows) {
  constexpr Eigen::Index kChunk = 512;  // rows packed side by side for one rank-k update
  const Eigen::Index p = design.size();
  RowSums sums = NoRows(p);
  sums.weight = weights(rows).sum();
  sums.range.Add(design, rows, weights);
  Matrix chunk(p + 2, kChunk);
  const auto count = static_cast<Eigen::Index>(rows.size());
  for (Eigen::Index start = 0; start < count; start += kChunk) {
    const Eigen::Index size = std::min(kChunk, count - start);
    for (Eigen::Index i = 0; i < size; ++i) {
      const uint32_t row = rows[static_cast<std::size_t>(start + i)];
      const double root = std::sqrt(weights(row));
      chunk.col(i).head(p) = root * design.values.col(row);
      chunk(p, i) = root * target(row);
      chunk(p + 1, i) = root;
    }
    AddOuterProduct(chunk.leftCols(size), &sums.products);
  }
  return sums;
}

GramStandardizer LearnStandardizer(const Design& design, const RowSums& sums) {
  const Eigen::Index p = design.size();
  GramStandardizer learnt;
  learnt.features.kept = sums.range.Varying(design);
  const Vector& present = sums.range.present;
  learnt.features.fill =
      (present.array() > 0.0)
          .select(sums.products.row(p + 1).head(p).transpose().cwiseQuotient(present), 0.0);
  const Matrix filled = Filled(design, sums, learnt.features.fill);
  learnt.features.mean = filled.col(p + 1).head(p) / sums.weight;
  learnt.features.scale =
      filled.diagonal().head(p) / sums.weight - learnt.features.mean.cwiseAbs2();
  for (double& scale : learnt.features.scale) scale = scale > 0.0 ? std::sqrt(scale) : 1.0;
  learnt.target_mean = filled(p, p + 1) / sums.weight;
  return learnt;
}

bool KeepsDigits(const RowSums& sums, const GramStandardizer& learnt) {
  constexpr double kShare = 1e-6;  // of the sum of squares that must be left: 16 - 6 digits
  const Eigen::Index p = learnt.features.mean.size();
  for (const int f : learnt.features.kept) {
    const double variance = learnt.features.scale(f) * learnt.features.scale(f);
    if (variance * sums.weight < kShare * sums.products(f, f)) return false;
  }
  const double target = sums.products(p, p) - sums.weight * learnt.target_mean * learnt.target_mean;
  return target >= kShare * sums.products(p, p);
}

bool FlatInRows(const Design& design, const Standardizer& standardizer,
                const std::vector<uint32_t>& rows, const Spectrum& spectrum) {
  constexpr std::size_t kChunk = 4096;
  if (spectrum.flat.cols() == 0) return true;
  for (std::size_t start = 0; start < rows.size(); start += kChunk) {
    const std::size_t end = std::min(rows.size(), start + kChunk);
    const std::vector<uint32_t> chunk(rows.begin() + static_cast<std::ptrdiff_t>(start),
                                      rows.begin() + static_cast<std::ptrdiff_t>(end));
    if (!IsFlat(spectrum, Standardize(design, standardizer, chunk))) return false;
  }
  return true;
}

StandardizedGram Standardize(const Design& design, const RowSums& sums,
                             const GramStandardizer& standardizer) {
  const Eigen::Index p = design.size();
  const Standardizer& learnt = standardizer.features;
  const Matrix filled = Filled(design, sums, learnt.fill);
  const double n = sums.weight;
  // The mean over these rows of (a - mean_a)(b - mean_b).
  const auto centred = [&](Eigen::Index a, Eigen::Index b, double mean_a, double mean_b) {
    return (filled(a, b) - mean_a * filled(b, p + 1) - mean_b * filled(a, p + 1)) / n +
           mean_a * mean_b;
  };
  const auto kept = static_cast<Eigen::Index>(learnt.kept.size());
  StandardizedGram gram{Matrix(kept, kept), Vector(kept), 0.0};
  for (Eigen::Index j = 0; j < kept; ++j) {
    const int b = learnt.kept[static_cast<std::size_t>(j)];
    for (Eigen::Index i = j; i < kept; ++i) {
      const int a = learnt.kept[static_cast<std::size_t>(i)];
      gram.features(i, j) =
          centred(a, b, learnt.mean(a), learnt.mean(b)) / (learnt.scale(a) * learnt.scale(b));
      gram.features(j, i) = gram.features(i, j);
    }
    gram.cross(j) = centred(b, p, learnt.mean(b), standardizer.target_mean) / learnt.scale(b);
  }
  gram.target = centred(p, p, standardizer.target_mean, standardizer.target_mean);
  return gram;
}

}  // namespace halflife
