#include "model/gram.h"

#include <algorithm>
#include <cmath>

namespace halflife {
namespace {

// An element of a symmetric matrix of which the lower triangle is kept.
double& At(Matrix* lower, Eigen::Index i, Eigen::Index j) {
  return i >= j ? (*lower)(i, j) : (*lower)(j, i);
}
double At(const Matrix& lower, Eigen::Index i, Eigen::Index j) {
  return i >= j ? lower(i, j) : lower(j, i);
}

// Missing numbers stand as 0; this adds fill times the missing indicator to each such feature, on
// both sides of the symmetric sums.
void Fill(const Design& design, const Vector& fill, Matrix* products) {
  for (Eigen::Index f = 0; f < design.size(); ++f) {
    const int indicator = design.indicator[static_cast<std::size_t>(f)];
    if (indicator < 0) continue;
    const double twice =
        2.0 * At(*products, f, indicator) + fill(f) * (*products)(indicator, indicator);
    for (Eigen::Index k = 0; k < products->rows(); ++k) {
      if (k != f) At(products, f, k) += fill(f) * At(*products, indicator, k);
    }
    (*products)(f, f) += fill(f) * twice;
  }
}

// Entry (f, at) of the filled sums.
double FilledWith(const Design& design, const Matrix& products, const Vector& fill, Eigen::Index f,
                  Eigen::Index at) {
  const int indicator = design.indicator[static_cast<std::size_t>(f)];
  return At(products, f, at) + (indicator < 0 ? 0.0 : fill(f) * At(products, indicator, at));
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

GramStandardizer LearnStandardizer(const Design& design, const RowSums& sums) {
  const Eigen::Index p = design.size();
  const Matrix& products = sums.products;
  GramStandardizer learnt;
  learnt.features.kept = sums.range.Varying(design);
  const Vector& present = sums.range.present;
  learnt.features.fill =
      (present.array() > 0.0)
          .select(products.row(p + 1).head(p).transpose().cwiseQuotient(present), 0.0);
  learnt.features.mean.resize(p);
  learnt.features.scale.resize(p);
  const Vector& fill = learnt.features.fill;
  for (Eigen::Index f = 0; f < p; ++f) {
    const int indicator = design.indicator[static_cast<std::size_t>(f)];
    const double mean = FilledWith(design, products, fill, f, p + 1) / sums.weight;
    double squares = FilledWith(design, products, fill, f, f);
    if (indicator >= 0) squares += fill(f) * FilledWith(design, products, fill, f, indicator);
    const double variance = squares / sums.weight - mean * mean;
    learnt.features.mean(f) = mean;
    learnt.features.scale(f) = variance > 0.0 ? std::sqrt(variance) : 1.0;
  }
  learnt.target_mean = products(p + 1, p) / sums.weight;
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
    const std::size_t size = std::min(kChunk, rows.size() - start);
    const Matrix chunk = Standardize(design, standardizer, std::span(rows).subspan(start, size));
    if (!IsFlat(spectrum, chunk)) return false;
  }
  return true;
}

StandardizedGram Standardize(const Design& design, RowSums sums,
                             const GramStandardizer& standardizer) {
  const Eigen::Index p = design.size();
  const Standardizer& learnt = standardizer.features;
  Matrix& products = sums.products;
  Fill(design, learnt.fill, &products);
  const double n = sums.weight;
  const auto kept = static_cast<Eigen::Index>(learnt.kept.size());
  StandardizedGram gram;
  gram.cross.resize(kept);
  gram.target = products(p, p) / n - standardizer.target_mean * standardizer.target_mean;
  for (Eigen::Index k = 0; k < kept; ++k) {
    const int f = learnt.kept[static_cast<std::size_t>(k)];
    gram.cross(k) =
        (products(p, f) / n - learnt.mean(f) * standardizer.target_mean) / learnt.scale(f);
  }
  gram.features.resize(kept, kept);
  for (Eigen::Index j = 0; j < kept; ++j) {
    const int b = learnt.kept[static_cast<std::size_t>(j)];
    for (Eigen::Index i = j; i < kept; ++i) {
      const int a = learnt.kept[static_cast<std::size_t>(i)];
      gram.features(i, j) = (products(a, b) / n - learnt.mean(a) * learnt.mean(b)) /
                            (learnt.scale(a) * learnt.scale(b));
    }
  }
  return gram;
}

}  // namespace halflife
