#include "tune/diagnostics/histograms.h"

#include <gtest/gtest.h>

#include <limits>
#include <numeric>

namespace halflife {
namespace {

using Counts = std::vector<std::size_t>;

TEST(Histograms, CountEveryValueOnce) {
  const std::vector<double> values = {-1.0, -0.51, -0.49, 0.0, 0.49, 0.99, 1.0};
  EXPECT_EQ(CountInBins(values, -1.0, 1.0, 4).counts, (Counts{2, 1, 2, 2}));
}

TEST(Histograms, OuterBinsHoldWhatLiesBeyondAndNoBinWhatIsNoNumber) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const std::vector<double> values = {
      -kInfinity, -7.0, 0.5, 9.0, kInfinity, std::numeric_limits<double>::quiet_NaN()};
  EXPECT_EQ(CountInBins(values, 0.0, 1.0, 3).counts, (Counts{2, 1, 2}));
}

TEST(Histograms, OfWeightsHaveAMiddleBinForZeroAndSharedEnds) {
  const std::optional<WeightHistograms> both =
      HistogramsOf(std::vector<double>{-3.0, 0.0, 2.0}, std::vector<double>{0.0, 0.0, 1.0});
  ASSERT_TRUE(both);
  EXPECT_EQ(both->baseline.low, -3.0);
  EXPECT_EQ(both->best.high, 3.0);
  const std::size_t bins = both->best.counts.size();
  ASSERT_EQ(bins % 2, 1U);
  EXPECT_EQ(both->best.counts[bins / 2], 2U);
  EXPECT_EQ(both->baseline.counts.front(), 1U);
}

TEST(Histograms, OfWeightsThatExplodeWithoutDecayShowThoseAtTheBest) {
  const std::optional<WeightHistograms> both =
      HistogramsOf(std::vector<double>{-1e9, 1e9, 0.1}, std::vector<double>{-0.5, 0.25});
  ASSERT_TRUE(both);
  EXPECT_EQ(both->best.high, 4.0);
  EXPECT_EQ(both->baseline.counts.front(), 1U);
  EXPECT_EQ(both->baseline.counts.back(), 1U);
  EXPECT_EQ(std::accumulate(both->baseline.counts.begin(), both->baseline.counts.end(), 0U), 3U);
}

TEST(Histograms, OfNothingButZerosAreNone) {
  EXPECT_FALSE(HistogramsOf(std::vector<double>{0.0}, std::vector<double>{0.0}));
  EXPECT_FALSE(HistogramOfResiduals(std::vector<double>{}));
  EXPECT_TRUE(HistogramsOf(std::vector<double>{2.0}, std::vector<double>{0.0}));
}

}  // namespace
}  // namespace halflife
