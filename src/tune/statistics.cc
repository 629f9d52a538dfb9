#include "tune/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/special.h"

namespace halflife {
namespace {

// The interval and the p value of a mean with its error. An error of 0 has no width.
PairedTest TestOfZero(double mean, double error, double df) {
  PairedTest test{.mean = mean, .low = mean, .high = mean};
  if (error > 0.0) {
    const double reach = StudentQuantile(0.975, df) * error;
    test.low = mean - reach;
    test.high = mean + reach;
    test.minimum_detectable = reach + StudentQuantile(0.8, df) * error;
    test.p_value = StudentTwoSided(mean / error, df);
  } else {
    test.p_value = mean == 0.0 ? 1.0 : 0.0;
  }
  return test;
}

}  // namespace

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
  return TestOfZero(plain.mean, error, count - 1.0);
}

TwoWayEstimate TwoWay(std::span<const std::vector<double>> values) {
  const auto seeds = static_cast<double>(values.size());
  const std::size_t rows = values.front().size();
  std::vector<double> of_seeds;
  std::vector<double> of_rows(rows, 0.0);
  for (const std::vector<double>& seed : values) {
    double mean = 0.0;
    for (std::size_t i = 0; i < rows; ++i) {
      mean += seed[i] / static_cast<double>(rows);
      of_rows[i] += seed[i] / seeds;
    }
    of_seeds.push_back(mean);
  }
  const double by_rows = rows > 1 ? std::pow(MeanAndError(of_rows).se, 2.0) : 0.0;
  const double by_seeds = values.size() > 1 ? std::pow(MeanAndError(of_seeds).se, 2.0) : 0.0;
  TwoWayEstimate estimate{.mean = MeanAndError(of_seeds).mean, .se = std::sqrt(by_rows + by_seeds)};
  double spread = 0.0;
  if (by_rows > 0.0) spread += by_rows * by_rows / (static_cast<double>(rows) - 1.0);
  if (by_seeds > 0.0) spread += by_seeds * by_seeds / (seeds - 1.0);
  estimate.df = spread > 0.0 ? (by_rows + by_seeds) * (by_rows + by_seeds) / spread
                             : std::numeric_limits<double>::infinity();
  return estimate;
}

PairedTest TwoWayPairedTest(std::span<const std::vector<double>> differences) {
  const TwoWayEstimate estimate = TwoWay(differences);
  return TestOfZero(estimate.mean, estimate.se, estimate.df);
}

}  // namespace halflife
