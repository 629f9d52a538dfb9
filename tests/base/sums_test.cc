#include "base/sums.h"

#include <gtest/gtest.h>

#include <limits>

namespace halflife {
namespace {

TEST(CompensatedSum, KeepsWhatLargerTermsWouldTake) {
  CompensatedSum sum;
  for (const double term : {1.0, 1e100, 1.0, -1e100}) sum.Add(term);
  EXPECT_EQ(sum.Total(), 2.0);
}

TEST(CompensatedSum, OfManyTermsIsRightToTheLastDigits) {
  CompensatedSum sum;
  for (int i = 0; i < 1000000; ++i) sum.Add(0.1);
  // 0.1 in double is 0.1 + 5.55e-18: a million of them are 100000 + 5.55e-12, below half an eps of
  // the sum; a plain sum is off by 1e-6.
  EXPECT_NEAR(sum.Total(), 100000.0, 100000.0 * std::numeric_limits<double>::epsilon());
}

}  // namespace
}  // namespace halflife
