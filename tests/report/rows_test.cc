#include "report/rows.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "report/sample_result.h"

namespace halflife {
namespace {

using Marks = std::vector<std::string>;

TEST(RowsShown, AreAboutADozenWithBothEndsTheBestAndTheOneSe) {
  TuneResult result = RegressionSample();
  for (result.best = 0; result.best < static_cast<int>(result.grid.size()); ++result.best) {
    const std::vector<std::size_t> rows = RowsShown(result);
    EXPECT_GE(rows.size(), 7U);
    EXPECT_LE(rows.size(), 14U);
    EXPECT_TRUE(std::is_sorted(rows.begin(), rows.end()));
    for (const int needed :
         {0, result.best, result.one_se, static_cast<int>(result.grid.size()) - 1}) {
      EXPECT_TRUE(std::binary_search(rows.begin(), rows.end(), static_cast<std::size_t>(needed)));
    }
  }
}

TEST(RowsShown, AreAllOfAShortGrid) {
  EXPECT_EQ(RowsShown(FlatSample({0.0, 0.1, 1.0}, 1.0)), (std::vector<std::size_t>{0, 1, 2}));
}

TEST(TableRows, MarkTheBaselineTheBestAndTheOneSe) {
  const std::vector<TableRow> rows = TableRows(RegressionSample());
  EXPECT_EQ(rows.front().decay, "0");
  EXPECT_EQ(rows.front().marks, (Marks{"baseline"}));
  EXPECT_EQ(std::count_if(rows.begin(), rows.end(),
                          [](const TableRow& row) { return row.marks == Marks{"best"}; }),
            1);
  EXPECT_EQ(TableRows(FlatSample({0.0}, 1.0)).front().marks, (Marks{"baseline", "best", "one-SE"}));
}

TEST(TableRows, LossesOfATableHaveTheSameDecimals) {
  for (const TableRow& row : TableRows(RegressionSample())) {
    EXPECT_EQ(row.validation.size() - row.validation.find('.'), 6U) << row.validation;
    EXPECT_EQ(row.train.size() - row.train.find('.'), 6U) << row.train;
  }
}

TEST(TableRows, HugeLossesGetAnExponent) {
  EXPECT_EQ(TableRows(FlatSample({0.0}, 1.25e300)).front().validation, "1.250e+300");
}

}  // namespace
}  // namespace halflife
