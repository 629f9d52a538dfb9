#include "tune/statistics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/special.h"
#include "support/tables.h"

namespace halflife {
namespace {

// SciPy's own numbers; a tail has a relative error of up to df * eps (see special_test.cc), and
// what is below the smallest normal number may round to 0.
TEST(StudentT, EqualsScipy) {
  const auto golden = nlohmann::json::parse(std::ifstream(testing::GoldenPath("student_t")));
  ASSERT_GT(golden["tails"].size(), 60U);
  for (const auto& entry : golden["tails"]) {
    const double wanted = entry["p_two_sided"];
    const double df = entry["df"];
    EXPECT_NEAR(StudentTwoSided(entry["t"], df), wanted, (1e-13 + df * 0x1p-50) * wanted + 1e-300);
  }
  for (const auto& entry : golden["quantiles"]) {
    EXPECT_NEAR(StudentQuantile(entry["q"], entry["df"]), entry["t"].get<double>(),
                1e-10 * entry["t"].get<double>());
  }
}

TEST(Statistics, TheErrorIsTheSampleDeviationOverTheRootOfTheCount) {
  const Estimate estimate = MeanAndError(std::vector<double>{1.0, 2.0, 3.0, 6.0});
  EXPECT_DOUBLE_EQ(estimate.mean, 3.0);
  EXPECT_DOUBLE_EQ(estimate.se, std::sqrt((4.0 + 1.0 + 0.0 + 9.0) / 3.0 / 4.0));
  EXPECT_EQ(MeanAndError(std::vector<double>{5.0}).se, 0.0);
}

// Worked by hand: the sample variance is 0.2 / 4, the correction 1/5 + 1/4.
TEST(Statistics, TheCorrectedTestWidensByTheSharedRows) {
  const std::vector<double> differences = {0.2, 0.4, 0.5, 0.6, 0.8};
  const PairedTest test = CorrectedPairedTest(differences, {5, 0.25});
  const double error = std::sqrt((0.2 + 0.25) * 0.05);
  EXPECT_DOUBLE_EQ(test.mean, 0.5);
  EXPECT_NEAR(test.high - test.mean, 2.7764451051977987 * error, 1e-12);  // t(.975, 4)
  EXPECT_NEAR(test.mean - test.low, 2.7764451051977987 * error, 1e-12);
  EXPECT_NEAR(test.minimum_detectable,
              (StudentQuantile(0.975, 4) + StudentQuantile(0.8, 4)) * error, 1e-12);
  EXPECT_NEAR(test.p_value, StudentTwoSided(0.5 / error, 4), 1e-12);
}

TEST(Statistics, WithoutSpreadTheTestIsCertain) {
  EXPECT_EQ(CorrectedPairedTest(std::vector<double>{0, 0, 0}, {3, 0.5}).p_value, 1.0);
  EXPECT_EQ(CorrectedPairedTest(std::vector<double>{1, 1, 1}, {3, 0.5}).p_value, 0.0);
}

// Two rounds of three folds: the degrees of freedom are those of one round.
TEST(Statistics, FurtherRoundsAddNoDegreesOfFreedom) {
  const std::vector<double> differences = {0.2, 0.4, 0.6, 0.2, 0.4, 0.6};
  const PairedTest test = CorrectedPairedTest(differences, {3, 0.5});
  EXPECT_EQ(test.df, 2.0);
  EXPECT_NEAR(test.error, std::sqrt((1.0 / 6 + 0.5) * 0.16 / 5), 1e-15);
}

// Hall's cubic worked by hand for differences 0 0 0 4: mean 1, sample deviation 2, skewness
// (3 (-1)^3 + 27)/4 / 3^1.5 = 6/3^1.5; ratio 3/4, so the variance of the mean is (1/4 + 3/4) 4 and
// a = 6/3^1.5; t = 1/2.
TEST(Statistics, TheSkewedTestIsHallsCubic) {
  const std::vector<double> differences = {0.0, 0.0, 0.0, 4.0};
  const PairedTest test = SkewedPairedTest(differences, {4, 0.75});
  const double a = 6.0 / std::pow(3.0, 1.5);
  const auto cubic = [&](double t) {
    return t + a * (2.0 * t * t + 1.0) / 6.0 + a * a * t * t * t / 27.0;
  };
  EXPECT_NEAR(test.error, 2.0, 1e-15);
  EXPECT_NEAR(test.p_value, StudentTwoSided(cubic(0.5), 3.0), 1e-14);
  // The ends are where the cubic meets the quantile, which is good to 1e-10 of itself.
  const double reach = StudentQuantile(0.975, 3.0);
  EXPECT_NEAR(cubic((test.mean - test.low) / 2.0), reach, 1e-9);
  EXPECT_NEAR(cubic((test.mean - test.high) / 2.0), -reach, 1e-9);
  EXPECT_GT(test.high - test.mean, test.mean - test.low);
}

// Where one fold holds out nearly all weight the corrected error is huge, and so is a: 0 0 0 0 4
// with a ratio of 1e6. The interval still holds the mean, and does not say that 0 is none.
TEST(Statistics, HallsCorrectionNeverMovesTheIntervalPastTheMean) {
  for (const double ratio : {1.0, 1e3, 1e6}) {
    for (const double sign : {1.0, -1.0}) {
      const std::vector<double> differences = {0.0, 0.0, 0.0, 0.0, 4.0 * sign};
      const PairedTest test = SkewedPairedTest(differences, {5, ratio});
      EXPECT_LT(test.low, test.mean) << ratio;
      EXPECT_GT(test.high, test.mean) << ratio;
      EXPECT_GT(test.p_value, 0.05) << ratio;
    }
  }
}

// Five folds drawn twice alike: what is known is that of five.
TEST(Statistics, FoldsThatAreDrawnAgainCountOnce) {
  const std::vector<double> once = {1.0, 2.0, 0.5, -1.0, 1.5};
  std::vector<double> twice = once;
  twice.insert(twice.end(), once.begin(), once.end());
  const PairedTest one = SkewedPairedTest(once, {5, 0.25});
  const PairedTest two = SkewedPairedTest(twice, {5, 0.25, 5});
  // The sample deviation divides by J - 1, 9 for 4 + 4 + ...
  EXPECT_NEAR(two.error, one.error * std::sqrt(8.0 / 9.0), 1e-15);
  EXPECT_GT(two.error, SkewedPairedTest(twice, {5, 0.25}).error);
}

TEST(Statistics, WithoutSkewnessTheSkewedTestIsTheCorrectedOne) {
  const std::vector<double> differences = {0.1, 0.2, 0.3, 0.4, 0.5};
  const PairedTest plain = CorrectedPairedTest(differences, {5, 0.25});
  const PairedTest skewed = SkewedPairedTest(differences, {5, 0.25});
  EXPECT_NEAR(skewed.low, plain.low, 1e-13);
  EXPECT_NEAR(skewed.high, plain.high, 1e-13);
  EXPECT_NEAR(skewed.p_value, plain.p_value, 1e-13);
}

// The share is left where its differences are as far from 0 as the level allows, and as a share of
// another unit it is the same.
TEST(Statistics, TheSavedShareEndsWhereItsTestDoes) {
  const std::vector<double> baseline = {1.0, 1.2, 0.9, 3.0, 1.1};
  const std::vector<double> tuned = {0.8, 0.7, 0.8, 1.0, 0.9};
  const FoldDependence dependence{5, 0.25};
  const RatioInterval share = SavedShare(baseline, tuned, dependence);
  EXPECT_NEAR(share.mean, 1.0 - 4.2 / 7.2, 1e-15);
  for (const double end : {share.low, share.high}) {
    std::vector<double> differences;
    for (std::size_t i = 0; i < baseline.size(); ++i)
      differences.push_back((1.0 - end) * baseline[i] - tuned[i]);
    EXPECT_NEAR(SkewedPairedTest(differences, dependence).p_value, 0.05, 1e-9);
  }
  EXPECT_LT(share.high, 1.0);
  std::vector<double> scaled_baseline = baseline;
  std::vector<double> scaled_tuned = tuned;
  for (double& loss : scaled_baseline) loss *= 1000.0;
  for (double& loss : scaled_tuned) loss *= 1000.0;
  EXPECT_NEAR(SavedShare(scaled_baseline, scaled_tuned, dependence).low, share.low, 1e-9);
}

TEST(Statistics, ABaselineThatCouldBeNothingLeavesTheShareOpen) {
  const std::vector<double> baseline = {0.0, 0.0, 0.0, 0.0, 5.0};
  const std::vector<double> tuned = {1.0, 1.1, 0.9, 1.0, 1.05};
  EXPECT_EQ(SavedShare(baseline, tuned, {5, 0.25}).low, -INFINITY);
}

// Student's distribution by its density, added up over the band.
TEST(Statistics, TheChanceWithinABandIsTheAreaThere) {
  const PairedTest test{.mean = 0.3, .error = 0.2, .df = 9.0};
  const double band = 0.25;
  double area = 0.0;
  constexpr int kSteps = 100000;
  for (int i = 0; i < kSteps; ++i) {
    const double x = -band + (i + 0.5) * 2.0 * band / kSteps;
    const double t = (x - test.mean) / test.error;
    area += std::pow(1.0 + t * t / 9.0, -5.0) * 2.0 * band / kSteps / test.error;
  }
  // 1 / (sqrt(9 pi)) gamma(5) / gamma(4.5)
  area *= std::tgamma(5.0) / std::tgamma(4.5) / std::sqrt(9.0 * M_PI);
  EXPECT_NEAR(ChanceWithin(test, band), area, 1e-9);  // of the midpoint rule
  EXPECT_EQ(ChanceWithin({.mean = 0.3}, 0.25), 0.0);
  EXPECT_EQ(ChanceWithin({.mean = 0.2}, 0.25), 1.0);
}

// Rows 1 2 3 and 3 6 3: the seeds' means are 2 and 4, so the seeds' part is 2/2 = 1 with 1 degree
// of freedom; the rows' means are 2, 4, 3, their part 1/3 with 2. The sum is 4/3, its degrees of
// freedom (4/3)^2 / (1/1 + (1/9)/2) = 32/19.
TEST(TwoWay, AgreesWithASmallMatrixByHand) {
  const std::vector<std::vector<double>> values = {{1.0, 2.0, 3.0}, {3.0, 6.0, 3.0}};
  const MeanWithError estimate = TwoWay(values);
  EXPECT_DOUBLE_EQ(estimate.mean, 3.0);
  EXPECT_DOUBLE_EQ(estimate.se, std::sqrt(4.0 / 3.0));
  EXPECT_NEAR(estimate.df, 32.0 / 19.0, 1e-14);  // a few roundings
}

TEST(TwoWay, WithOneSeedOnlyRowsCount) {
  const std::vector<std::vector<double>> values = {{1.0, 2.0, 3.0, 6.0}};
  const MeanWithError estimate = TwoWay(values);
  EXPECT_DOUBLE_EQ(estimate.se, MeanAndError(values[0]).se);
  EXPECT_DOUBLE_EQ(estimate.df, 3.0);
}

TEST(TwoWay, WithOneRowOnlySeedsCount) {
  const std::vector<std::vector<double>> values = {{1.0}, {2.0}, {6.0}};
  const std::vector<double> column = {1.0, 2.0, 6.0};
  EXPECT_DOUBLE_EQ(TwoWay(values).se, MeanAndError(column).se);
  EXPECT_DOUBLE_EQ(TwoWay(values).df, 2.0);
}

// Where seed and row add up, d[s][i] = a[s] - b[i], the error is that of Welch's two-sample test
// with Satterthwaite's degrees of freedom. Student's sleep data as published with R: t.test(extra ~
// group) prints t = -1.8608, df = 17.776, p-value = 0.07939, interval -3.3654832 0.2054832; the
// tolerances are half of their last digits.
TEST(SplitsPairedTest, OfOneSplitAgreesWithWelchsTestOfStudentsSleepData) {
  const std::vector<double> a = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
  const std::vector<double> b = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
  std::vector<std::vector<double>> differences;
  for (const double seed : a) {
    differences.emplace_back();
    for (const double row : b) differences.back().push_back(seed - row);
  }
  const MeanWithError estimate = TwoWay(differences);
  EXPECT_NEAR(estimate.mean / estimate.se, -1.8608, 5e-5);
  EXPECT_NEAR(estimate.df, 17.776, 5e-4);
  const std::vector<SplitValues> split = {{{}, differences}};
  const PairedTest test = SplitsPairedTest(split);
  EXPECT_NEAR(test.p_value, 0.07939, 5e-6);
  EXPECT_NEAR(test.low, -3.3654832, 5e-8);
  EXPECT_NEAR(test.high, 0.2054832, 5e-8);
}

TEST(SplitsPairedTest, NoDifferenceAtAllIsNoEffect) {
  const std::vector<SplitValues> none = {{{0, 1}, {{0.0, 0.0}}}, {{2, 3}, {{0.0, 0.0}}}};
  EXPECT_EQ(SplitsPairedTest(none).p_value, 1.0);
  EXPECT_EQ(SplitsPairedTest(none).minimum_detectable, 0.0);
}

// Rows 0 1 with 1 3, and rows 2 3 with 4 8 of one seed and 8 12 of the other, their means 6 10: the
// splits' means are 2 and 8, their part ((3^2 + 3^2) / 1) / 2 = 9 with 1 degree of freedom; the
// rows' are 1 3 6 10 with the mean 5, their part (16 + 4 + 1 + 25) / 3 / 4 = 23/6 with 3.
std::vector<SplitValues> TwoSmallSplits() {
  return {{{0, 1}, {{1.0, 3.0}}}, {{2, 3}, {{4.0, 8.0}, {8.0, 12.0}}}};
}

TEST(OverSplits, AgreesWithTwoSmallSplitsByHand) {
  const MeanWithError estimate = OverSplits(TwoSmallSplits());
  const double sum = 9.0 + 23.0 / 6.0;
  EXPECT_DOUBLE_EQ(estimate.mean, 5.0);
  EXPECT_DOUBLE_EQ(estimate.se, std::sqrt(sum));
  // A few roundings.
  EXPECT_NEAR(estimate.df, sum * sum / (81.0 / 1.0 + 23.0 * 23.0 / 36.0 / 3.0), 1e-13);
}

// The rows' third central moment is (-64 - 8 + 1 + 125)/4, their second 46/4.
TEST(SplitsPairedTest, OfSeveralSplitsHasHallsCubicByRows) {
  const MeanWithError estimate = OverSplits(TwoSmallSplits());
  const PairedTest test = SplitsPairedTest(TwoSmallSplits());
  const double a = 13.5 / std::pow(11.5, 1.5) / std::sqrt(4.0);
  const auto cubic = [&](double t) {
    return t + a * (2.0 * t * t + 1.0) / 6.0 + a * a * t * t * t / 27.0;
  };
  EXPECT_NEAR(test.p_value, StudentTwoSided(cubic(5.0 / estimate.se), estimate.df), 1e-14);
  // The ends are where the cubic meets the quantile, which is good to 1e-10 of itself.
  const double reach = StudentQuantile(0.975, estimate.df);
  EXPECT_NEAR(cubic((5.0 - test.low) / estimate.se), reach, 1e-9 * reach);
  EXPECT_NEAR(cubic((5.0 - test.high) / estimate.se), -reach, 1e-9 * reach);
  EXPECT_GT(test.high - 5.0, 5.0 - test.low);
}

// Row 1 is judged by both splits, as 2 and 6: its mean is 4, and it counts once.
TEST(OverSplits, ARowThatSeveralSplitsJudgeCountsOnce) {
  const std::vector<SplitValues> splits = {{{0, 1}, {{1.0, 2.0}}}, {{1, 2}, {{6.0, 7.0}}}};
  const MeanWithError estimate = OverSplits(splits);
  EXPECT_DOUBLE_EQ(estimate.mean, 4.0);
  // Rows 1 4 7: 18/2/3 = 3; splits 1.5 and 6.5: 12.5/2 = 6.25.
  EXPECT_DOUBLE_EQ(estimate.se, std::sqrt(3.0 + 6.25));
}

}  // namespace
}  // namespace halflife
