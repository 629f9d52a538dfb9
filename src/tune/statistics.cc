#include "tune/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/special.h"

namespace halflife {

Estimate MeanAndError(std::span<const double> values) {
  const auto count = static_cast<double>(values.size());
  Estimate estimate;
  const auto [lowest, highest] = std::minmax_element(values.begin(), values.end());
  if (*lowest == *highest) return {*lowest, 0.0};  // exactly, whatever their sum rounds to
  for (const double value : values) estimate.mean += value;
  estimate.mean /= count;
  double squares = 0.0;
  for (const double value : values) squares += (value - estimate.mean) * (value - estimate.mean);
  estimate.se = std::sqrt(squares / (count - 1.0) / count);
  return estimate;
}

Estimate MeanAndErrorOfRounds(std::span<const double> values, int repeats) {
  Estimate all = MeanAndError(values);
  const std::size_t each = values.size() / static_cast<std::size_t>(repeats);
  all.se = 0.0;
  for (int r = 0; r < repeats; ++r) {
    all.se += MeanAndError(values.subspan(static_cast<std::size_t>(r) * each, each)).se / repeats;
  }
  return all;
}

PairedTest CorrectedPairedTest(std::span<const double> differences, double held_to_training) {
  const auto count = static_cast<double>(differences.size());
  const Estimate plain = MeanAndError(differences);
  const double deviation = plain.se * std::sqrt(count);
  const double error = deviation * std::sqrt(1.0 / count + held_to_training);
  const double df = count - 1.0;
  PairedTest test{.mean = plain.mean};
  const double reach = StudentQuantile(0.975, df) * error;
  test.low = test.mean - reach;
  test.high = test.mean + reach;
  test.minimum_detectable = reach + StudentQuantile(0.8, df) * error;
  if (error > 0.0) {
    test.p_value = StudentTwoSided(test.mean / error, df);
  } else {
    test.p_value = test.mean == 0.0 ? 1.0 : 0.0;
  }
  return test;
}

}  // namespace halflife
