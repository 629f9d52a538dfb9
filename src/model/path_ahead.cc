#include "model/path_ahead.h"

#include <algorithm>
#include <cmath>

namespace halflife {

Matrix PathAhead::Expected(double decay) const {
  constexpr double kFurthest = 2.0;
  const Passed& last = fits_.front();
  if (decay <= 0.0 || fits_.size() < 2) return last.parameters;
  const double step = std::log(fits_[1].decay / last.decay);
  const double ahead = std::min(std::log(last.decay / decay), kFurthest * step);
  const Matrix slope = (last.parameters - fits_[1].parameters) / step;
  if (fits_.size() < 3) return last.parameters + ahead * slope;
  // Newton's form of the parabola through three points.
  const double before = std::log(fits_[2].decay / fits_[1].decay);
  const Matrix bend =
      (slope - (fits_[1].parameters - fits_[2].parameters) / before) / (step + before);
  return last.parameters + ahead * slope + ahead * (ahead + step) * bend;
}

void PathAhead::Add(double decay, const Matrix& parameters) {
  constexpr std::size_t kMost = 3;
  if (decay <= 0.0) return;
  fits_.insert(fits_.begin(), {decay, parameters});
  if (fits_.size() > kMost) fits_.pop_back();
}

}  // namespace halflife
