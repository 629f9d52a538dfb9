// The penalty of a sparse fit, l1 ||w||_1 + l2/2 ||w||^2 (Zou and Hastie 2005, JRSS B 67:301), and
// how far a point is from its minimum.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "linalg/linalg.h"

namespace halflife {

struct ElasticNet {
  double l1 = 0.0;
  double l2 = 0.0;

  // decay (ratio ||w||_1 + (1 - ratio) / 2 ||w||^2): ratio 1 is the lasso, 0 ridge.
  static ElasticNet At(double decay, double ratio) {
    return {decay * ratio, decay * (1.0 - ratio)};
  }

  double Value(const Vector& weights) const {
    return l1 * weights.lpNorm<1>() + 0.5 * l2 * weights.squaredNorm();
  }
};

// The minimum over x of (x - z)^2 / 2 + l1 |x|: exactly 0 where |z| <= l1.
inline double SoftThreshold(double z, double l1) {
  if (z > l1) return z - l1;
  return z < -l1 ? z + l1 : 0.0;
}

// A dual point is minus the data loss's gradient in the outputs, scaled by the largest share s <= 1
// that makes it feasible: |x_j' of it - l2 w_j| <= l1 for every column j. `slopes` are minus the
// data loss's gradient in the weights; `rounding`, their own, counts as within l1.
inline double DualShare(const ElasticNet& penalty, const Vector& weights, const Vector& slopes,
                        double rounding) {
  const double most = (slopes - penalty.l2 * weights).lpNorm<Eigen::Infinity>();
  const double limit = penalty.l1 + rounding;
  return most > limit ? limit / most : 1.0;
}

// The penalty's part of the duality gap at the dual point of share s: the sum over columns of l1
// |w_j| - s w_j g_j, g_j the slope less l2 w_j. Every term is at least 0, so the sum keeps its
// digits near 0.
inline double PenaltyGap(const ElasticNet& penalty, const Vector& weights, const Vector& slopes,
                         double share) {
  double gap = 0.0;
  for (Eigen::Index j = 0; j < weights.size(); ++j) {
    const double outwards = std::copysign(1.0, weights(j)) * (slopes(j) - penalty.l2 * weights(j));
    gap += std::fabs(weights(j)) * std::max(0.0, penalty.l1 - share * outwards);
  }
  return gap;
}

// With an L2 part minus the data loss's gradient is feasible as it is, and the duality gap there
// the sum over columns of what the penalty and its conjugate at the slope are more than their
// product; infinite without one. The smaller of the two gaps counts.
inline double UnscaledGap(const ElasticNet& penalty, const Vector& weights, const Vector& slopes) {
  if (!(penalty.l2 > 0.0)) return std::numeric_limits<double>::infinity();
  double gap = 0.0;
  for (Eigen::Index j = 0; j < weights.size(); ++j) {
    const double w = weights(j);
    const double least = SoftThreshold(slopes(j), penalty.l1) / penalty.l2;  // where both are equal
    const double pull = std::clamp(slopes(j), -penalty.l1, penalty.l1);
    gap += 0.5 * penalty.l2 * (w - least) * (w - least) +
           std::max(0.0, penalty.l1 * std::fabs(w) - pull * w);
  }
  return gap;
}

}  // namespace halflife
