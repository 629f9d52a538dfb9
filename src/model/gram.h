// Ridge over a Gram matrix: one pass over rows adds up products of features, target and 1; filling
// in missing numbers, centring and standardising are then linear maps of these sums.
#pragma once

#include <cstdint>
#include <vector>

#include "data/design.h"
#include "linalg/linalg.h"
#include "model/spectrum.h"
#include "model/standardizer.h"

namespace halflife {

// Weighted sums over some rows of (features, target, 1)(features, target, 1)'.
struct RowSums {
  Matrix products;      // (p + 2) x (p + 2), lower triangle
  FeatureRange range;   // of the same rows
  double weight = 0.0;  // of all of them

  void Add(const RowSums& other);
};

// Of no row, `features` columns.
RowSums NoRows(Eigen::Index features);

// What the sums are of, a value a row of the design.
struct SummedRows {
  const Design& design;
  const Vector& target;
  const Vector& weights;
};

// The standardizer of the rows behind `sums`, and the mean of the target there.
struct GramStandardizer {
  Standardizer features;
  double target_mean = 0.0;
};
GramStandardizer LearnStandardizer(const Design& design, const RowSums& sums);

// Whether variances and covariances over the rows behind `sums` have at least about 9 correct
// digits: a mean far from 0, as one far-off cell can make it, takes them all.
bool KeepsDigits(const RowSums& sums, const GramStandardizer& learnt);

// IsFlat for `rows` of the design, a chunk at a time.
bool FlatInRows(const Design& design, const Standardizer& standardizer,
                const std::vector<uint32_t>& rows, const Spectrum& spectrum);

// Means over the rows behind the sums that a standardizer was learnt on of products of standardised
// features and centred target.
struct StandardizedGram {
  Matrix features;      // kept x kept, lower triangle
  Vector cross;         // kept: feature times target
  double target = 0.0;  // target squared
};
StandardizedGram Standardize(const Design& design, RowSums sums,
                             const GramStandardizer& standardizer);

}  // namespace halflife
