#include "report/axis.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace halflife {
namespace {

using Labels = std::vector<std::string>;

Labels LabelsOf(const std::vector<Tick>& ticks) {
  Labels labels;
  for (const Tick& tick : ticks) {
    if (!tick.label.empty()) labels.push_back(tick.label);
  }
  return labels;
}

TEST(RangeOf, IsWidenedByATenthWhereItIsEmpty) {
  const double same[] = {20.0, 20.0};
  EXPECT_DOUBLE_EQ(RangeOf(same).low, 18.0);
  EXPECT_DOUBLE_EQ(RangeOf(same).high, 22.0);
  const double zero[] = {0.0};
  EXPECT_EQ(RangeOf(zero).low, -1.0);
  EXPECT_EQ(RangeOf(zero).high, 1.0);
}

TEST(LinearScale, GrowsToWholeTicksOfOneTwoOrFive) {
  const LinearScale scale({0.0052, 0.0231}, {300.0, 0.0}, 5);
  EXPECT_EQ(LabelsOf(scale.Ticks()), (Labels{"0.005", "0.010", "0.015", "0.020", "0.025"}));
  EXPECT_DOUBLE_EQ(scale.At(0.005), 300.0);
  EXPECT_DOUBLE_EQ(scale.At(0.025), 0.0);
}

TEST(LinearScale, WritesVeryLargeAndVerySmallValuesInAPowerOfTen) {
  const LinearScale large({0.0, 8.3e8}, {0.0, 100.0}, 5);
  EXPECT_EQ(large.exponent(), 9);
  EXPECT_EQ(LabelsOf(large.Ticks()), (Labels{"0", "0.2", "0.4", "0.6", "0.8", "1.0"}));
  EXPECT_EQ(LinearScale({0.0, 5e-7}, {0.0, 100.0}, 5).exponent(), -7);
}

TEST(LinearScale, NegativeLabelsHaveAMinusSignAndZeroIsPlain) {
  EXPECT_EQ(LabelsOf(LinearScale({-1.0, 1.0}, {0.0, 1.0}, 2).Ticks()), (Labels{"−1", "0", "1"}));
}

TEST(LinearScale, FarValuesStayNearThePaper) {
  const LinearScale scale({0.0, 1.0}, {0.0, 100.0}, 5);
  EXPECT_LE(std::fabs(scale.At(1e200)), 1000.0);
  EXPECT_LE(std::fabs(scale.At(-1e200)), 1000.0);
}

TEST(RangeOf, IsNeverEmptyAndIgnoresWhatCannotBeDrawn) {
  const double all_equal[] = {3.0, 3.0};
  EXPECT_LT(RangeOf(all_equal).low, 3.0);
  EXPECT_GT(RangeOf(all_equal).high, 3.0);
  const double odd[] = {1.0, std::numeric_limits<double>::infinity(), std::nan(""), 1e308, 2.0};
  EXPECT_EQ(RangeOf(odd).low, 1.0);
  EXPECT_EQ(RangeOf(odd).high, 2.0);
  EXPECT_LT(RangeOf({}).low, RangeOf({}).high);
}

TEST(DecayScale, GivesZeroATickOfItsOwnLeftOfABreak) {
  const double decays[] = {0.0, 1e-4, 1.0, 30.0};
  const DecayScale scale(decays, {0.0, 700.0}, 8);
  ASSERT_TRUE(scale.break_at());
  EXPECT_LT(scale.At(0.0), *scale.break_at());
  EXPECT_GT(scale.At(1e-4), *scale.break_at());
  EXPECT_EQ(LabelsOf(scale.Ticks()), (Labels{"0", "0.0001", "0.001", "0.01", "0.1", "1", "10"}));
  EXPECT_EQ(scale.Ticks().front().position, scale.At(0.0));
}

TEST(DecayScale, HasNoBreakWithoutZero) {
  const double decays[] = {0.1, 10.0};
  const DecayScale scale(decays, {0.0, 700.0}, 8);
  EXPECT_FALSE(scale.break_at());
  EXPECT_EQ(LabelsOf(scale.Ticks()), (Labels{"0.1", "1", "10"}));
}

TEST(DecayScale, EqualRatiosAreEqualDistances) {
  const double decays[] = {0.0, 1e-3, 10.0};
  const DecayScale scale(decays, {10.0, 400.0}, 5);
  // Pixels: only rounding differs.
  EXPECT_NEAR(scale.At(0.01) - scale.At(0.001), scale.At(10.0) - scale.At(1.0), 1e-9);
}

TEST(DecayScale, ShortRangesGetTicksBetweenTheDecades) {
  const double decays[] = {0.08, 1.2};
  EXPECT_EQ(LabelsOf(DecayScale(decays, {0.0, 400.0}, 5).Ticks()),
            (Labels{"0.1", "0.2", "0.5", "1"}));
  const double close[] = {0.3, 0.4};
  EXPECT_EQ(LabelsOf(DecayScale(close, {0.0, 400.0}, 5).Ticks()), (Labels{"0.3", "0.4"}));
}

TEST(DecayScale, LongRangesKeepToTheLabelsWanted) {
  const double decays[] = {1e-300, 1e300};
  const Labels labels = LabelsOf(DecayScale(decays, {0.0, 400.0}, 5).Ticks());
  EXPECT_GE(labels.size(), 3U);
  EXPECT_LE(labels.size(), 6U);
}

TEST(DecayScale, OnlyZeroOrOnlyOneDecayIsStillAnAxis) {
  const double zero[] = {0.0};
  EXPECT_EQ(LabelsOf(DecayScale(zero, {0.0, 100.0}, 5).Ticks()), (Labels{"0"}));
  const double one[] = {0.25};
  EXPECT_EQ(LabelsOf(DecayScale(one, {0.0, 100.0}, 5).Ticks()), (Labels{"0.25"}));
  EXPECT_EQ(DecayScale(one, {0.0, 100.0}, 5).At(0.25), 50.0);
}

TEST(PowerOfTen, IsPlainWhereThatIsShort) {
  EXPECT_EQ(PowerOfTen(-3), "0.001");
  EXPECT_EQ(PowerOfTen(2), "100");
  EXPECT_EQ(PowerOfTen(-12), "10⁻¹²");
}

}  // namespace
}  // namespace halflife
