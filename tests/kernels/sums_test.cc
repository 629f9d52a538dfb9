#include "kernels/sums.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "base/random.h"
#include "kernels/rule.h"

namespace halflife {
namespace {

TEST(Sums, AreTheSameBitsOnEveryTarget) {
  Random random(1);
  for (std::size_t count = 0; count < 100; ++count) {
    std::vector<float> a(count + 1);
    for (float& x : a) x = static_cast<float>(random.Normal());
    for (const std::string_view target : KernelTargets()) {
      SetKernelTarget(target);
      EXPECT_EQ(SumOfSquares(a.data() + 1, count), SumOfSquaresScalar(a.data() + 1, count))
          << target << " " << count;
    }
    SetKernelTarget("");
  }
}

TEST(Sums, AreFiniteExactlyWhenAllElementsAre) {
  std::vector<float> a(50, std::numeric_limits<float>::max());
  EXPECT_TRUE(std::isfinite(SumOfSquares(a.data(), a.size())));
  a[49] = std::nanf("");
  EXPECT_FALSE(std::isfinite(SumOfSquares(a.data(), a.size())));
  a[49] = 0;
  a[3] = -std::numeric_limits<float>::infinity();
  EXPECT_FALSE(std::isfinite(SumOfSquares(a.data(), a.size())));
}

TEST(Sums, DistancesFromACentreAreThoseOfTheDifference) {
  const std::vector<float> a = {1, 2, 3}, c = {0.5F, 2, 5};
  EXPECT_EQ(SumOfSquaredDistances(a.data(), c.data(), 3), 4.25);
  EXPECT_EQ(SumOfSquaredDistances(a.data(), nullptr, 3), 14);
}

TEST(Kernels, RunOnMoreThanOneTargetHere) { EXPECT_GE(KernelTargets().size(), 2U); }

}  // namespace
}  // namespace halflife
