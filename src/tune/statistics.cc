#include "tune/statistics.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>

#include "base/special.h"

namespace halflife {
namespace {

// Hall's monotone cubic of a t statistic and its inverse; `skew` is the a of SkewedPairedTest.
class HallCubic {
 public:
  explicit HallCubic(double skew) : skew_(skew) {}

  double Of(double t) const {
    return t + skew_ * (2.0 * t * t + 1.0) / 6.0 + skew_ * skew_ * t * t * t / 27.0;
  }
  // Of(t) - a/6 is ((1 + a t/3)^3 - 1)/a.
  double Inverse(double value) const {
    constexpr double kStraight = 1e-6;  // below it the cubic differs from t by less
    if (std::fabs(skew_) < kStraight) return value;
    return 3.0 / skew_ * (std::cbrt(1.0 + skew_ * (value - skew_ / 6.0)) - 1.0);
  }

 private:
  double skew_;
};

// The interval and the p value of a mean with its error, `skew` as HallCubic has it. An error of 0
// has no width. The correction is the first term of a series in a small a: beyond half of what
// moves an end of the interval past the mean it is held there.
PairedTest TestOfZero(const MeanWithError& of, double skew = 0.0) {
  PairedTest test{.mean = of.mean, .low = of.mean, .high = of.mean, .error = of.se, .df = of.df};
  if (of.se > 0.0) {
    const double reach = StudentQuantile(0.975, of.df);
    const HallCubic cubic(std::clamp(skew, -3.0 * reach, 3.0 * reach));  // Of(0) is a/6
    test.low = of.mean - cubic.Inverse(reach) * of.se;
    test.high = of.mean - cubic.Inverse(-reach) * of.se;
    test.minimum_detectable = (reach + StudentQuantile(0.8, of.df)) * of.se;
    test.p_value = StudentTwoSided(cubic.Of(of.mean / of.se), of.df);
  } else {
    test.p_value = of.mean == 0.0 ? 1.0 : 0.0;
  }
  return test;
}

// 1/J + ratio: by it the variance of the differences becomes that of their mean.
double ShareOfVariance(std::size_t count, const FoldDependence& dependence) {
  const std::size_t distinct = dependence.distinct > 0 ? dependence.distinct : count;
  return 1.0 / static_cast<double>(distinct) + dependence.held_to_training;
}

MeanWithError CorrectedMean(std::span<const double> differences, const FoldDependence& dependence) {
  const Estimate plain = MeanAndError(differences);
  const double deviation = plain.se * std::sqrt(static_cast<double>(differences.size()));
  return {plain.mean, deviation * std::sqrt(ShareOfVariance(differences.size(), dependence)),
          static_cast<double>(dependence.folds - 1)};
}

// The third central moment over the cube of the population's standard deviation; 0 where all are
// equal.
double Skewness(std::span<const double> values, double mean) {
  double squares = 0.0;
  double cubes = 0.0;
  for (const double value : values) {
    squares += (value - mean) * (value - mean);
    cubes += (value - mean) * (value - mean) * (value - mean);
  }
  const auto count = static_cast<double>(values.size());
  return squares > 0.0 ? cubes / count / std::pow(squares / count, 1.5) : 0.0;
}

// The squared errors of a mean that come from two sides, each with its count, as one error.
MeanWithError FromBothSides(double mean, std::span<const double> rows,
                            std::span<const double> others) {
  const auto squared = [](std::span<const double> values) {
    return values.size() > 1 ? std::pow(MeanAndError(values).se, 2.0) : 0.0;
  };
  const double by_rows = squared(rows);
  const double by_others = squared(others);
  MeanWithError estimate{.mean = mean, .se = std::sqrt(by_rows + by_others)};
  double spread = 0.0;
  if (by_rows > 0.0) spread += by_rows * by_rows / (static_cast<double>(rows.size()) - 1.0);
  if (by_others > 0.0) spread += by_others * by_others / (static_cast<double>(others.size()) - 1.0);
  estimate.df = spread > 0.0 ? (by_rows + by_others) * (by_rows + by_others) / spread
                             : std::numeric_limits<double>::infinity();
  return estimate;
}

// The means of each of the split's rows over its seeds.
std::vector<double> MeansOverSeeds(const SplitValues& split) {
  std::vector<double> means(split.rows.size(), 0.0);
  for (const std::vector<double>& seed : split.values) {
    for (std::size_t i = 0; i < means.size(); ++i)
      means[i] += seed[i] / static_cast<double>(split.values.size());
  }
  return means;
}

// The means of rows over the splits that judge them.
std::vector<double> MeansOfRows(std::span<const SplitValues> splits) {
  std::map<std::uint32_t, std::vector<double>> of_row;  // a value a split
  for (const SplitValues& split : splits) {
    const std::vector<double> means = MeansOverSeeds(split);
    for (std::size_t i = 0; i < means.size(); ++i) of_row[split.rows[i]].push_back(means[i]);
  }
  std::vector<double> of_rows;
  of_rows.reserve(of_row.size());
  for (const auto& [row, values] : of_row) of_rows.push_back(MeanAndError(values).mean);
  return of_rows;
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

std::vector<double> Differences(std::span<const double> a, std::span<const double> b) {
  std::vector<double> differences(a.size());
  std::transform(a.begin(), a.end(), b.begin(), differences.begin(), std::minus<>());
  return differences;
}

RunValues Differences(const RunValues& a, const RunValues& b) {
  RunValues differences;
  differences.reserve(a.size());
  for (std::size_t run = 0; run < a.size(); ++run)
    differences.push_back(Differences(a[run], b[run]));
  return differences;
}

PairedTest CorrectedPairedTest(std::span<const double> differences,
                               const FoldDependence& dependence) {
  return TestOfZero(CorrectedMean(differences, dependence));
}

PairedTest SkewedPairedTest(std::span<const double> differences, const FoldDependence& dependence) {
  const MeanWithError mean = CorrectedMean(differences, dependence);
  if (!(mean.se > 0.0)) return TestOfZero(mean);
  return TestOfZero(mean, Skewness(differences, mean.mean) *
                              std::sqrt(ShareOfVariance(differences.size(), dependence)));
}

RatioInterval SavedShare(std::span<const double> baseline, std::span<const double> tuned,
                         const FoldDependence& dependence) {
  const double whole = MeanAndError(baseline).mean;
  const double left = MeanAndError(tuned).mean / whole;
  RatioInterval share{1.0 - left, 1.0 - left, 1.0 - left};
  // Whether `ratio` times the baseline differs from the tuned.
  const auto differs = [&](double ratio) {
    std::vector<double> differences(baseline.size());
    for (std::size_t i = 0; i < differences.size(); ++i)
      differences[i] = ratio * baseline[i] - tuned[i];
    constexpr double kLevel = 0.05;
    return SkewedPairedTest(differences, dependence).p_value < kLevel;
  };
  // A ratio between `same` and `other`, which differs, where that begins.
  const auto first = [&](double same, double other) {
    for (int step = 0; step < 100; ++step) {
      const double middle = same + (other - same) / 2.0;
      (differs(middle) ? other : same) = middle;
    }
    return other;
  };
  // Ratios that differ need not be all beyond two ends. Whether there is any gain is asked first,
  // so that the answer is that of the differences themselves.
  const bool gain = differs(1.0);
  share.high = 1.0 - (left > 1.0 && gain ? first(left, 1.0) : first(left, 0.0));
  double far = 1.0;
  constexpr double kEndless = 1e6;
  while ((far <= left || !differs(far)) && far < kEndless) far *= 2.0;
  share.low = far < kEndless ? 1.0 - first(left, far) : -std::numeric_limits<double>::infinity();
  return share;
}

double ChanceWithin(const PairedTest& test, double band) {
  if (!(test.error > 0.0)) return std::fabs(test.mean) <= band ? 1.0 : 0.0;
  // P(T > t).
  const auto above = [&](double t) {
    const double tail = StudentTwoSided(t, test.df) / 2.0;
    return t > 0.0 ? tail : 1.0 - tail;
  };
  return above((-band - test.mean) / test.error) - above((band - test.mean) / test.error);
}

MeanWithError TwoWay(std::span<const std::vector<double>> values) {
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
  return FromBothSides(MeanAndError(of_seeds).mean, of_rows, of_seeds);
}

MeanWithError OverSplits(std::span<const SplitValues> splits) {
  if (splits.size() == 1) return TwoWay(splits.front().values);
  std::vector<double> of_splits;
  for (const SplitValues& split : splits)
    of_splits.push_back(MeanAndError(MeansOverSeeds(split)).mean);
  const std::vector<double> of_rows = MeansOfRows(splits);
  return FromBothSides(MeanAndError(of_rows).mean, of_rows, of_splits);
}

PairedTest SplitsPairedTest(std::span<const SplitValues> differences) {
  const MeanWithError mean = OverSplits(differences);
  if (differences.size() == 1) return TestOfZero(mean);
  const std::vector<double> rows = MeansOfRows(differences);
  return TestOfZero(mean, Skewness(rows, mean.mean) / std::sqrt(static_cast<double>(rows.size())));
}

}  // namespace halflife
