// Folds that keep a group's rows together, and folds in the order of time.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/random.h"
#include "data/folds.h"
#include "halflife/error.h"
#include "support/errors.h"
#include "support/tables.h"

namespace halflife {
namespace {

using testing::ErrorOf;
using testing::Numbers;
using testing::Text;

Target NumbersToPredict(std::size_t rows) {
  std::vector<double> values;
  for (std::size_t i = 0; i < rows; ++i) values.push_back(std::sin(static_cast<double>(i)));
  return ReadTarget(Numbers("y", values), Task::kRegression, false);
}

std::vector<std::size_t> HeldSizes(const Folds& folds) {
  std::vector<std::size_t> sizes;
  for (int f = 0; f < folds.count; ++f) sizes.push_back(folds.Held(f).size());
  return sizes;
}

TEST(GroupFolds, KeepEachGroupTogetherAndSizesAlike) {
  for (uint64_t seed = 1; seed <= 50; ++seed) {
    Random random(seed);
    const std::size_t rows = 100 + random.Below(200);
    const double most = 12.0 + static_cast<double>(random.Below(40));
    std::vector<double> groups;
    for (std::size_t i = 0; i < rows; ++i)
      groups.push_back(std::floor(most * random.Uniform() * random.Uniform()));
    const Column column = Numbers("g", groups);
    const std::size_t count = std::set<double>(groups.begin(), groups.end()).size();
    const auto folds_asked =
        static_cast<int>(2 + random.Below(std::min<std::size_t>(8, count - 1)));
    const Folds folds = DrawGroupFolds(NumbersToPredict(rows), column, folds_asked, seed, 0);
    std::map<double, std::set<int>> folds_of;
    std::map<double, std::size_t> size_of;
    for (std::size_t i = 0; i < rows; ++i) {
      folds_of[groups[i]].insert(folds.of_row[i]);
      ++size_of[groups[i]];
    }
    std::size_t largest = 0;
    for (const auto& [group, in] : folds_of) {
      EXPECT_EQ(in.size(), 1U);
      largest = std::max(largest, size_of[group]);
    }
    const std::vector<std::size_t> held = HeldSizes(folds);
    // Dealt out largest first, each to the emptiest fold, sizes differ by no more than one group.
    EXPECT_LE(*std::max_element(held.begin(), held.end()),
              *std::min_element(held.begin(), held.end()) + largest);
    EXPECT_GT(*std::min_element(held.begin(), held.end()), 0U);
  }
}

TEST(GroupFolds, LeaveNoFoldEmptyWhereEachGroupIsOfOneClass) {
  std::vector<double> groups;
  std::vector<double> classes;
  for (int g = 0; g < 12; ++g) {
    for (int i = 0; i < 7; ++i) {
      groups.push_back(g);
      classes.push_back(g % 2);
    }
  }
  const Target target = ReadTarget(Numbers("y", classes), Task::kClassification, false);
  const Folds folds = DrawGroupFolds(target, Numbers("g", groups), 10, 1, 0);
  for (const std::size_t held : HeldSizes(folds)) EXPECT_GE(held, 7U);
  CheckFolds(folds, target);
}

TEST(GroupFolds, SpreadARareClassOverFolds) {
  std::vector<double> groups;
  std::vector<double> classes;
  for (int g = 0; g < 60; ++g) {
    for (int i = 0; i < 5; ++i) {
      groups.push_back(g);
      classes.push_back(g % 12 == 0 && i < 2 ? 1.0 : 0.0);  // 5 groups hold the rare class
    }
  }
  const Target target = ReadTarget(Numbers("y", classes), Task::kClassification, false);
  const Folds folds = DrawGroupFolds(target, Numbers("g", groups), 5, 3, 0);
  for (int f = 0; f < 5; ++f) {
    const std::vector<uint32_t> held = folds.Held(f);
    EXPECT_EQ(
        std::count_if(held.begin(), held.end(), [&](uint32_t row) { return classes[row] == 1; }),
        2);
  }
}

TEST(GroupFolds, AreDrawnAnewByRepeatAndSeed) {
  std::vector<double> groups;
  for (int i = 0; i < 200; ++i) groups.push_back(i / 4);
  const auto draw = [&](uint64_t seed, int repeat) {
    return DrawGroupFolds(NumbersToPredict(200), Numbers("g", groups), 5, seed, repeat).of_row;
  };
  EXPECT_EQ(draw(1, 0), draw(1, 0));
  EXPECT_NE(draw(1, 0), draw(1, 1));
  EXPECT_NE(draw(1, 0), draw(2, 0));
}

TEST(GroupFolds, RefuseTooFewGroupsAndGaps) {
  const Column two = Text("who", {0, 1, 0, 1, 0, 1}, {"ann", "bob"});
  EXPECT_EQ(ErrorOf([&] { DrawGroupFolds(NumbersToPredict(6), two, 3, 1, 0); }),
            "folds 3: there are only 2 groups; ask for at most that many");
  const Column gap = Text("who", {0, 1, -1, 1, 0, 1}, {"ann", "bob"});
  EXPECT_EQ(ErrorOf([&] { DrawGroupFolds(NumbersToPredict(6), gap, 2, 1, 0); }),
            "group column \"who\" has 1 missing cell; every row must name its group");
}

TEST(TimeFolds, TrainOnEarlierRowsAlone) {
  for (uint64_t seed = 1; seed <= 50; ++seed) {
    Random random(seed);
    const std::size_t rows = 30 + random.Below(300);
    std::vector<double> times;
    for (std::size_t i = 0; i < rows; ++i)
      times.push_back(std::floor(random.Normal() * (seed % 5 == 0 ? 3.0 : 100.0)));
    const std::size_t different = std::set<double>(times.begin(), times.end()).size();
    const auto count = static_cast<int>(2 + random.Below(std::min<std::size_t>(9, different - 2)));
    const Folds folds = TimeFolds(Numbers("t", times), count);
    EXPECT_EQ(folds.count, count);
    std::size_t never = rows;
    for (int f = 0; f < count; ++f) {
      const std::vector<uint32_t> held = folds.Held(f);
      const std::vector<uint32_t> training = folds.Training(f);
      ASSERT_FALSE(held.empty());
      ASSERT_FALSE(training.empty());
      const auto earlier = [&](uint32_t a, uint32_t b) { return times[a] < times[b]; };
      EXPECT_LT(times[*std::max_element(training.begin(), training.end(), earlier)],
                times[*std::min_element(held.begin(), held.end(), earlier)]);
      never -= held.size();
    }
    EXPECT_EQ(never, folds.Training(0).size());  // the first block is never held out
  }
}

TEST(TimeFolds, CutRowsOfDifferentTimesInEqualBlocks) {
  std::vector<double> times(110);
  for (std::size_t i = 0; i < times.size(); ++i) times[i] = static_cast<double>((i * 37) % 110);
  const Folds folds = TimeFolds(Numbers("t", times), 10);
  EXPECT_EQ(HeldSizes(folds), std::vector<std::size_t>(10, 10));
  EXPECT_EQ(folds.Training(0).size(), 10U);
}

TEST(TimeFolds, GiveATimeOfManyRowsOneBlock) {
  std::vector<double> times(50, 7.0);  // most rows are of one time, late
  for (int i = 0; i < 6; ++i) times.push_back(i);
  const Folds folds = TimeFolds(Numbers("t", times), 3);
  for (std::size_t i = 1; i < 50; ++i) EXPECT_EQ(folds.of_row[i], folds.of_row[0]);
  for (const std::size_t held : HeldSizes(folds)) EXPECT_GT(held, 0U);
}

TEST(TimeFolds, RefuseTextGapsAndTooFewTimes) {
  EXPECT_EQ(ErrorOf([] {
              TimeFolds(Text("when", {0, 1}, {"May", "June"}), 2);
            }),
            "time column \"when\" holds text: row 1 holds \"May\"; write numbers, or dates as "
            "2024-01-31");
  EXPECT_EQ(ErrorOf([] {
              TimeFolds(Numbers("t", {1, NAN, 2}), 2);
            }),
            "time column \"t\" has 1 missing cell; every row must name its time");
  EXPECT_EQ(ErrorOf([] {
              TimeFolds(Numbers("t", {1, 1, 2, 2, 3}), 3);
            }),
            "folds 3: there are only 2 later times; ask for at most that many");
}

TEST(TimeFolds, RefuseAClassThatNoEarlierRowHas) {
  const Target target = ReadTarget(Numbers("y", {0, 1, 0, 1, 2, 2}), Task::kClassification, false);
  const Folds folds = TimeFolds(Numbers("t", {1, 2, 3, 4, 5, 6}), 2);
  EXPECT_EQ(ErrorOf([&] { CheckFolds(folds, target); }),
            "no row before those of fold 1 has class \"2\", so nothing is there to learn it from; "
            "ask for fewer folds, or merge the class");
}

}  // namespace
}  // namespace halflife
