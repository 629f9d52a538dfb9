// The penalty of a sparse fit, l1 ||w||_1 + l2/2 ||w||^2 (Zou and Hastie 2005, JRSS B 67:301), and
// how far a point is from its minimum.
#pragma once

#include <algorithm>
#include <cmath>

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

// The penalty's part of the duality gap at the dual point of share s: the sum over columns of |w_j|
// (l1 - s |g_j|) where g_j, the slope less l2 w_j, pulls w_j outwards, else of |w_j| (l1 + s
// |g_j|). Every term is at least 0, so the sum keeps its digits near 0.
inline double PenaltyGap(const ElasticNet& penalty, const Vector& weights, const Vector& slopes,
                         double share) {
  double gap = 0.0;
  for (Eigen::Index j = 0; j < weights.size(); ++j) {
    if (weights(j) == 0.0) continue;
    const double outwards =
        std::copysign(slopes(j) - penalty.l2 * weights(j), 1.0) *
        ((slopes(j) - penalty.l2 * weights(j) > 0.0) == (weights(j) > 0.0) ? 1.0 : -1.0);
    gap += std::fabs(weights(j)) * std::max(0.0, penalty.l1 - share * outwards);
  }
  return gap;
}

}  // namespace halflife
