// What is said of the rules that hold no folds out.
#include "report/criteria_words.h"

#include <gtest/gtest.h>

#include "report/sample_result.h"

namespace halflife {
namespace {

const std::string kTrust =
    " Trust cross-validation: GCV and the evidence assume noise of one size in every row.";

// Five decays from 0 to 1, all rules known but for the evidence without decay; the best is 0.1.
TuneResult FiveDecays() {
  TuneResult result = FlatSample({0.0, 0.001, 0.01, 0.1, 1.0}, 1.0);
  const double losses[] = {1.0, 0.9, 0.7, 0.6, 0.8};
  for (std::size_t i = 0; i < result.grid.size(); ++i) {
    GridPoint& point = result.grid[i];
    point.validation.mean = losses[i];
    point.loo = losses[i];
    point.gcv = losses[i];
    if (i > 0) point.log_evidence = -losses[i];
  }
  result.best = 3;
  return result;
}

TEST(OtherRules, AllThreeAreNamedBesideCrossValidation) {
  TuneResult result = FiveDecays();
  result.grid[2].log_evidence = -0.1;
  EXPECT_EQ(OtherRulesSentence(result),
            "On all rows, without folds, leave-one-out would choose 0.1, GCV 0.1 and the evidence "
            "0.01; cross-validation has 0.1." +
                kTrust);
}

TEST(OtherRules, ATieIsTheLargestAsInCrossValidation) {
  TuneResult result = FiveDecays();
  for (GridPoint& point : result.grid) point.loo = point.gcv = 0.5;
  for (GridPoint& point : result.grid) point.log_evidence.reset();
  EXPECT_EQ(OtherRulesSentence(result),
            "On all rows, without folds, leave-one-out would choose 1 (the largest tried) and GCV "
            "1 (the largest tried); cross-validation has 0.1." +
                kTrust);
}

TEST(OtherRules, AnEdgeIsOneButZeroIsNone) {
  TuneResult result = FiveDecays();
  result.grid[0].loo = 0.1;
  result.grid[4].gcv = 0.1;
  result.grid[1].log_evidence = 0.1;
  EXPECT_EQ(OtherRulesSentence(result),
            "On all rows, without folds, leave-one-out would choose 0, GCV 1 (the largest tried) "
            "and the evidence 0.001; cross-validation has 0.1." +
                kTrust);
  result.grid.erase(result.grid.begin());
  result.best = 2;
  result.grid[0].loo = 0.1;
  EXPECT_EQ(OtherRulesSentence(result),
            "On all rows, without folds, leave-one-out would choose 0.001 (the smallest tried), "
            "GCV 1 (the largest tried) and the evidence 0.001 (the smallest tried); "
            "cross-validation has 0.1." +
                kTrust);
}

TEST(OtherRules, WhatIsNotKnownEverywhereSaysSo) {
  TuneResult result = FiveDecays();
  result.grid[3].loo.reset();
  result.grid[4].log_evidence.reset();
  EXPECT_EQ(OtherRulesSentence(result),
            "On all rows, without folds, leave-one-out would choose 0.01 (of the 4 where it is "
            "known), GCV 0.1 and the evidence 0.1 (of the 3 where it is known); cross-validation "
            "has 0.1.");
}

TEST(OtherRules, OfClassesLeaveOneOutIsCalledApproximate) {
  const std::string text = OtherRulesSentence(ClassificationSample());
  EXPECT_EQ(text.find("On all rows, without folds, approximate leave-one-out would choose "), 0U);
  EXPECT_EQ(text.find("GCV"), std::string::npos);
}

TEST(OtherRules, NothingIsSaidWhereThereIsNoChoice) {
  TuneResult result = FiveDecays();
  result.verdict.signal.none = true;
  result.verdict.label = VerdictLabel::kNoSignal;
  EXPECT_EQ(OtherRulesSentence(result), "");
  EXPECT_EQ(OtherRulesSentence(FlatSample({0.0, 1.0}, 0.5)), "");
  EXPECT_EQ(OtherRulesSentence(NetSample()), "");
  result = FiveDecays();
  result.grid.resize(1);
  result.best = 0;
  EXPECT_EQ(OtherRulesSentence(result), "");
}

TEST(OtherRules, FoldsThatKeepRowsTogetherAreTold) {
  TuneResult result = FiveDecays();
  ColumnSummary column;
  column.name = "patient";
  column.role = ColumnSummary::Role::kGroup;
  result.data.column_list.push_back(column);
  EXPECT_NE(OtherRulesSentence(result).find("They take each row by itself, as these folds do not."),
            std::string::npos);
}

}  // namespace
}  // namespace halflife
