#include "tune/grid.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "model/spectrum.h"

namespace halflife {
namespace {

const Vector kCurvature = (Vector(5) << 3.0, 1.0, 0.5, 0.1, 1e-4).finished();

TEST(Grid, SpansTheDegreesOfFreedomFromNearlyAllToNearlyNone) {
  const std::vector<double> grid = AutomaticGrid(kCurvature, true);
  ASSERT_EQ(grid.size(), 61U);
  EXPECT_EQ(grid[0], 0.0);
  // Rounding to 3 digits moves a decay by at most half a percent, and the dof by less.
  EXPECT_NEAR(EffectiveDof(kCurvature, grid[1]), 0.99 * 5, 0.005 * 5);
  EXPECT_NEAR(EffectiveDof(kCurvature, grid.back()), 0.05 * 5, 0.005 * 5);
  EXPECT_TRUE(std::is_sorted(grid.begin(), grid.end()));
}

TEST(Grid, IsEvenlySpacedInItsLogarithmAndPrintsAsItIs) {
  const std::vector<double> grid = AutomaticGrid(kCurvature, false);
  ASSERT_EQ(grid.size(), 60U);
  const double step = std::log(grid.back() / grid.front()) / 59;
  for (std::size_t i = 1; i < grid.size(); ++i) {
    EXPECT_NEAR(std::log(grid[i] / grid[i - 1]), step, 0.011);  // two roundings of at most 0.5 %
    EXPECT_EQ(RoundSignificant(grid[i], 3), grid[i]);
  }
}

TEST(Grid, ExtendsAtItsOwnSpacing) {
  const std::vector<double> grid = AutomaticGrid(kCurvature, true);
  const std::vector<double> below = ExtendBelow(grid);
  const std::vector<double> above = ExtendAbove(grid);
  EXPECT_EQ(below.size(), 20U);
  EXPECT_EQ(above.size(), 20U);
  EXPECT_LT(below.back(), grid[1]);
  EXPECT_GT(below.front(), 0.0);
  EXPECT_GT(above.front(), grid.back());
  EXPECT_TRUE(std::is_sorted(below.begin(), below.end()));
  EXPECT_NEAR(std::log(grid[1] / below.back()), std::log(grid[2] / grid[1]), 0.03);
}

TEST(Grid, GoesNoLowerThanDoublePrecisionCanFollow) {
  const Vector steep = (Vector(3) << 2.0, 1e-20, 1e-25).finished();
  EXPECT_EQ(SmallestDecay(steep), 2e-14);
  const std::vector<double> grid = AutomaticGrid(steep, true);
  EXPECT_NEAR(grid[1], 2e-14, 0.005 * 2e-14);  // 3 digits
  const std::vector<double> below = ExtendBelow({1e-12, 1e-11}, 20, 1e-14);
  ASSERT_EQ(below.size(), 2U);
  EXPECT_EQ(below[0], 1e-14);
  EXPECT_TRUE(ExtendBelow(grid, 20, SmallestDecay(steep)).empty());
}

TEST(SparseGrid, BeginsWhereAllWeightsAreZeroAndGoesDownByFourPowersOfTen) {
  const std::vector<double> grid = SparseGrid(0.123456, false);
  ASSERT_EQ(grid.size(), 61U);
  EXPECT_EQ(grid[0], 0.0);
  EXPECT_EQ(grid.back(), 0.124);  // rounded up to 3 digits
  EXPECT_NEAR(grid[1], 0.124e-4, 0.005 * 0.124e-4);
  EXPECT_NEAR(SparseGrid(0.123456, true)[1], 0.124e-2, 0.005 * 0.124e-2);
  EXPECT_TRUE(std::is_sorted(grid.begin(), grid.end()));
  EXPECT_EQ(SparseGrid(0.125, false).back(), 0.125);
  EXPECT_EQ(SparseGrid(0.0, false), std::vector<double>{0.0});
  EXPECT_EQ(SmallestSparseDecay(2.0), 2e-8);
}

}  // namespace
}  // namespace halflife
