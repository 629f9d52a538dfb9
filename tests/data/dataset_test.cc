// Which columns and rows become a problem to learn, and what is said of them.
#include "data/dataset.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "halflife/error.h"
#include "support/errors.h"
#include "support/tables.h"

namespace halflife {
namespace {

using testing::ErrorOf;
using testing::MakeTable;
using testing::Numbers;
using testing::Text;
using Kind = Finding::Kind;

DataOptions Predicting(const std::string& target) {
  DataOptions options;
  options.target = target;
  return options;
}

const ColumnSummary& Called(const Dataset& dataset, const std::string& name) {
  return *std::find_if(dataset.column_list.begin(), dataset.column_list.end(),
                       [&](const ColumnSummary& column) { return column.name == name; });
}

const Finding* FindingOf(const std::vector<Finding>& findings, Kind kind) {
  const auto at = std::find_if(findings.begin(), findings.end(),
                               [&](const Finding& finding) { return finding.kind == kind; });
  return at == findings.end() ? nullptr : &*at;
}

std::vector<std::string> LevelsFrom(int count, const std::string& stem) {
  std::vector<std::string> levels;
  for (int i = 0; i < count; ++i) levels.push_back(stem + std::to_string(1000 + i));
  return levels;
}

// n rows: x normal, y = x + noise, and text whose first `lone` rows have a level of their own while
// the others share one.
Table WithText(int rows, int lone, uint64_t seed) {
  Random random(seed);
  std::vector<double> x;
  std::vector<double> y;
  std::vector<int32_t> codes;
  for (int i = 0; i < rows; ++i) {
    x.push_back(random.Normal());
    y.push_back(x.back() + random.Normal());
    codes.push_back(i < lone ? i + 1 : 0);
  }
  return MakeTable(
      {Numbers("x", x), Text("name", codes, LevelsFrom(lone + 1, "n")), Numbers("y", y)});
}

TEST(Dataset, RefusesTablesMadeByHandThatAreNone) {
  Table table = MakeTable({Numbers("x", {1, 2, 3, 4}), Text("t", {0, 1, 0, 1}, {"a", "b"}),
                           Numbers("y", {2, 4, 7, 8})});
  table.source.clear();
  EXPECT_EQ(ErrorOf([&] { PrepareDataset(table, Predicting("")); }),
            "target: name the column to predict");
  EXPECT_EQ(ErrorOf([&] { PrepareDataset(table, Predicting("z")); }),
            "target \"z\": the data has no such column; did you mean \"x\"?");
  table.columns[1].codes[2] = 2;
  EXPECT_EQ(ErrorOf([&] { PrepareDataset(table, Predicting("y")); }),
            "the data: column \"t\" has the code 2 in row 3, but 2 levels");
  table.columns[1].codes.pop_back();
  EXPECT_EQ(ErrorOf([&] { PrepareDataset(table, Predicting("y")); }),
            "the data: column \"t\" has 3 values for 4 rows");
}

TEST(Dataset, WantsNoLogarithmOfText) {
  DataOptions options = Predicting("t");
  options.log_target = true;
  const Table table = MakeTable({Numbers("x", {1, 2, 3, 4}), Text("t", {0, 1, 0, 1}, {"a", "b"})});
  EXPECT_EQ(ErrorOf([&] { PrepareDataset(table, options); }),
            "target \"t\" holds text such as \"a\", which has no logarithm; leave out log_target");
  options.task = Task::kClassification;
  EXPECT_EQ(ErrorOf([&] { PrepareDataset(table, options); }),
            "log_target needs a regression; leave out one of the two");
}

TEST(Dataset, LeavesOutTextInWhichMostRowsHaveALevelOfTheirOwn) {
  const Dataset most = PrepareDataset(WithText(60, 31, 1), Predicting("y"));
  EXPECT_EQ(Called(most, "name").kind, ColumnSummary::Kind::kLeftOut);
  EXPECT_EQ(FindingOf(Called(most, "name").findings, Kind::kMostlyUnique)->count, 31U);
  EXPECT_EQ(most.design.size(), 1);
  const Dataset half = PrepareDataset(WithText(60, 30, 1), Predicting("y"));
  EXPECT_EQ(Called(half, "name").kind, ColumnSummary::Kind::kCategory);
  EXPECT_EQ(FindingOf(Called(half, "name").findings, Kind::kLoneLevels)->count, 30U);
  EXPECT_EQ(half.design.size(), 32);
  DataOptions named = Predicting("y");
  named.categories = {"name"};
  EXPECT_EQ(PrepareDataset(WithText(60, 60, 1), named).design.size(), 62);  // x and 61 levels
}

TEST(Dataset, LeavesOutColumnsOfOneValueUpToRounding) {
  Table table = WithText(40, 0, 2);
  std::vector<double> thirds;
  for (int i = 0; i < 40; ++i) thirds.push_back(i % 3 == 0 ? 0.1 + 0.2 : 0.3);
  table.columns.push_back(Numbers("thirds", thirds));
  const Dataset dataset = PrepareDataset(table, Predicting("y"));
  for (const char* name : {"name", "thirds"}) {
    EXPECT_EQ(Called(dataset, name).kind, ColumnSummary::Kind::kLeftOut) << name;
    EXPECT_NE(FindingOf(Called(dataset, name).findings, Kind::kConstant), nullptr) << name;
  }
  EXPECT_EQ(dataset.design.size(), 1);
}

TEST(Dataset, KeepsWhatVariesByLittleButTruly) {
  EXPECT_TRUE(VariesBeyondRounding(1e9, 1e9 + 1.0));
  EXPECT_TRUE(VariesBeyondRounding(-1e-12, 1e-12));
  EXPECT_TRUE(VariesBeyondRounding(0.0, 5e-324));
  EXPECT_TRUE(VariesBeyondRounding(1.0, 1.0 + 1e-14));
  EXPECT_FALSE(VariesBeyondRounding(0.3, 0.1 + 0.2));
  EXPECT_FALSE(VariesBeyondRounding(-7.0, -7.0));
}

TEST(Dataset, LeavesOutRowsOfWeightZeroFirst) {
  Table table = WithText(50, 0, 3);
  std::vector<double> weights(50, 2.0);
  for (int i = 0; i < 50; i += 10) weights[static_cast<std::size_t>(i)] = 0.0;
  table.columns.push_back(Numbers("w", weights));
  DataOptions options = Predicting("y");
  options.weight = "w";
  const Dataset dataset = PrepareDataset(table, options);
  EXPECT_EQ(dataset.rows_dropped, 5U);
  EXPECT_EQ(dataset.weights, Vector::Constant(45, 2.0));
  EXPECT_EQ(Called(dataset, "w").role, ColumnSummary::Role::kWeight);
  EXPECT_EQ(dataset.design.size(), 1);
  ASSERT_EQ(dataset.findings.size(), 1U);
  EXPECT_EQ(dataset.findings[0].kind, Finding::Kind::kRowsWithoutWeight);
  EXPECT_EQ(dataset.findings[0].count, 5U);
  EXPECT_EQ(dataset.findings[0].number, 50.0);
}

TEST(Dataset, RefusesWeightsThatAreNone) {
  const auto message = [](std::vector<double> weights) {
    Table table = WithText(4, 0, 4);
    table.columns.push_back(Numbers("w", std::move(weights)));
    DataOptions options = Predicting("y");
    options.weight = "w";
    return ErrorOf([&] { PrepareDataset(table, options); });
  };
  EXPECT_EQ(message({1, 2, -1, 1}),
            "made.csv: weight \"w\" is -1 in row 3; weights are numbers from 0 up");
  EXPECT_EQ(message({1, NAN, 1, 1}),
            "made.csv: weight \"w\" is missing in row 2; write 0 to leave a row out");
  EXPECT_EQ(message({0, 0, 0, 1}), "made.csv: 1 of 4 rows can be used; at least 2 are needed");
  EXPECT_EQ(message({1e-13, 1, 1, 1}),
            "made.csv: weight \"w\" goes from 1e-13 to 1, too far to add up; weights lie between "
            "1e-12 and 1e12, at most a factor of 1e12 apart");
}

TEST(Dataset, RefusesAColumnOfTwoParts) {
  DataOptions options = Predicting("y");
  options.weight = "y";
  EXPECT_EQ(ErrorOf([&] { PrepareDataset(WithText(20, 0, 5), options); }),
            "weight \"y\": that is the target");
  options.weight = "x";
  options.group = "x";
  EXPECT_EQ(ErrorOf([&] { PrepareDataset(WithText(20, 0, 5), options); }),
            "group \"x\": that is the weight");
  options = Predicting("y");
  options.ignore = {"y"};
  EXPECT_EQ(ErrorOf([&] { PrepareDataset(WithText(20, 0, 5), options); }),
            "ignore \"y\": that is the target");
  options = Predicting("y");
  options.categories = {"nam"};
  EXPECT_EQ(ErrorOf([&] { PrepareDataset(WithText(20, 0, 5), options); }),
            "categories \"nam\": made.csv has no such column; did you mean \"name\"?");
}

// Columns that were made from the target, in ways that people meet.
// With a group a fold, or a row a fold, drawing again can bring nothing new.
TEST(Dataset, LeavesOutRoundsWithTheSameFolds) {
  std::vector<double> x;
  std::vector<double> y;
  std::vector<double> site;
  for (int i = 0; i < 24; ++i) {
    x.push_back(std::sin(i));
    y.push_back(std::cos(3.0 * i));
    site.push_back(i % 4);
  }
  const Table table = testing::MakeTable(
      {testing::Numbers("x", x), testing::Numbers("site", site), testing::Numbers("y", y)});
  DataOptions options;
  options.target = "y";
  EXPECT_EQ(PrepareDataset(table, options).folds.size(), 5U);
  options.folds = 24;
  EXPECT_EQ(PrepareDataset(table, options).folds.size(), 1U);
  options.group = "site";
  options.folds = 4;
  EXPECT_EQ(PrepareDataset(table, options).folds.size(), 1U);
  options.folds = 2;  // three ways to halve four sites
  options.rounds = 50;
  EXPECT_EQ(PrepareDataset(table, options).folds.size(), 3U);
}

TEST(Leaks, AreFoundInNumbersTextAndClasses) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    Random random(seed);
    std::vector<double> honest, fee, y, over, rank;
    std::vector<int32_t> band;
    for (int i = 0; i < 2000; ++i) {
      honest.push_back(random.Normal());
      y.push_back(1e4 * (3.0 + honest.back() + 0.5 * random.Normal()));
      fee.push_back(0.06 * y.back() + 5.0 * random.Normal());
      over.push_back(y.back() > 3e4 ? 1.0 : 0.0);
      rank.push_back(y.back() * y.back() * y.back());
      band.push_back(y.back() > 3e4 ? 1 : 0);
    }
    const Table numbers =
        MakeTable({Numbers("honest", honest), Numbers("fee", fee), Numbers("y", y)});
    const Dataset regression = PrepareDataset(numbers, Predicting("y"));
    EXPECT_EQ(FindingOf(Called(regression, "honest").findings, Kind::kLeak), nullptr);
    const Finding* leak = FindingOf(Called(regression, "fee").findings, Kind::kLeak);
    ASSERT_NE(leak, nullptr);
    EXPECT_GT(leak->number, 0.995);
    EXPECT_LT(leak->number, 1.0);
    const Table classes = MakeTable({Numbers("honest", honest), Numbers("rank", rank),
                                     Text("band", band, {"high", "low"}), Numbers("over", over)});
    const Dataset classification = PrepareDataset(classes, Predicting("over"));
    EXPECT_EQ(FindingOf(Called(classification, "honest").findings, Kind::kLeak), nullptr);
    ASSERT_NE(FindingOf(Called(classification, "band").findings, Kind::kLeak), nullptr);
    EXPECT_EQ(FindingOf(Called(classification, "band").findings, Kind::kLeak)->number, 1.0);
    EXPECT_NE(FindingOf(Called(classification, "rank").findings, Kind::kLeak), nullptr);
  }
}

