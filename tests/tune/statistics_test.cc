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

}  // namespace
}  // namespace halflife
