#include "tune/verdict.h"

#include <gtest/gtest.h>

namespace halflife {
namespace {

// Ten folds whose losses at the best decay lie `gain` below those at the baseline, give or take.
Comparison Compare(double gain, double spread) {
  Comparison comparison;
  comparison.best = 0.1;
  for (int f = 0; f < 10; ++f) {
    const double wobble = spread * (f % 2 == 0 ? 1.0 : -1.0);
    comparison.baseline_scores.push_back({0.5, 1.0, 0.0});
    comparison.best_scores.push_back({0.6, 1.0 - gain + wobble, 0.0});
  }
  return comparison;
}

Verdict JudgeTenFolds(const Comparison& comparison) {
  Dataset dataset;
  dataset.folds.resize(1);
  dataset.folds[0].count = 10;
  return Judge(comparison, dataset);
}

TEST(Verdict, LabelsFollowTheInterval) {
  EXPECT_EQ(JudgeTenFolds(Compare(0.1, 0.01)).label, "helps");
  EXPECT_EQ(JudgeTenFolds(Compare(0.001, 0.1)).label, "no detectable effect");
  EXPECT_EQ(JudgeTenFolds(Compare(-0.1, 0.01)).label, "hurts");
}

TEST(Verdict, ReportsTheImprovementWithItsSign) {
  const Verdict verdict = JudgeTenFolds(Compare(-0.1, 0.01));
  EXPECT_NEAR(verdict.improvement, -0.1, 1e-15);
  EXPECT_LT(verdict.ci95[1], 0.0);
  EXPECT_LT(verdict.p_value, 0.05);
  EXPECT_GT(verdict.minimum_detectable, 0.0);
}

TEST(Verdict, NotesSayThatItIsInterimAndHowTheBestWasChosen) {
  const Verdict verdict = JudgeTenFolds(Compare(0.1, 0.01));
  ASSERT_EQ(verdict.notes.size(), 2U);
  EXPECT_EQ(verdict.notes[0],
            "interim test: paired differences of 10 folds between decay 0.1 and decay 0, with the "
            "correction of Nadeau and Bengio "
            "for training rows that folds share");
  EXPECT_NE(verdict.notes[1].find("optimistic"), std::string::npos);
}

TEST(Verdict, SaysUnderfitsWhenTrainingAndValidationAreBothWorse) {
  const Verdict verdict = JudgeTenFolds(Compare(-0.1, 0.01));
  EXPECT_NE(verdict.notes.back().find("underfits"), std::string::npos);
}

}  // namespace
}  // namespace halflife
