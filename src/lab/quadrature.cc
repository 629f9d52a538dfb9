#include "lab/quadrature.h"

#include <cmath>
#include <numbers>

namespace halflife {
namespace {

constexpr int kNodes = 48;

struct LegendreValue {
  double value;
  double slope;
};

// Legendre's polynomial of degree kNodes by its three-term recurrence; |x| < 1.
LegendreValue LegendreAt(double x) {
  double before = 1.0;
  double value = x;
  for (int k = 2; k <= kNodes; ++k) {
    const double next = ((2.0 * k - 1.0) * x * value - (k - 1.0) * before) / k;
    before = value;
    value = next;
  }
  return {value, kNodes * (x * value - before) / (x * x - 1.0)};
}

Quadrature MakeGaussLegendre() {
  Quadrature rule;
  for (int i = 0; i < kNodes; ++i) {
    // Near enough to the root for Newton's steps, which double the digits: five are plenty.
    double x = -std::cos(std::numbers::pi * (i + 0.75) / (kNodes + 0.5));
    for (int step = 0; step < 5; ++step) {
      const LegendreValue at = LegendreAt(x);
      x -= at.value / at.slope;
    }
    const double slope = LegendreAt(x).slope;
    rule.nodes.push_back(x);
    rule.weights.push_back(2.0 / ((1.0 - x * x) * slope * slope));
  }
  return rule;
}

}  // namespace

const Quadrature& GaussLegendre() {
  static const Quadrature rule = MakeGaussLegendre();
  return rule;
}

}  // namespace halflife
