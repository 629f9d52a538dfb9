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
  const PairedTest test = CorrectedPairedTest(differences, 0.25);
  const double error = std::sqrt((0.2 + 0.25) * 0.05);
  EXPECT_DOUBLE_EQ(test.mean, 0.5);
  EXPECT_NEAR(test.high - test.mean, 2.7764451051977987 * error, 1e-12);  // t(.975, 4)
  EXPECT_NEAR(test.mean - test.low, 2.7764451051977987 * error, 1e-12);
  EXPECT_NEAR(test.minimum_detectable,
              (StudentQuantile(0.975, 4) + StudentQuantile(0.8, 4)) * error, 1e-12);
  EXPECT_NEAR(test.p_value, StudentTwoSided(0.5 / error, 4), 1e-12);
}

TEST(Statistics, WithoutSpreadTheTestIsCertain) {
  EXPECT_EQ(CorrectedPairedTest(std::vector<double>{0, 0, 0}, 0.5).p_value, 1.0);
  EXPECT_EQ(CorrectedPairedTest(std::vector<double>{1, 1, 1}, 0.5).p_value, 0.0);
}

// Rows 1 2 3 and 3 6 3: the seeds' means are 2 and 4, so the seeds' part is 2/2 = 1 with 1 degree
// of freedom; the rows' means are 2, 4, 3, their part 1/3 with 2. The sum is 4/3, its degrees of
// freedom (4/3)^2 / (1/1 + (1/9)/2) = 32/19.
TEST(TwoWay, AgreesWithASmallMatrixByHand) {
  const std::vector<std::vector<double>> values = {{1.0, 2.0, 3.0}, {3.0, 6.0, 3.0}};
  const TwoWayEstimate estimate = TwoWay(values);
  EXPECT_DOUBLE_EQ(estimate.mean, 3.0);
  EXPECT_DOUBLE_EQ(estimate.se, std::sqrt(4.0 / 3.0));
  EXPECT_NEAR(estimate.df, 32.0 / 19.0, 1e-14);  // a few roundings
}

TEST(TwoWay, WithOneSeedOnlyRowsCount) {
  const std::vector<std::vector<double>> values = {{1.0, 2.0, 3.0, 6.0}};
  const TwoWayEstimate estimate = TwoWay(values);
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
TEST(TwoWayPairedTest, AgreesWithWelchsTestOfStudentsSleepData) {
  const std::vector<double> a = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
  const std::vector<double> b = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
  std::vector<std::vector<double>> differences;
  for (const double seed : a) {
    differences.emplace_back();
    for (const double row : b) differences.back().push_back(seed - row);
  }
  const TwoWayEstimate estimate = TwoWay(differences);
  EXPECT_NEAR(estimate.mean / estimate.se, -1.8608, 5e-5);
  EXPECT_NEAR(estimate.df, 17.776, 5e-4);
  const PairedTest test = TwoWayPairedTest(differences);
  EXPECT_NEAR(test.p_value, 0.07939, 5e-6);
  EXPECT_NEAR(test.low, -3.3654832, 5e-8);
  EXPECT_NEAR(test.high, 0.2054832, 5e-8);
}

TEST(TwoWayPairedTest, NoDifferenceAtAllIsNoEffect) {
  const std::vector<std::vector<double>> none = {{0.0, 0.0}, {0.0, 0.0}};
  EXPECT_EQ(TwoWayPairedTest(none).p_value, 1.0);
  EXPECT_EQ(TwoWayPairedTest(none).minimum_detectable, 0.0);
}

}  // namespace
}  // namespace halflife
