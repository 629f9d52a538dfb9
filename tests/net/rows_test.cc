#include "net/rows.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace halflife
