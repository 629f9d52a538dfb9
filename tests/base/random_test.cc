#include "base/random.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace halflife {
namespace {

// The known answers published with the generator (kat_vectors of Random123).
TEST(Random, PhiloxGivesThePublishedKnownAnswers) {
  EXPECT_EQ(Philox4x32({0, 0, 0, 0}, {0, 0}),
            (std::array<uint32_t, 4>{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(Philox4x32({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
            (std::array<uint32_t, 4>{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(Philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (std::array<uint32_t, 4>{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Random, ASeedAndStreamGiveTheSameNumbersAndOthersDiffer) {
  EXPECT_EQ(Random(7, 1).Bits(), Random(7, 1).Bits());
  EXPECT_NE(Random(7, 1).Bits(), Random(7, 2).Bits());
  EXPECT_NE(Random(7, 1).Bits(), Random(8, 1).Bits());
}

// The mean of n uniforms has sd 1/sqrt(12 n), that of n normals 1/sqrt(n); six sd are allowed.
TEST(Random, UniformAndNormalHaveTheirMoments) {
  constexpr int kCount = 100000;
  Random random(3);
  double uniform = 0.0;
  double normal = 0.0;
  double square = 0.0;
  for (int i = 0; i < kCount; ++i) {
    const double u = random.Uniform();
    ASSERT_GE(u, 0.0);
    ASSERT_LT(u, 1.0);
    uniform += u / kCount;
    const double z = random.Normal();
    normal += z / kCount;
    square += z * z / kCount;
  }
  EXPECT_NEAR(uniform, 0.5, 6 / std::sqrt(12.0 * kCount));
  EXPECT_NEAR(normal, 0.0, 6 / std::sqrt(1.0 * kCount));
  EXPECT_NEAR(square, 1.0, 6 * std::sqrt(2.0 / kCount));
}

TEST(Random, PermutationHoldsEveryIndexOnce) {
  std::vector<uint32_t> order = Random(11).Permutation(1000);
  EXPECT_FALSE(std::is_sorted(order.begin(), order.end()));
  std::sort(order.begin(), order.end());
  for (uint32_t i = 0; i < 1000; ++i) EXPECT_EQ(order[i], i);
}

}  // namespace
}  // namespace halflife
