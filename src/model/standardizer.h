// What every fold learns about the features from its training rows alone: fill values, means,
// scales, and which features vary.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "data/design.h"
#include "linalg/linalg.h"

namespace halflife {

// Turns a feature's value x into (x - mean) / scale, a missing number being `fill`. All of length
// p, the number of features in the design; values are in the design's units (less the design's
// origin).
struct Standardizer {
  std::vector<int> kept;  // the features that vary in the training rows, ascending
  Vector fill;            // mean of the present training cells
  Vector mean;            // mean over the training rows, after filling
  Vector scale;           // population standard deviation over them, after filling; 1 where it is 0
};

// The range of each feature's present cells over some rows, and the weight of those rows.
struct FeatureRange {
  Vector lowest;
  Vector highest;
  Vector present;

  explicit FeatureRange(Eigen::Index features);
  // Adds rows: their cells of features first, first + 1, ... of which `count` are looked at (a
  // number and the indicator of its missing cells stand side by side), and their weights.
  void Add(const Design& design, Eigen::Index first, Eigen::Index count,
           const Eigen::Ref<const Matrix>& cells, const Eigen::Ref<const Vector>& weights);
  void Add(const FeatureRange& other);
  // The features that vary there by more than rounding, helpers left out.
  std::vector<int> Varying(const Design& design) const;
};

// Learns from `rows` of `design`; `weights` (of all rows of the design) weight every mean.
Standardizer LearnStandardizer(const Design& design, const std::vector<uint32_t>& rows,
                               const Vector& weights, int threads = 1);

// The standardised kept features of `rows`: kept x rows, or rows x kept.
Matrix Standardize(const Design& design, const Standardizer& standardizer,
                   std::span<const uint32_t> rows);
Matrix StandardizeByRow(const Design& design, const Standardizer& standardizer,
                        std::span<const uint32_t> rows);

}  // namespace halflife
