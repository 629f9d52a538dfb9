#include "data/encoding.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "halflife/error.h"
#include "support/cells.h"
#include "support/tables.h"

namespace halflife {
namespace {

using testing::CellsOf;
using testing::MakeTable;
using testing::Numbers;
using testing::Text;

std::vector<std::string> Names(const Design& design) {
  std::vector<std::string> names;
  for (const Feature& feature : design.features) names.push_back(feature.name());
  return names;
}

Table Mixed() {
  return MakeTable({Numbers("size", {1.0, NAN, 3.0, 8.0}),
                    Text("colour", {1, 0, -1, 1}, {"blue", "red"}),
                    Numbers("whole", {5.0, 6.0, 7.0, 8.0}), Numbers("y", {0.0, 1.0, 2.0, 3.0})});
}

TEST(Encoding, GivesEveryLevelAndEveryGapAColumn) {
  const Design design = Encode(Mixed(), {"y"}, MissingPolicy::kIndicator);
  EXPECT_EQ(Names(design), (std::vector<std::string>{"size", "size=missing", "colour=blue",
                                                     "colour=red", "colour=missing", "whole"}));
  EXPECT_EQ(design.indicator, (std::vector<int>{1, -1, -1, -1, -1, -1}));
  EXPECT_EQ(CellsOf(design).row(1), (Eigen::RowVectorXd(4) << 0, 1, 0, 0).finished());
  EXPECT_EQ(CellsOf(design).row(3), (Eigen::RowVectorXd(4) << 1, 0, 0, 1).finished());
  EXPECT_EQ(CellsOf(design).row(4), (Eigen::RowVectorXd(4) << 0, 0, 1, 0).finished());
}

TEST(Encoding, NumbersStandLessTheirOriginAndGapsAsZero) {
  const Design design = Encode(Mixed(), {"y"}, MissingPolicy::kIndicator);
  EXPECT_EQ(design.origin[0], 3.0);  // the median
  EXPECT_EQ(CellsOf(design).row(0), (Eigen::RowVectorXd(4) << -2, 0, 0, 5).finished());
}

TEST(Encoding, UnderTheMeanPolicyTheIndicatorIsOnlyAHelper) {
  const Design design = Encode(Mixed(), {"y"}, MissingPolicy::kMean);
  EXPECT_TRUE(design.helper[1]);
  EXPECT_EQ(std::count(design.helper.begin(), design.helper.end(), true), 1);
}

TEST(Encoding, RefusesATableWithNothingToPredictFrom) {
  EXPECT_THROW(Encode(MakeTable({Numbers("y", {1, 2})}), {"y"}, MissingPolicy::kIndicator), Error);
}

TEST(Encoding, RefusesNumbersWhoseSquareIsInfinite) {
  EXPECT_THROW(Encode(MakeTable({Numbers("x", {1, 1e200}), Numbers("y", {1, 2})}), {"y"},
                      MissingPolicy::kIndicator),
               Error);
}

TEST(Encoding, SelectRowsKeepsOrderAndLevels) {
  const Table chosen = SelectRows(Mixed(), {3, 0});
  EXPECT_EQ(chosen.rows, 2U);
  EXPECT_EQ(chosen.columns[0].numbers, (std::vector<double>{8.0, 1.0}));
  EXPECT_EQ(chosen.columns[1].codes, (std::vector<int32_t>{1, 1}));
}

}  // namespace
}  // namespace halflife