TEST(Leaks, AreNotSeenInARareClassThatNoColumnTells) {
  Random random(9);
  std::vector<double> x, y;
  for (int i = 0; i < 2000; ++i) {
    x.push_back(random.Normal());
    y.push_back(i % 400 == 0 ? 1.0 : 0.0);  // 99.75 % are 0
  }
  const Dataset dataset =
      PrepareDataset(MakeTable({Numbers("x", x), Numbers("y", y)}), Predicting("y"));
  EXPECT_EQ(FindingOf(Called(dataset, "x").findings, Kind::kLeak), nullptr);
}

TEST(Duplicates, AreCountedWhereNumbersMakeThemOdd) {
  Random random(10);
  std::vector<double> x, y;
  for (int i = 0; i < 200; ++i) {
    x.push_back(random.Normal());
    y.push_back(random.Normal());
  }
  for (int i = 0; i < 30; ++i) {
    x.push_back(x[static_cast<std::size_t>(i)]);
    y.push_back(y[static_cast<std::size_t>(i)]);
  }
  const Dataset dataset =
      PrepareDataset(MakeTable({Numbers("x", x), Numbers("y", y)}), Predicting("y"));
  ASSERT_NE(FindingOf(dataset.findings, Kind::kDuplicateRows), nullptr);
  EXPECT_EQ(FindingOf(dataset.findings, Kind::kDuplicateRows)->count, 30U);
  std::size_t split = 0;
  for (std::size_t i = 0; i < 30; ++i)
    split += dataset.folds[0].of_row[i] != dataset.folds[0].of_row[200 + i] ? 1 : 0;
  EXPECT_EQ(FindingOf(dataset.findings, Kind::kSplitDuplicates)->count, split);
}

