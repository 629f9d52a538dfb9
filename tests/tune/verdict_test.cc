#include "tune/verdict.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/special.h"
#include "support/notes.h"

namespace halflife {
namespace {

// Ten folds whose losses at the best decay lie `gain` below those at the baseline, give or take.
Comparison CompareFolds(double gain, double spread) {
  Comparison comparison;
  comparison.best = 0.1;
  for (int f = 0; f < 10; ++f) {
    const double wobble = spread * (f % 2 == 0 ? 1.0 : -1.0);
    comparison.baseline_scores.push_back({0.5, 1.0, {}});
    comparison.best_scores.push_back({0.6, 1.0 - gain + wobble, {}});
  }
  return comparison;
}

// Ten folds of two rows each.
Dataset TenFolds() {
  Dataset dataset;
  dataset.folds.resize(1);
  dataset.folds[0].count = 10;
  for (int row = 0; row < 20; ++row) dataset.folds[0].of_row.push_back(row % 10);
  dataset.weights = Vector::Ones(20);
  return dataset;
}

Verdict JudgeTenFolds(const Comparison& comparison) { return Judge(comparison, TenFolds()); }

TEST(HeldToTraining, IsTheMeanRatioOfWeights) {
  Dataset dataset = TenFolds();
  EXPECT_NEAR(HeldToTraining(dataset), 1.0 / 9.0, 1e-15);
  dataset.weights(0) = 5.0;  // fold 0 holds 6 of 24, the other nine 2 of 24 each
  EXPECT_NEAR(HeldToTraining(dataset), (6.0 / 18.0 + 9.0 * 2.0 / 22.0) / 10.0, 1e-15);
  dataset.weights(0) = 1.0;
  dataset.folds[0].ordered = true;  // each fold trains on those before it
  for (int& fold : dataset.folds[0].of_row) --fold;
  dataset.folds[0].count = 9;
  double ratio = 0.0;
  for (int f = 0; f < 9; ++f) ratio += 2.0 / (2.0 * (f + 1)) / 9.0;
  EXPECT_NEAR(HeldToTraining(dataset), ratio, 1e-15);
}

TEST(Verdict, LabelsFollowTheInterval) {
  EXPECT_EQ(JudgeTenFolds(CompareFolds(0.1, 0.01)).label, VerdictLabel::kHelps);
  EXPECT_EQ(JudgeTenFolds(CompareFolds(0.001, 0.1)).label, VerdictLabel::kNoDetectableEffect);
  EXPECT_EQ(JudgeTenFolds(CompareFolds(-0.1, 0.01)).label, VerdictLabel::kHurts);
}

TEST(Verdict, ReportsTheImprovementWithItsSign) {
  const Verdict verdict = JudgeTenFolds(CompareFolds(-0.1, 0.01));
  EXPECT_NEAR(verdict.improvement, -0.1, 1e-15);
  EXPECT_LT(verdict.ci95[1], 0.0);
  EXPECT_LT(verdict.p_value, 0.05);
  EXPECT_GT(verdict.minimum_detectable, 0.0);
}

// Nadeau and Bengio (2003): a fold of K holds out 1/(K - 1) of what it trains on, so the variance
// is (1/K + 1/(K - 1)) s^2, here with s^2 = 10/9 spread^2 of gains that are the mean +- the spread.
TEST(Verdict, TheIntervalIsThatOfFoldsWhichHoldOutANinthOfTheirTrainingRows) {
  const double spread = 0.125;
  const Verdict verdict = JudgeTenFolds(CompareFolds(0.25, spread));
  const double error = std::sqrt((1.0 / 10 + 1.0 / 9) * 10 / 9) * spread;
  // The numbers are of size 1 and rounded a few dozen times; the quantile is good to 1e-10 of
  // itself (statistics_test.cc).
  const double reach = StudentQuantile(0.975, 9) * error;
  EXPECT_NEAR(verdict.ci95[0], 0.25 - reach, 64 * 0x1p-52 + 1e-10 * reach);
  EXPECT_NEAR(verdict.ci95[1], 0.25 + reach, 64 * 0x1p-52 + 1e-10 * reach);
  EXPECT_NEAR(verdict.minimum_detectable, reach + StudentQuantile(0.8, 9) * error,
              64 * 0x1p-52 + 1e-10 * reach);
}

TEST(Verdict, NotesSayThatItIsInterimAndHowTheBestWasChosen) {
  const Verdict verdict = JudgeTenFolds(CompareFolds(0.1, 0.01));
  const std::vector<std::string> notes = testing::NotesOf(verdict, false);
  ASSERT_EQ(notes.size(), 2U);
  EXPECT_EQ(notes[0],
            "interim test: paired differences of 10 folds between decay 0.1 and decay 0, with the "
            "correction of Nadeau and Bengio "
            "for training rows that folds share");
  EXPECT_NE(notes[1].find("optimistic"), std::string::npos);
}

TEST(Verdict, SaysUnderfitsWhenTrainingAndValidationAreBothWorse) {
  const Verdict verdict = JudgeTenFolds(CompareFolds(-0.1, 0.01));
  EXPECT_TRUE(testing::Holds(testing::NotesOf(verdict, false), "underfits"));
}

}  // namespace
}  // namespace halflife
