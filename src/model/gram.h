// Sums of products over rows, from which every fold's standardised matrices follow without a second
// look at the rows: the training part of a fold is the total less the fold.
#pragma once

#include <cstdint>
#include <vector>

#include "base/linalg.h"
#include "data/encoding.h"
#include "model/standardizer.h"

namespace halflife {

// Sums over some rows of (features, target, 1)(features, target, 1)'.
struct RowSums {
  Matrix products;     // (p + 2) x (p + 2), lower triangle
  FeatureRange range;  // of the same rows
  double rows = 0.0;
};

RowSums SumRows(const Design& design, const Vector& target, const std::vector<uint32_t>& rows);

// `all` less `part`; the range is taken over `rest`, the sums whose union is the difference.
RowSums Without(const RowSums& all, const RowSums& part, const std::vector<const RowSums*>& rest);

// The standardizer of the rows behind `sums`, and the mean of the target there.
struct GramStandardizer {
  Standardizer features;
  double target_mean = 0.0;
};
GramStandardizer LearnStandardizer(const Design& design, const RowSums& sums);

// Means over the rows behind `sums` of products of standardised features and centred target, both
// as `standardizer` (learnt on these rows or on others) has them.
struct StandardizedGram {
  Matrix features;               // kept x kept, symmetric
  Vector cross;                  // kept: feature times target
  double target = 0.0;           // target squared
  double target_variance = 0.0;  // about these rows' own mean
};
StandardizedGram Standardize(const Design& design, const RowSums& sums,
                             const GramStandardizer& standardizer);

}  // namespace halflife
