#include "lab/quadrature.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace halflife {
namespace {

TEST(Quadrature, IsExactForPowersUpToTheNinetyFifth) {
  const Quadrature& rule = GaussLegendre();
  ASSERT_EQ(rule.nodes.size(), 48U);
  for (int power = 0; power <= 95; ++power) {
    double sum = 0.0;
    for (std::size_t i = 0; i < 48; ++i) sum += rule.weights[i] * std::pow(rule.nodes[i], power);
    // The weights carry the rounding of a recurrence of 48 terms, each below 2.
    EXPECT_NEAR(sum, power % 2 == 0 ? 2.0 / (power + 1) : 0.0,
                48 * 4 * std::numeric_limits<double>::epsilon())
        << power;
  }
}

TEST(Quadrature, TheNodesAscendAndLieEvenlyAboutZero) {
  const Quadrature& rule = GaussLegendre();
  EXPECT_NEAR(rule.nodes[47], 0.9987710072524261, 1e-15);  // Abramowitz and Stegun, table 25.4
  for (std::size_t i = 0; i < 48; ++i) {
    EXPECT_NEAR(rule.nodes[i], -rule.nodes[47 - i], 1e-15);
    EXPECT_TRUE(i == 0 || rule.nodes[i - 1] < rule.nodes[i]);
    EXPECT_GT(rule.weights[i], 0.0);
  }
}

}  // namespace
}  // namespace halflife