// Of three equal rows two are in one fold: each of the repeats has an equal row in the other one.
TEST(Duplicates, SplitFoldsCountWhoeverIsTrainedOn) {
  Random random(12);
  std::vector<double> x, y, fold;
  for (int i = 0; i < 100; ++i) {
    const double cell = random.Normal();
    const double target = random.Normal();
    for (int copy = 0; copy < (i < 4 ? 3 : 1); ++copy) {
      x.push_back(cell);
      y.push_back(target + (i < 4 ? 0.0 : 1.0));
      fold.push_back(i < 4 ? copy / 2 : i % 2);
    }
  }
  const Table table = MakeTable({Numbers("x", x), Numbers("f", fold), Numbers("y", y)});
  DataOptions options = Predicting("y");
  options.fold_column = "f";
  const Dataset dataset = PrepareDataset(table, options);
  ASSERT_NE(FindingOf(dataset.findings, Kind::kSplitDuplicates), nullptr);
  EXPECT_EQ(FindingOf(dataset.findings, Kind::kDuplicateRows)->count, 8U);
  EXPECT_EQ(FindingOf(dataset.findings, Kind::kSplitDuplicates)->count, 8U);
  // In order the first block trains the second alone.
  options.fold_column = "";
  options.time = "f";
  std::vector<double> later = fold;
  for (double& value : later) value += 1.0;
  Table ordered = MakeTable({Numbers("x", x), Numbers("f", later), Numbers("y", y)});
  for (std::size_t i = 0; i < 12; ++i) ordered.columns[1].numbers[i] = 1.0 + (i % 3 == 2 ? 1 : 0);
  for (std::size_t i = 12; i < 40; ++i) ordered.columns[1].numbers[i] = 3.0;
  options.folds = 2;
  const Dataset blocks = PrepareDataset(ordered, options);
  ASSERT_NE(FindingOf(blocks.findings, Kind::kSplitDuplicates), nullptr);
  EXPECT_EQ(FindingOf(blocks.findings, Kind::kSplitDuplicates)->count, 4U);
  for (Column& column : ordered.columns)  // newest first: the same rows
    std::reverse(column.numbers.begin(), column.numbers.end());
  const Dataset reversed = PrepareDataset(ordered, options);
  ASSERT_NE(FindingOf(reversed.findings, Kind::kSplitDuplicates), nullptr);
  EXPECT_EQ(FindingOf(reversed.findings, Kind::kSplitDuplicates)->count, 4U);
}

TEST(Duplicates, AreNoNewsInATableOfCategories) {
  Random random(11);
  std::vector<int32_t> a;
  std::vector<double> b, y;
  for (int i = 0; i < 500; ++i) {
    a.push_back(static_cast<int32_t>(random.Below(3)));
    b.push_back(static_cast<double>(random.Below(4)));
    y.push_back(static_cast<double>(random.Below(2)));
  }
  const Dataset dataset =
      PrepareDataset(MakeTable({Text("a", a, {"p", "q", "r"}), Numbers("b", b), Numbers("y", y)}),
                     Predicting("y"));
  EXPECT_EQ(FindingOf(dataset.findings, Kind::kDuplicateRows), nullptr);
}

}  // namespace
}  // namespace halflife
