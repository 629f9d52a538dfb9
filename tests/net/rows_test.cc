#include "net/rows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "support/errors.h"
#include "support/tables.h"

namespace halflife {
namespace {

using testing::ErrorOf;

using testing::MakeTable;
using testing::NoisyLine;
using testing::Numbers;
using testing::Text;

DataOptions For(const std::string& target) {
  DataOptions options;
  options.target = target;
  return options;
}

// 60 rows of three classes, a third each, and a number that is the row's own.
Table ThreeKinds() {
  std::vector<double> x;
  std::vector<int32_t> codes;
  for (int i = 0; i < 60; ++i) {
    x.push_back(i);
    codes.push_back(i % 3);
  }
  return MakeTable({Numbers("x", std::move(x)), Text("kind", std::move(codes), {"a", "b", "c"})});
}

TEST(NetRowsTest, AFifthValidatesAFifthTestsAndClassesAreSpreadEvenly) {
  const NetRows rows = SplitTable(ThreeKinds(), nullptr, For("kind"));
  EXPECT_EQ(rows.training.rows, 36U);
  EXPECT_EQ(rows.validation.rows, 12U);
  EXPECT_EQ(rows.test.rows, 12U);
  EXPECT_EQ(rows.rows, 60U);
  EXPECT_EQ(rows.view().outputs, 3U);
  EXPECT_EQ(rows.view().loss_unit, 1.0);
  std::set<float> seen;
  for (const ArraySamples* part : {&rows.training, &rows.validation, &rows.test}) {
    seen.insert(part->inputs.begin(), part->inputs.end());
    std::map<int, std::size_t> count;
    for (const std::int32_t c : part->classes) ++count[c];
    for (const auto& [c, n] : count) EXPECT_EQ(n * 3, part->rows) << c;
  }
  EXPECT_EQ(seen.size(), 60U);  // every row is in one part alone
}

TEST(NetRowsTest, TheSeedDrawsTheParts) {
  DataOptions options = For("kind");
  const NetRows first = SplitTable(ThreeKinds(), nullptr, options);
  EXPECT_EQ(first.test.inputs, SplitTable(ThreeKinds(), nullptr, options).test.inputs);
  options.seed = 2;
  EXPECT_NE(first.test.inputs, SplitTable(ThreeKinds(), nullptr, options).test.inputs);
}

// A cell outside the training rows may be anything: what is learnt does not change. Columns are
// kept less their overall median, so that the last digits move with it; a training cell moves the
// mean by 100/60.
TEST(NetRowsTest, OnlyTrainingRowsAreLearntFrom) {
  const Table table = NoisyLine(100, 2, 5);
  const NetRows before = SplitTable(table, nullptr, For("y"));
  int changed = 0;
  for (std::size_t row = 0; row < table.rows; ++row) {
    Table other = table;
    other.columns[0].numbers[row] += 100.0;
    other.columns[2].numbers[row] += 100.0;
    const NetRows after = SplitTable(other, nullptr, For("y"));
    const double moved = after.net.columns[0].mean - before.net.columns[0].mean;
    const bool learnt = moved > 1.0;
    EXPECT_NEAR(moved, learnt ? 100.0 / 60.0 : 0.0, 1e-12);
    EXPECT_NEAR(after.net.target_mean - before.net.target_mean, moved, 1e-12);
    changed += learnt ? 1 : 0;
  }
  EXPECT_EQ(changed, 60);  // the training rows
}

// Means and squares of 60 floats: each is rounded by at most 2^-24 of a value below 8.
TEST(NetRowsTest, ARegressionTargetIsScaledAndItsUnitKept) {
  Table table = NoisyLine(100, 2, 5);
  for (double& y : table.columns[2].numbers) y = 1000.0 + 50.0 * y;
  const NetRows rows = SplitTable(table, nullptr, For("y"));
  double mean = 0.0;
  double squares = 0.0;
  for (const float y : rows.training.numbers) {
    mean += y / 60.0;
    squares += y * y / 60.0;
  }
  EXPECT_NEAR(mean, 0.0, 1e-6);
  EXPECT_NEAR(squares, 1.0, 1e-5);
  EXPECT_EQ(rows.view().loss_unit, rows.net.target_scale * rows.net.target_scale);
  EXPECT_GT(rows.net.target_scale, 25.0);
}

TEST(NetRowsTest, TestRowsOfTheirOwnKeepTheNamesOfTheClasses) {
  Table test = MakeTable({Text("kind", {0, 1, 0}, {"b", "c"}), Numbers("x", {0.0, 30.0, 59.0})});
  test.source = "test.csv";
  const NetRows rows = SplitTable(ThreeKinds(), &test, For("kind"));
  EXPECT_EQ(rows.training.rows, 48U);
  EXPECT_EQ(rows.test.classes, (std::vector<std::int32_t>{1, 2, 1}));
  const double x = (30.0 - rows.net.columns[0].mean) / rows.net.columns[0].scale;
  EXPECT_EQ(rows.test.inputs[1], static_cast<float>(x));
}

TEST(NetRowsTest, TestRowsThatDoNotFitAreRefused) {
  const auto with = [](Table test) {
    test.source = "test.csv";
    return ErrorOf([&] { SplitTable(ThreeKinds(), &test, For("kind")); });
  };
  EXPECT_EQ(with(MakeTable({Text("kind", {0, 1}, {"b", "d"}), Numbers("x", {0.0, 1.0})})),
            "test.csv: target \"kind\" holds the class \"d\", which no row to learn from has");
  EXPECT_EQ(with(MakeTable({Text("kind", {0, -1}, {"b"}), Numbers("x", {0.0, 1.0})})),
            "test.csv: target \"kind\" is missing in 1 row; leave out such rows");
  EXPECT_EQ(with(MakeTable({Text("sort", {0, 0}, {"b"}), Numbers("x", {0.0, 1.0})})),
            "test.csv: column \"kind\" is missing; test rows need the target too");
  EXPECT_EQ(with(MakeTable({Text("kind", {0, 0}, {"b"}), Numbers("z", {0.0, 1.0})})),
            "test.csv: column \"x\" is missing and the model needs it; did you mean \"z\"?");
}

TEST(NetRowsTest, WhatCannotBeSplitIsRefused) {
  DataOptions options = For("kind");
  options.folds = 3;
  EXPECT_EQ(ErrorOf([&] { SplitTable(ThreeKinds(), nullptr, options); }),
            "model = mlp splits rows into training, validation and test rows by seed; leave out "
            "folds and fold_column");
  const Table same = MakeTable({Numbers("x", std::vector<double>(30, 1.0)),
                                Numbers("y", NoisyLine(30, 2, 1).columns[2].numbers)});
  EXPECT_EQ(
      ErrorOf([&] { SplitTable(same, nullptr, For("y")); }),
      "made.csv: no column is left to predict from: each is ignored, holds one value only, "
      "or is text with a level of its own in most rows (keep it with categories); give it more "
      "columns");
}

TEST(NetRowsTest, ArraysAreSplitAndScaledByTheirTrainingRows) {
  ArrayData data;
  data.inputs = {"images", "images", {40, 2, 2}, ElementKind::kU1, {}};
  data.targets = {"labels", "labels", {40}, ElementKind::kU1, {}};
  for (int i = 0; i < 160; ++i) data.inputs.bytes.push_back(static_cast<std::uint8_t>(i));
  for (int i = 0; i < 40; ++i) data.targets.bytes.push_back(static_cast<std::uint8_t>(i % 2));
  const NetRows rows = SplitArrays(ArrayData(data), std::nullopt, For("labels"));
  EXPECT_EQ(rows.training.rows, 24U);
  EXPECT_EQ(rows.validation.rows, 8U);
  EXPECT_EQ(rows.test.rows, 8U);
  EXPECT_EQ(rows.net.classes, (std::vector<std::string>{"0", "1"}));
  EXPECT_FALSE(rows.net.of_table());
  EXPECT_EQ(rows.net.inputs(), 4U);
  const NetRows own = SplitArrays(ArrayData(data), data, For("labels"));
  EXPECT_EQ(own.training.rows, 32U);
  EXPECT_EQ(own.test.rows, 40U);
}

// Every row is in the test rows of one split, and validates in another.
TEST(RowSplitsTest, ADrawingJudgesEveryRowOnce) {
  const Table table = ThreeKinds();
  const RowSplits splits(table, nullptr, For("kind"), 0);
  ASSERT_EQ(splits.count(), 5);
  EXPECT_EQ(splits.rows(), 60U);
  std::map<std::uint32_t, int> tested;
  std::map<std::uint32_t, int> validated;
  for (int s = 0; s < 5; ++s) {
    const NetRows rows = splits.Split(s);
    EXPECT_EQ(rows.training.rows, 36U);
    EXPECT_EQ(rows.test.rows, rows.test_ids.size());
    for (const std::uint32_t row : rows.test_ids) ++tested[row];
    for (const std::uint32_t row : rows.validation_ids) {
      ++validated[row];
      EXPECT_EQ(std::count(rows.test_ids.begin(), rows.test_ids.end(), row), 0);
    }
    // Column x of a row is its number: the rows are those that they are said to be.
    for (std::size_t i = 0; i < rows.test.rows; ++i) {
      const double x = (rows.test_ids[i] - rows.net.columns[0].mean) / rows.net.columns[0].scale;
      EXPECT_EQ(rows.test.inputs[i], static_cast<float>(x));
    }
  }
  ASSERT_EQ(tested.size(), 60U);
  ASSERT_EQ(validated.size(), 60U);
  for (const auto& [row, times] : tested) EXPECT_EQ(times, 1) << row;
  for (const auto& [row, times] : validated) EXPECT_EQ(times, 1) << row;
}

TEST(RowSplitsTest, EverySplitLearnsFromItsOwnTrainingRowsAndAllFromAll) {
  const Table table = NoisyLine(100, 2, 5);
  const RowSplits splits(table, nullptr, For("y"), 5);
  const auto mean_without = [&](const NetRows& rows) {
    double sum = 0.0;
    std::set<std::uint32_t> held(rows.test_ids.begin(), rows.test_ids.end());
    held.insert(rows.validation_ids.begin(), rows.validation_ids.end());
    for (std::uint32_t row = 0; row < 100; ++row)
      sum += held.count(row) > 0 ? 0.0 : table.columns[0].numbers[row];
    return sum / static_cast<double>(100 - held.size());
  };
  std::set<double> means;
  for (int s = 0; s < 5; ++s) {
    const NetRows rows = splits.Split(s);
    EXPECT_NEAR(rows.net.columns[0].mean, mean_without(rows), 1e-12);  // the order of a sum
    means.insert(rows.net.columns[0].mean);
  }
  EXPECT_EQ(means.size(), 5U);
  const NetRows all = splits.All();
  EXPECT_EQ(all.training.rows, 100U);
  EXPECT_EQ(all.validation.rows + all.test.rows, 0U);
  EXPECT_NEAR(all.net.columns[0].mean, mean_without(all), 1e-12);
}

TEST(RowSplitsTest, MoreRoundsDrawThePartsAgain) {
  const Table table = ThreeKinds();
  const RowSplits splits(table, nullptr, For("kind"), 6);
  ASSERT_EQ(splits.count(), 6);
  EXPECT_NE(splits.Split(5).test_ids, splits.Split(0).test_ids);
  // One round is the split that there was before there were several.
  const RowSplits one(table, nullptr, For("kind"), 1);
  EXPECT_EQ(one.Split(0).test.inputs, SplitTable(table, nullptr, For("kind")).test.inputs);
}

TEST(RowSplitsTest, WhereWhoJudgesIsSaidThereIsOneSplit) {
  Table test = MakeTable({Text("kind", {0, 1, 0}, {"b", "c"}), Numbers("x", {0.0, 30.0, 59.0})});
  const Table table = ThreeKinds();
  EXPECT_EQ(RowSplits(table, &test, For("kind"), 0).count(), 1);
  EXPECT_EQ(RowSplits(table, &test, For("kind"), 0).All().training.rows, 60U);
  EXPECT_EQ(ErrorOf([&] { RowSplits(table, &test, For("kind"), 2); }),
            "rounds draws rows to judge by several times, and test says which they are; leave out "
            "one of the two");
  const Table in_order = NoisyLine(60, 2, 3);
  DataOptions by_time = For("y");
  by_time.time = "x1";
  EXPECT_EQ(RowSplits(in_order, nullptr, by_time, 0).count(), 1);
  EXPECT_EQ(ErrorOf([&] { RowSplits(in_order, nullptr, by_time, 5); }),
            "rounds draws rows to judge by several times, and time says which they are; leave out "
            "one of the two");
  EXPECT_EQ(ErrorOf([&] { RowSplits(table, nullptr, For("kind"), -1); }),
            "rounds -1: at least 1 is needed");
}

TEST(RowSplitsTest, ManyRowsAreSplitOnce) {
  const Table few = NoisyLine(4999, 2, 3);
  EXPECT_EQ(RowSplits(few, nullptr, For("y"), 0).count(), 5);
  const Table many = NoisyLine(5000, 2, 3);
  EXPECT_EQ(RowSplits(many, nullptr, For("y"), 0).count(), 1);
  EXPECT_EQ(RowSplits(many, nullptr, For("y"), 3).count(), 3);
}

TEST(RowSplitsTest, GroupsStayWholeInEverySplit) {
  std::vector<std::int32_t> group;
  for (int i = 0; i < 60; ++i) group.push_back(i / 5);
  Table table = ThreeKinds();
  std::vector<std::string> names;
  for (int g = 0; g < 12; ++g) names.push_back(std::string("g") + static_cast<char>('a' + g));
  table.columns.push_back(Text("house", group, names));
  DataOptions options = For("kind");
  options.group = "house";
  const RowSplits splits(table, nullptr, options, 0);
  ASSERT_EQ(splits.count(), 5);
  for (int s = 0; s < 5; ++s) {
    const NetRows rows = splits.Split(s);
    std::map<std::int32_t, int> tested;
    for (const std::uint32_t row : rows.test_ids) ++tested[group[row]];
    for (const auto& [house, count] : tested) EXPECT_EQ(count, 5) << house;
  }
  // Of three groups there are three parts.
  for (std::int32_t& g : table.columns.back().codes) g /= 4;
  table.columns.back().levels = {"a", "b", "c"};
  EXPECT_EQ(RowSplits(table, nullptr, options, 0).count(), 3);
}

// The class c has two rows, in two parts; whatever part tests one of them, another than the next
// one validates where that holds the other.
TEST(RowSplitsTest, ARareClassTrainsInEverySplit) {
  std::vector<std::int32_t> codes;
  std::vector<double> x;
  for (int i = 0; i < 42; ++i) {
    codes.push_back(i < 20 ? 0 : (i < 40 ? 1 : 2));
    x.push_back(i % 7);
  }
  const Table table = MakeTable({Numbers("x", x), Text("kind", codes, {"a", "b", "c"})});
  int moved = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    DataOptions options = For("kind");
    options.seed = seed;
    const RowSplits splits(table, nullptr, options, 0);
    ASSERT_EQ(splits.count(), 5);
    std::set<std::uint32_t> validated;
    for (int s = 0; s < 5; ++s) {
      const NetRows rows = splits.Split(s);
      EXPECT_GT(std::count(rows.training.classes.begin(), rows.training.classes.end(), 2), 0);
      validated.insert(rows.validation_ids.begin(), rows.validation_ids.end());
    }
    moved += validated.size() < 42 ? 1 : 0;
  }
  EXPECT_GT(moved, 0);  // else the next part would have done
}

// All five parts have one row that is not 0 between them: a split that tests it has no column that
// varies, so by itself there is one split, and several are refused where they are asked for.
TEST(RowSplitsTest, WhereSomeSplitCannotTrainThereIsOne) {
  std::vector<double> x(30, 0.0);
  x[7] = 1.0;
  const Table table =
      MakeTable({Numbers("x", x), Numbers("y", NoisyLine(30, 2, 1).columns[2].numbers)});
  EXPECT_EQ(RowSplits(table, nullptr, For("y"), 0).count(), 1);
  const RowSplits asked(table, nullptr, For("y"), 5);
  int refused = 0;
  for (int s = 0; s < 5; ++s) {
    const std::string error = ErrorOf([&] { asked.Split(s); });
    refused += error.find("holds one value only; there is nothing") != std::string::npos ? 1 : 0;
  }
  EXPECT_EQ(refused, 1);
}

TEST(RowSplitsTest, ArraysAreSplitAlike) {
  ArrayData data;
  data.inputs = {"images", "images", {40, 2, 2}, ElementKind::kU1, {}};
  data.targets = {"labels", "labels", {40}, ElementKind::kU1, {}};
  for (int i = 0; i < 160; ++i) data.inputs.bytes.push_back(static_cast<std::uint8_t>(i));
  for (int i = 0; i < 40; ++i) data.targets.bytes.push_back(static_cast<std::uint8_t>(i % 2));
  const RowSplits splits(ArrayData(data), std::nullopt, For("labels"), 0);
  ASSERT_EQ(splits.count(), 5);
  std::set<std::uint32_t> tested;
  for (int s = 0; s < 5; ++s) {
    const NetRows rows = splits.Split(s);
    tested.insert(rows.test_ids.begin(), rows.test_ids.end());
    for (std::size_t i = 0; i < rows.test.rows; ++i)
      EXPECT_EQ(rows.test.classes[i], static_cast<std::int32_t>(rows.test_ids[i] % 2));
  }
  EXPECT_EQ(tested.size(), 40U);
  EXPECT_EQ(splits.All().training.rows, 40U);
  EXPECT_EQ(RowSplits(ArrayData(data), data, For("labels"), 0).All().training.rows, 40U);
}

}  // namespace
}  // namespace halflife
