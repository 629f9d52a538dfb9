#include "base/special.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace halflife {
namespace {

// With 1 degree of freedom T is Cauchy, with 2 it has a closed form: both check the continued
// fraction on each side of its switch. 1e-13 is 500 roundings, more than the at most 60 terms taken
// here.
TEST(StudentT, EqualsItsClosedFormsForOneAndTwoDegreesOfFreedom) {
  for (const double t : {0.01, 0.5, 1.0, 3.0, 40.0}) {
    const double cauchy = 1.0 - 2.0 * std::atan(t) / std::numbers::pi;
    EXPECT_NEAR(StudentTwoSided(t, 1), cauchy, 1e-13);
    EXPECT_NEAR(StudentTwoSided(-t, 1), cauchy, 1e-13);
    EXPECT_NEAR(StudentTwoSided(t, 2), 1.0 - t / std::sqrt(2.0 + t * t), 1e-13);
  }
  EXPECT_EQ(StudentTwoSided(0.0, 5), 1.0);
  EXPECT_EQ(StudentTwoSided(INFINITY, 5), 0.0);
}

// x = df / (df + t^2) is rounded, and the tail holds x^(df/2): a relative error of up to df * eps.
TEST(StudentT, TheQuantileInvertsTheTail) {
  for (const double df : {1.0, 4.0, 9.0, 29.0, 1e4}) {
    for (const double q : {0.8, 0.95, 0.975, 0.995}) {
      EXPECT_NEAR(StudentTwoSided(StudentQuantile(q, df), df), 2.0 * (1.0 - q),
                  1e-13 + df * 0x1p-52);
      EXPECT_EQ(StudentQuantile(1.0 - q, df), -StudentQuantile(1.0 - (1.0 - q), df));
    }
  }
}

}  // namespace
}  // namespace halflife
