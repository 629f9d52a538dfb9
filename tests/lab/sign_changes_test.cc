// Roots between places.
#include "lab/sign_changes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <vector>

namespace halflife {
namespace {

std::vector<SignChange> ChangesOf(const std::function<double(double)>& f, int places) {
  std::vector<Place> scan;
  for (int i = 0; i <= places; ++i) {
    const double at = static_cast<double>(i) / places;
    scan.push_back({at, f(at)});
  }
  return SignChanges(f, scan);
}

TEST(SignChanges, AreFoundToMachinePrecisionWithTheirDirection) {
  const auto changes = ChangesOf([](double x) { return std::cos(10 * x); }, 10);
  ASSERT_EQ(changes.size(), 3U);
  for (int i = 0; i < 3; ++i) {
    // cos rounds by 2^-53 where its slope is 10, and 10 x by 2^-51.
    EXPECT_NEAR(changes[i].at, (2 * i + 1) * std::acos(0.0) / 10, 1e-15);
    EXPECT_EQ(changes[i].rising, i == 1);
  }
}

// Zeros at 0.53 -+ 0.001, both between the same two of ten places.
TEST(SignChanges, TwoBetweenNeighboursAreFound) {
  for (const double sign : {1.0, -1.0}) {
    const auto changes =
        ChangesOf([&](double x) { return sign * ((x - 0.53) * (x - 0.53) - 1e-6); }, 10);
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_NEAR(changes[0].at, 0.529, 1e-12);
    EXPECT_NEAR(changes[1].at, 0.531, 1e-12);
    EXPECT_EQ(changes[0].rising, sign < 0);
    EXPECT_EQ(changes[1].rising, sign > 0);
  }
}

TEST(SignChanges, ADipThatStaysOnOneSideIsNone) {
  EXPECT_TRUE(ChangesOf([](double x) { return (x - 0.53) * (x - 0.53) + 1e-6; }, 10).empty());
}

TEST(SignChanges, PlacesAtZeroArePassedOver) {
  const auto changes = ChangesOf([](double x) { return x - 0.5; }, 10);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_NEAR(changes[0].at, 0.5, 1e-15);
  EXPECT_TRUE(ChangesOf([](double) { return 0.0; }, 10).empty());
}

}  // namespace
}  // namespace halflife
