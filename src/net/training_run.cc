#include "net/training_run.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace halflife {

double AngleInDegrees(double length_a, double length_b, double squared_distance) {
  if (!(length_a > 0) || !(length_b > 0)) return 0;
  const double growth = length_b - length_a;
  const double chord = squared_distance - growth * growth;
  const double sine = std::sqrt(std::clamp(chord / (4 * length_a * length_b), 0.0, 1.0));
  return 2 * std::asin(sine) * 180 / std::numbers::pi;
}

bool TrainingRun::Diverges(Divergence::What what, double value) {
  if (std::isfinite(value)) return false;
  diverged_ = {what, std::isnan(value), static_cast<int>(curve_.size()) + 1};
  return true;
}

}  // namespace halflife
