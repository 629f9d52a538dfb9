#include "report/contour_lines.h"

#include <gtest/gtest.h>

#include <cmath>

namespace halflife {
namespace {

TEST(ContourLines, OfARoundBowlAreClosedCircles) {
  constexpr std::size_t kSide = 41;
  std::vector<double> values;
  for (std::size_t j = 0; j < kSide; ++j) {
    for (std::size_t i = 0; i < kSide; ++i)
      values.push_back(std::hypot(static_cast<double>(i) - 20.0, static_cast<double>(j) - 20.0));
  }
  const auto lines = ContourLines(values, kSide, 12.5);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].front().x, lines[0].back().x);
  EXPECT_EQ(lines[0].front().y, lines[0].back().y);
  // Between neighbours the distance bends by at most 1 / (8 * 12) of a step.
  for (const Point& at : lines[0])
    EXPECT_NEAR(std::hypot(at.x - 20.0, at.y - 20.0), 12.5, 1.0 / 96.0);
}

TEST(ContourLines, ThatLeaveTheGridEndAtItsEdge) {
  const double values[] = {0, 1, 2, 0, 1, 2, 0, 1, 2};
  const auto lines = ContourLines(values, 3, 0.25);
  ASSERT_EQ(lines.size(), 1U);
  ASSERT_EQ(lines[0].size(), 3U);
  for (const Point& at : lines[0]) EXPECT_EQ(at.x, 0.25);
  EXPECT_EQ(std::fabs(lines[0].front().y - lines[0].back().y), 2.0);
}

TEST(ContourLines, OfASaddleDoNotCross) {
  const double values[] = {1, 0, 0, 1};
  for (const double level : {0.4, 0.6}) {
    const auto lines = ContourLines(values, 2, level);
    ASSERT_EQ(lines.size(), 2U);
    // Around the high corners where the middle is below, else around the low ones.
    for (const auto& line : lines) {
      const bool around_first = line[0].x + line[0].y < 1.0 && line[1].x + line[1].y < 1.0;
      const bool around_last = line[0].x + line[0].y > 1.0 && line[1].x + line[1].y > 1.0;
      EXPECT_EQ(around_first || around_last, level > 0.5);
    }
  }
}

TEST(ContourLines, PassByWhatCannotBeDrawn) {
  const double values[] = {0, 1, NAN, 0, 1, INFINITY, 0, 1, 2};
  const auto lines = ContourLines(values, 3, 1.5);
  EXPECT_TRUE(lines.empty());
  EXPECT_EQ(ContourLines(values, 3, 0.5).size(), 1U);
  EXPECT_TRUE(ContourLines({}, 0, 0.5).empty());
  EXPECT_TRUE(ContourLines(values, 4, 0.5).empty());
}

}  // namespace
}  // namespace halflife
