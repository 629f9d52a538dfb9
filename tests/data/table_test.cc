#include "halflife/table.h"

#include <gtest/gtest.h>

#include <cmath>

namespace halflife {
namespace {

Table SmallTable() {
  Table table;
  table.rows = 3;
  table.columns.resize(2);
  table.columns[0].name = "age";
  table.columns[0].numbers = {1.0, std::nan(""), 3.0};
  table.columns[1].name = "city";
  table.columns[1].kind = Column::Kind::kText;
  table.columns[1].codes = {Column::kMissing, 0, Column::kMissing};
  table.columns[1].levels = {"Oslo"};
  return table;
}

TEST(Table, MissingCellsAreFoundInNumbersAndInText) {
  const Table table = SmallTable();
  EXPECT_FALSE(table.columns[0].missing(0));
  EXPECT_TRUE(table.columns[0].missing(1));
  EXPECT_EQ(table.columns[0].missing_count(), 1U);
  EXPECT_TRUE(table.columns[1].missing(0));
  EXPECT_FALSE(table.columns[1].missing(1));
  EXPECT_EQ(table.columns[1].missing_count(), 2U);
}

TEST(Table, ColumnsHaveAsManyRowsAsTheirKindStores) {
  const Table table = SmallTable();
  EXPECT_EQ(table.columns[0].rows(), 3U);
  EXPECT_EQ(table.columns[1].rows(), 3U);
  EXPECT_EQ(Column().rows(), 0U);
}

TEST(Table, ColumnsAreFoundByTheirWholeName) {
  const Table table = SmallTable();
  EXPECT_EQ(table.Find("age"), 0);
  EXPECT_EQ(table.Find("city"), 1);
  EXPECT_EQ(table.Find("Age"), -1);
  EXPECT_EQ(table.Find(""), -1);
  EXPECT_EQ(table.names(), (std::vector<std::string>{"age", "city"}));
}

}  // namespace
}  // namespace halflife
