#include "lab/wave.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace halflife {
namespace {

constexpr double kWaveEps = std::numeric_limits<double>::epsilon();

TEST(Wave, IsTheCurveThatTheLessonNames) {
  // Sines of multiples of pi/4 by hand; a few roundings of numbers below 2.
  const double root = std::sqrt(0.5);
  EXPECT_NEAR(WaveAt(0.0), 0.5, 8 * kWaveEps);
  EXPECT_NEAR(WaveAt(0.5), 1.0 - 0.5 * root, 8 * kWaveEps);
  EXPECT_NEAR(WaveAt(-0.5), -1.0 - 0.5 * root, 8 * kWaveEps);
  EXPECT_NEAR(WaveAt(0.1), std::sin(0.1 * M_PI) + 0.5 * root, 8 * kWaveEps);
  EXPECT_EQ(WaveAt(std::vector<double>{0.1, 0.7}), (std::vector{WaveAt(0.1), WaveAt(0.7)}));
}

TEST(Wave, APointLiesInEachOfAsManyEqualCells) {
  for (const std::size_t rows : {5U, 20U, 100U}) {
    for (const WaveRows& drawn : {DrawWave(7, 3, rows, 0.3), DrawWaveValidation(7, rows, 0.3)}) {
      ASSERT_EQ(drawn.x.size(), rows);
      for (std::size_t i = 0; i < rows; ++i) {
        const double cell = 2.0 / static_cast<double>(rows);
        // The cells' borders are rounded here and there.
        EXPECT_GE(drawn.x[i], -1.0 + cell * static_cast<double>(i) - 4 * kWaveEps);
        EXPECT_LE(drawn.x[i], -1.0 + cell * static_cast<double>(i + 1) + 4 * kWaveEps);
      }
    }
  }
}

TEST(Wave, ThePointsDependOnTheSeedAndNotOnTheDrawOrTheNoise) {
  const WaveRows first = DrawWave(1, 0, 20, 0.3);
  EXPECT_EQ(first.x, DrawWave(1, 17, 20, 1.0).x);
  EXPECT_NE(first.x, DrawWave(2, 0, 20, 0.3).x);
  EXPECT_NE(first.x, DrawWaveValidation(1, 20, 0.3).x);
}

TEST(Wave, TheNoiseDependsOnTheDrawAndScales) {
  const WaveRows quiet = DrawWave(1, 4, 20, 0.25);
  const WaveRows loud = DrawWave(1, 4, 20, 0.5);
  EXPECT_EQ(DrawWave(1, 4, 20, 0.0).y, WaveAt(quiet.x));
  for (std::size_t i = 0; i < 20; ++i) {
    const double truth = WaveAt(quiet.x[i]);
    EXPECT_NEAR(loud.y[i] - truth, 2.0 * (quiet.y[i] - truth), 16 * kWaveEps);
    EXPECT_NE(quiet.y[i], DrawWave(1, 5, 20, 0.25).y[i]);
    EXPECT_NE(quiet.y[i], DrawWave(2, 4, 20, 0.25).y[i]);
  }
}

TEST(Wave, TheNoiseOfManyDrawsIsStandardNormalAndOneDrawSaysNothingOfTheNext) {
  constexpr int kDraws = 2000;
  constexpr std::size_t kRows = 10;
  double sum = 0.0;
  double squares = 0.0;
  double products = 0.0;
  std::vector<double> last = DrawWaveValidation(3, kRows, 1.0).y;
  std::vector<double> last_truth = WaveAt(DrawWaveValidation(3, kRows, 1.0).x);
  for (int draw = 0; draw < kDraws; ++draw) {
    const WaveRows rows = DrawWave(3, static_cast<std::uint64_t>(draw), kRows, 1.0);
    const std::vector<double> truth = WaveAt(rows.x);
    for (std::size_t i = 0; i < kRows; ++i) {
      const double noise = rows.y[i] - truth[i];
      sum += noise;
      squares += noise * noise;
      products += noise * (last[i] - last_truth[i]);
    }
    last = rows.y;
    last_truth = truth;
  }
  // Six standard errors of a mean of n: of numbers with variance 1, squares with variance 2,
  // products with variance 1.
  constexpr double kCount = kDraws * static_cast<double>(kRows);
  EXPECT_NEAR(sum / kCount, 0.0, 6.0 / std::sqrt(kCount));
  EXPECT_NEAR(squares / kCount, 1.0, 6.0 * std::sqrt(2.0 / kCount));
  EXPECT_NEAR(products / kCount, 0.0, 6.0 / std::sqrt(kCount));
}

TEST(Wave, TheGridGoesFromEndToEndInEqualSteps) {
  EXPECT_EQ(WaveGrid(5), (std::vector<double>{-1.0, -0.5, 0.0, 0.5, 1.0}));
}

}  // namespace
}  // namespace halflife
