#include "linalg/order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/random.h"

namespace halflife {
namespace {

std::vector<uint32_t> Expected(const std::vector<double>& values) {
  std::vector<uint32_t> order(values.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return values[a] < values[b]; });
  return order;
}

TEST(Order, IsThatOfAStableSort) {
  Random random(2);
  for (const std::size_t count : {0U, 1U, 2U, 3U, 17U, 300U, 5000U}) {
    std::vector<double> values, tied;
    for (std::size_t i = 0; i < count; ++i) {
      values.push_back(random.Normal() * std::exp2(static_cast<double>(random.Below(2000)) - 1000));
      tied.push_back(static_cast<double>(random.Below(7)) - 3.0);
    }
    EXPECT_EQ(OrderUp(values), Expected(values)) << count;
    EXPECT_EQ(OrderUp(tied), Expected(tied)) << count;
  }
}

TEST(Order, KnowsTheEndsOfTheNumbersAndThatMinusZeroIsZero) {
  using Limits = std::numeric_limits<double>;
  const std::vector<double> values = {0.0,
                                      -0.0,
                                      Limits::infinity(),
                                      -Limits::denorm_min(),
                                      -0.0,
                                      0.0,
                                      -Limits::infinity(),
                                      Limits::denorm_min(),
                                      Limits::max(),
                                      Limits::lowest()};
  EXPECT_EQ(OrderUp(values), Expected(values));
}

}  // namespace
}  // namespace halflife
