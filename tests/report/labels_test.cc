#include "report/labels.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace halflife {
namespace {

using Places = std::vector<double>;

TEST(SpreadLabels, LeavesLabelsAloneThatHaveRoom) {
  EXPECT_EQ(SpreadLabels({10.0, 50.0, 30.0}, 10.0, 0.0, 100.0), (Places{10.0, 50.0, 30.0}));
}

TEST(SpreadLabels, SharesTheMoveBetweenLabelsThatMeet) {
  EXPECT_EQ(SpreadLabels({50.0, 50.0}, 10.0, 0.0, 100.0), (Places{45.0, 55.0}));
}

TEST(SpreadLabels, KeepsGapOrderAndEnds) {
  const Places wanted = {0.0, 1.0, 0.5, 99.0, 98.0, 100.0, 40.0};
  Places placed = SpreadLabels(wanted, 12.0, 0.0, 100.0);
  for (std::size_t a = 0; a < wanted.size(); ++a) {
    for (std::size_t b = 0; b < wanted.size(); ++b)
      EXPECT_EQ(wanted[a] < wanted[b], placed[a] < placed[b]);
  }
  std::sort(placed.begin(), placed.end());
  EXPECT_GE(placed.front(), 0.0);
  // 1e-9: a sum of gaps rounds.
  EXPECT_LE(placed.back(), 100.0 + 1e-9);
  for (std::size_t i = 1; i < placed.size(); ++i) EXPECT_GE(placed[i] - placed[i - 1], 12.0 - 1e-9);
}

TEST(SpreadLabels, NarrowsTheGapWhereThereIsNoRoom) {
  EXPECT_EQ(SpreadLabels({5.0, 5.0, 5.0}, 100.0, 0.0, 10.0), (Places{0.0, 5.0, 10.0}));
  EXPECT_TRUE(SpreadLabels({}, 10.0, 0.0, 1.0).empty());
}

}  // namespace
}  // namespace halflife
