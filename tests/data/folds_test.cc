#include "data/folds.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "halflife/error.h"
#include "support/tables.h"

namespace halflife {
namespace {

using testing::Numbers;
using testing::Text;

Target Regression(std::size_t rows) {
  std::vector<double> values;
  for (std::size_t i = 0; i < rows; ++i) values.push_back(static_cast<double>(i));
  return ReadTarget(Numbers("y", values), Task::kRegression, false);
}

Target Classes(const std::vector<double>& values) {
  return ReadTarget(Numbers("y", values), Task::kClassification, false);
}

TEST(Folds, HoldEveryRowOnceInPartsOfEqualSize) {
  const Folds folds = DrawFolds(Regression(103), 10, 1, 0);
  std::size_t total = 0;
  for (int f = 0; f < 10; ++f) {
    const std::size_t held = folds.Held(f).size();
    EXPECT_TRUE(held == 10 || held == 11);
    EXPECT_EQ(held + folds.Training(f).size(), 103U);
    total += held;
  }
  EXPECT_EQ(total, 103U);
}

TEST(Folds, FollowTheSeedAndTheRepeat) {
  const Target target = Regression(50);
  EXPECT_EQ(DrawFolds(target, 5, 1, 0).of_row, DrawFolds(target, 5, 1, 0).of_row);
  EXPECT_NE(DrawFolds(target, 5, 1, 0).of_row, DrawFolds(target, 5, 2, 0).of_row);
  EXPECT_NE(DrawFolds(target, 5, 1, 0).of_row, DrawFolds(target, 5, 1, 1).of_row);
}

TEST(Folds, DealEachClassOutEvenly) {
  std::vector<double> values(100, 0.0);
  std::fill(values.begin() + 80, values.end(), 1.0);
  const Target target = Classes(values);
  const Folds folds = DrawFolds(target, 5, 3, 0);
  for (int f = 0; f < 5; ++f) {
    const std::vector<uint32_t> held = folds.Held(f);
    EXPECT_EQ(
        std::count_if(held.begin(), held.end(), [&](uint32_t i) { return target.classes[i] == 1; }),
        4);
  }
}

TEST(Folds, AreCountedAndFoundOverRounds) {
  const std::vector<Folds> rounds = {DrawFolds(Regression(20), 3, 1, 0),
                                     DrawFolds(Regression(20), 5, 1, 1)};
  ASSERT_EQ(CountFolds(rounds), 8U);
  for (int f = 0; f < 8; ++f) {
    const FoldOfRound found = FindFold(rounds, static_cast<std::size_t>(f));
    EXPECT_EQ(&found.folds, &rounds[f < 3 ? 0 : 1]);
    EXPECT_EQ(found.fold, f < 3 ? f : f - 3);
    EXPECT_EQ(found.Training().size(),
              found.folds.TrainingCounts()[static_cast<std::size_t>(found.fold)]);
    EXPECT_EQ(found.Training().size() + found.Held().size(), 20U);
  }
  std::vector<double> times;
  for (int i = 0; i < 20; ++i) times.push_back(i / 2);
  const Folds ordered = TimeFolds(Numbers("time", times), 4);
  for (int f = 0; f < 4; ++f)
    EXPECT_EQ(ordered.Training(f).size(), ordered.TrainingCounts()[static_cast<std::size_t>(f)]);
  // The first rows are held out nowhere.
  std::vector<uint32_t> expected = rounds[0].Held(0);
  for (const int f : {1, 2}) {
    const std::vector<uint32_t> held = rounds[0].Held(f);
    expected.insert(expected.end(), held.begin(), held.end());
  }
  EXPECT_EQ(rounds[0].FoldByFold(), expected);
  EXPECT_EQ(ordered.of_row[ordered.FoldByFold().front()], -1);
  EXPECT_EQ(ordered.FoldByFold().size(), 20U);
}

TEST(Folds, RefuseCountsThatCannotBe) {
  EXPECT_THROW(DrawFolds(Regression(5), 1, 1, 0), Error);
  EXPECT_THROW(DrawFolds(Regression(5), 6, 1, 0), Error);
}

TEST(Folds, AColumnNamesThem) {
  const Folds folds = FoldsFromColumn(Text("fold", {1, 0, 1, 0}, {"a", "b"}));
  EXPECT_EQ(folds.count, 2);
  EXPECT_EQ(folds.of_row, (std::vector<int>{1, 0, 1, 0}));
  EXPECT_THROW(FoldsFromColumn(Text("fold", {0, 0}, {"a"})), Error);
  EXPECT_THROW(FoldsFromColumn(Text("fold", {0, -1, 1}, {"a", "b"})), Error);
}

TEST(Folds, AClassThatOneFoldHoldsWholeIsNamed) {
  const Folds folds = FoldsFromColumn(Numbers("fold", {1, 1, 2, 2, 2}));
  try {
    CheckFolds(folds, Classes({7, 7, 8, 8, 8}));
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "fold \"1\" holds every row of class \"7\", so nothing is left to learn it from; "
                 "spread the class over folds, or leave out fold_column or group");
  }
}

TEST(Folds, ATrainingPartWhoseTargetIsConstantIsRefused) {
  const Folds folds = FoldsFromColumn(Numbers("fold", {1, 1, 2, 2}));
  EXPECT_THROW(CheckFolds(folds, ReadTarget(Numbers("y", {1, 2, 3, 3}), Task::kRegression, false)),
               Error);
}

}  // namespace
}  // namespace halflife
