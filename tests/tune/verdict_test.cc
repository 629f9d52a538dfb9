#include "tune/verdict.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "base/special.h"
#include "support/notes.h"

namespace halflife {
namespace {

// Ten folds whose losses at decay .1 lie `gain` below those at 0, give or take; it is chosen in
// every fold, for it has the lower training loss.
Sweep SweepOfFolds(double gain, double spread) {
  Sweep sweep;
  sweep.trials = {{0.0, {}}, {0.1, {}}};
  sweep.best = 1;
  for (int f = 0; f < 10; ++f) {
    const double wobble = spread * (f % 2 == 0 ? 1.0 : -1.0);
    sweep.folds.push_back(f);
    sweep.trials[0].folds.push_back({0.5, 1.0, {}});
    sweep.trials[1].folds.push_back({0.5 - std::max(0.0, -2.0 * gain), 1.0 - gain + wobble, {}});
    sweep.null_scores.push_back({2.0, 2.0, {}});
  }
  return sweep;
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

Verdict JudgeTenFolds(double gain, double spread) {
  return Judge(SweepOfFolds(gain, spread), TenFolds(), std::nullopt);
}

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
  EXPECT_EQ(JudgeTenFolds(0.1, 0.01).label, VerdictLabel::kHelps);
  EXPECT_EQ(JudgeTenFolds(0.001, 0.1).label, VerdictLabel::kNoDetectableEffect);
}

// Nadeau and Bengio (2003): a fold of K holds out 1/(K - 1) of what it trains on, so the variance
// is (1/K + 1/(K - 1)) s^2, here with s^2 = 10/9 spread^2 of gains that are the mean +- the spread.
TEST(Verdict, TheIntervalIsThatOfFoldsWhichHoldOutANinthOfTheirTrainingRows) {
  const double spread = 0.125;
  const Verdict verdict = JudgeTenFolds(0.25, spread);
  const double error = std::sqrt((1.0 / 10 + 1.0 / 9) * 10 / 9) * spread;
  // The numbers are of size 1 and rounded a few dozen times; the quantile is good to 1e-10 of
  // itself (statistics_test.cc). Five gains lie on either side: there is no skewness but rounding.
  const double reach = StudentQuantile(0.975, 9) * error;
  EXPECT_NEAR(verdict.improvement, 0.25, 64 * 0x1p-52);
  EXPECT_NEAR(verdict.ci95[0], 0.25 - reach, 64 * 0x1p-52 + 1e-10 * reach);
  EXPECT_NEAR(verdict.ci95[1], 0.25 + reach, 64 * 0x1p-52 + 1e-10 * reach);
  EXPECT_NEAR(verdict.minimum_detectable, reach + StudentQuantile(0.8, 9) * error,
              64 * 0x1p-52 + 1e-10 * reach);
  EXPECT_EQ(verdict.baseline_loss, 1.0);
  EXPECT_EQ(verdict.negligible_band, 0.01);
  // With a baseline that does not vary the percentages are the losses.
  EXPECT_NEAR(verdict.gain_percent->mean, 25.0, 1e-12);
  EXPECT_NEAR(verdict.gain_percent->ci95[0], 100.0 * verdict.ci95[0], 1e-10);
  EXPECT_NEAR(verdict.gain_percent->ci95[1], 100.0 * verdict.ci95[1], 1e-10);
}

TEST(Verdict, AGainBelowAHundredthIsSaidToBeNegligible) {
  EXPECT_TRUE(testing::Holds(testing::NotesOf(JudgeTenFolds(0.009, 1e-4), false), "negligible"));
  EXPECT_FALSE(testing::Holds(testing::NotesOf(JudgeTenFolds(0.011, 1e-4), false), "negligible"));
  EXPECT_GT(*JudgeTenFolds(0.005, 1e-4).chance_negligible, 0.99);
  EXPECT_LT(*JudgeTenFolds(0.02, 1e-4).chance_negligible, 0.01);
}

// Where the baseline is chosen in a fold nothing is gained there.
TEST(Verdict, FoldsThatChooseTheBaselineGainNothing) {
  const Sweep sweep = SweepOfFolds(-0.3, 0.1);  // decay .1 does worse, and its estimate says so
  Sweep chosen = sweep;
  for (FoldScore& fold : chosen.trials[1].folds) fold.train_loss = 0.5;
  chosen.best = 0;
  const Verdict verdict = Judge(chosen, TenFolds(), std::nullopt);
  EXPECT_EQ(verdict.improvement, 0.0);
  EXPECT_EQ(verdict.chose_baseline->count, 10);
  EXPECT_EQ(verdict.label, VerdictLabel::kNoDetectableEffect);
  EXPECT_TRUE(testing::Holds(testing::NotesOf(verdict, false), "no other decay did better"));
}

// A lone decay that was asked for is compared with none, whatever it does.
TEST(Verdict, ADecayThatWasAskedForCanHurt) {
  Sweep sweep = SweepOfFolds(-0.1, 0.01);
  sweep.baseline = sweep.trials[0];
  sweep.trials.erase(sweep.trials.begin());
  sweep.best = 0;
  const Verdict verdict = Judge(sweep, TenFolds(), std::nullopt);
  EXPECT_EQ(verdict.label, VerdictLabel::kHurts);
  EXPECT_NEAR(verdict.improvement, -0.1, 1e-15);
  EXPECT_LT(verdict.ci95[1], 0.0);
}

TEST(Verdict, ComparesWithTheDecayInUseAndTheTextbooks) {
  Sweep sweep = SweepOfFolds(0.2, 0.01);
  sweep.beside = {{0.01, {}}, {3.0, {}}};
  for (int f = 0; f < 10; ++f) {
    sweep.beside[0].folds.push_back({0.5, 0.95, {}});
    sweep.beside[1].folds.push_back({0.5, 1.5, {}});
  }
  const Verdict verdict = Judge(sweep, TenFolds(), 3.0);
  ASSERT_TRUE(verdict.over_current);
  EXPECT_EQ(verdict.over_current->decay, 3.0);
  EXPECT_NEAR(verdict.over_current->gain.improvement, 0.7, 1e-12);
  ASSERT_EQ(verdict.textbook.size(), 1U);
  EXPECT_EQ(verdict.textbook[0].decay, 0.01);
  EXPECT_NEAR(verdict.textbook[0].gain.improvement, 0.05, 1e-12);
  EXPECT_NEAR(verdict.textbook[0].gain.percent->mean, 5.0, 1e-10);
}

TEST(Verdict, OfOneDecayAloneOnlyTheValuesBesideItAreTold) {
  Sweep sweep = SweepOfFolds(0.2, 0.01);
  sweep.beside = {std::move(sweep.trials[1])};
  sweep.beside[0].decay = 0.001;
  sweep.trials.resize(1);
  sweep.best = 0;
  const Verdict verdict = Judge(sweep, TenFolds(), std::nullopt);
  EXPECT_TRUE(std::isnan(verdict.improvement));
  EXPECT_FALSE(verdict.gain_percent);
  ASSERT_EQ(verdict.textbook.size(), 1U);
  EXPECT_NEAR(verdict.textbook[0].gain.improvement, 0.2, 1e-12);
}

TEST(Verdict, SaysFromWhereOnItUnderfits) {
  Sweep sweep = SweepOfFolds(0.1, 0.01);
  for (const double decay : {1.0, 10.0, 100.0}) {
    sweep.trials.push_back({decay, {}});
    for (int f = 0; f < 10; ++f)
      sweep.trials.back().folds.push_back(
          {0.6, 0.9 + 0.15 * std::log10(decay) + 0.01 * (f % 2), {}});
  }
  const Verdict verdict = Judge(sweep, TenFolds(), std::nullopt);
  EXPECT_TRUE(testing::Holds(testing::NotesOf(verdict, false), "underfits from decay 10 on"));
  EXPECT_TRUE(testing::Holds(testing::NotesOf(verdict, false), "flat: from 0.1 to 1"));
}

// Worse beyond chance, but by half a hundredth: that is nothing to speak of.
TEST(Verdict, WhatIsNegligiblyWorseDoesNotUnderfit) {
  Sweep sweep = SweepOfFolds(0.1, 0.01);
  sweep.trials.push_back({1.0, {}});
  for (int f = 0; f < 10; ++f) sweep.trials.back().folds.push_back({0.6, 1.005, {}});
  EXPECT_FALSE(
      testing::Holds(testing::NotesOf(Judge(sweep, TenFolds(), std::nullopt), false), "underfits"));
  for (FoldScore& fold : sweep.trials.back().folds) fold.validation_loss = 1.02;
  EXPECT_TRUE(testing::Holds(testing::NotesOf(Judge(sweep, TenFolds(), std::nullopt), false),
                             "underfits from decay 1 on"));
}

}  // namespace
}  // namespace halflife
