#include "tune/training/verdict.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "base/special.h"
#include "support/notes.h"

namespace halflife {
namespace {

// Three seeds and 200 rows: rows differ much, seeds little, and decay takes `gain` off every loss,
// give or take `spread`.
TrainedComparison CompareRuns(double gain, double spread, int seeds = 3) {
  TrainedComparison comparison;
  comparison.baseline = {.decay = 0.0, .lr = 0.01, .train_loss = 0.5, .validation_loss = 1.0};
  comparison.best = {.decay = 0.1, .lr = 0.01, .train_loss = 0.6, .validation_loss = 1.0 - gain};
  comparison.classification = true;
  comparison.averaging_steps = 1000.0;
  comparison.run_steps = 5000;
  for (int s = 0; s < seeds; ++s) {
    Random random(1, static_cast<uint64_t>(s));
    RowLosses baseline;
    RowLosses best;
    for (int i = 0; i < 200; ++i) {
      baseline.losses.push_back(1.0 + 0.5 * std::sin(i));
      best.losses.push_back(baseline.losses.back() - gain + spread * random.Normal());
    }
    baseline.score = 0.8;
    best.score = 0.8 + 0.1 * gain;
    comparison.baseline.test.push_back(baseline);
    comparison.best.test.push_back(best);
  }
  return comparison;
}

bool Notes(const Verdict& verdict, const std::string& text) {
  return testing::Holds(testing::NotesOf(verdict, true), text);
}

TEST(TrainingVerdict, LabelsFollowTheInterval) {
  EXPECT_EQ(JudgeTraining(CompareRuns(0.1, 0.1)).label, VerdictLabel::kHelps);
  EXPECT_EQ(JudgeTraining(CompareRuns(0.0, 0.1)).label, VerdictLabel::kNoDetectableEffect);
  EXPECT_EQ(JudgeTraining(CompareRuns(-0.1, 0.1)).label, VerdictLabel::kHurts);
}

// The baseline's loss is the mean over 200 rows of 1 + .5 sin(row), some hundred roundings.
TEST(TrainingVerdict, TellsTheGainInPercentOfTheBaselinesLoss) {
  double loss = 0.0;
  for (int i = 0; i < 200; ++i) loss += (1.0 + 0.5 * std::sin(i)) / 200.0;
  const Verdict verdict = JudgeTraining(CompareRuns(0.1, 0.1));
  ASSERT_TRUE(verdict.baseline_loss && verdict.gain_percent && verdict.negligible_band);
  EXPECT_NEAR(*verdict.baseline_loss, loss, 1e-13);
  EXPECT_NEAR(verdict.gain_percent->mean, 100.0 * verdict.improvement / loss, 1e-11);
  EXPECT_NEAR(verdict.gain_percent->ci95[0], 100.0 * verdict.ci95[0] / loss, 1e-11);
  EXPECT_NEAR(verdict.gain_percent->ci95[1], 100.0 * verdict.ci95[1] / loss, 1e-11);
  EXPECT_NEAR(*verdict.negligible_band, 0.01 * loss, 1e-13);
  EXPECT_LT(*verdict.chance_negligible, 0.01);
  EXPECT_GT(*JudgeTraining(CompareRuns(0.0, 1e-4)).chance_negligible, 0.99);
}

// Rows differ by far more than decay changes any: unpaired, 200 rows could not tell 0.1 of 1 +-
// 0.35.
TEST(TrainingVerdict, RowsAndSeedsArePaired) {
  TrainedComparison comparison = CompareRuns(0.02, 0.01);
  EXPECT_EQ(JudgeTraining(comparison).label, VerdictLabel::kHelps);
  for (RowLosses& seed : comparison.best.test)
    std::rotate(seed.losses.begin(), seed.losses.begin() + 1, seed.losses.end());
  EXPECT_EQ(JudgeTraining(comparison).label, VerdictLabel::kNoDetectableEffect);
}

TEST(TrainingVerdict, SaysWhatWasComparedOnHowManyRowsAndSeeds) {
  EXPECT_EQ(testing::NotesOf(JudgeTraining(CompareRuns(0.1, 0.1)), true).at(0),
            "Compared: decay 0.1 with decay 0, on the same 200 test rows and 3 seeds, in pairs.");
  TrainedComparison two_rates = CompareRuns(0.1, 0.1);
  two_rates.baseline.lr = 0.03;
  EXPECT_EQ(testing::NotesOf(JudgeTraining(two_rates), true).at(0),
            "Compared: decay 0.1 with decay 0, each at its own best learning rate (0.01 and 0.03), "
            "on the same 200 test rows and 3 seeds, in pairs.");
}

TEST(TrainingVerdict, OneSeedSaysThatChanceInTrainingIsLeftOut) {
  EXPECT_TRUE(Notes(JudgeTraining(CompareRuns(0.1, 0.1, 1)), "--seeds 3"));
  EXPECT_FALSE(Notes(JudgeTraining(CompareRuns(0.1, 0.1, 3)), "--seeds 3"));
}

TEST(TrainingVerdict, SaysUnderfitsWhenTrainingAndValidationAreBothWorse) {
  EXPECT_TRUE(Notes(JudgeTraining(CompareRuns(-0.1, 0.1)), "underfits"));
  TrainedComparison trains_better = CompareRuns(-0.1, 0.1);
  trains_better.best.train_loss = 0.4;
  EXPECT_FALSE(Notes(JudgeTraining(trains_better), "underfits"));
}

TEST(TrainingVerdict, SaysNotActiveYetWhenTheAveragingTimeExceedsTheRun) {
  TrainedComparison comparison = CompareRuns(0.1, 0.1);
  EXPECT_FALSE(Notes(JudgeTraining(comparison), "not active yet"));
  comparison.averaging_steps = 6000.0;
  EXPECT_TRUE(Notes(JudgeTraining(comparison),
                    "decay 0.1 is not active yet: its averaging time, 1/(lr*decay), is 6000 steps, "
                    "and a run has 5000"));
}

// 0.5 % of the loss and 0.05 points of accuracy, with an error far below.
TEST(TrainingVerdict, ATinyDetectableEffectIsSaidToHardlyMatter) {
  const Verdict tiny = JudgeTraining(CompareRuns(0.005, 1e-6));
  EXPECT_EQ(tiny.label, VerdictLabel::kHelps);
  EXPECT_TRUE(Notes(tiny, "it hardly matters: decay changes the loss by 0.5 % and 0.05 points"));
  EXPECT_FALSE(Notes(JudgeTraining(CompareRuns(0.1, 0.1)), "hardly"));
  TrainedComparison accurate = CompareRuns(0.005, 0.001);
  for (RowLosses& seed : accurate.best.test) seed.score = 0.81;
  EXPECT_FALSE(Notes(JudgeTraining(accurate), "hardly"));
  EXPECT_FALSE(Notes(JudgeTraining(CompareRuns(0.0, 0.1)), "hardly"));
}

// One seed, whose 200 rows change by 1, 0 and -1: the mean and the standard error of one sample.
TEST(TrainingVerdict, TheChangeOfAccuracyIsThatOfItsRows) {
  TrainedComparison comparison = CompareRuns(0.1, 0.1, 1);
  std::vector<double> before;
  std::vector<double> after;
  std::vector<double> changes;
  for (int i = 0; i < 200; ++i) {
    before.push_back(i % 5 == 0 ? 0.0 : 1.0);
    after.push_back(i % 7 == 0 ? 0.0 : 1.0);
    changes.push_back(after.back() - before.back());
  }
  EXPECT_FALSE(ScoreChangeOf(comparison, 0.8, 0.85));  // rows are not told of
  comparison.baseline.test.front().right = before;
  comparison.best.test.front().right = after;
  const std::optional<ScoreChange> change = ScoreChangeOf(comparison, 0.8, 0.85);
  ASSERT_TRUE(change);
  EXPECT_EQ(change->score, ScoreChange::Score::kAccuracy);
  EXPECT_EQ(change->baseline, 0.8);
  EXPECT_EQ(change->tuned, 0.85);
  double mean = 0.0;
  double squares = 0.0;
  for (const double by : changes) mean += by / 200.0;
  for (const double by : changes) squares += (by - mean) * (by - mean);
  const double reach = StudentQuantile(0.975, 199.0) * std::sqrt(squares / 199.0 / 200.0);
  EXPECT_NEAR(change->ci95[0], mean - reach, 1e-12);
  EXPECT_NEAR(change->ci95[1], mean + reach, 1e-12);
  comparison.best_is_baseline = true;  // nothing was chosen
  EXPECT_FALSE(ScoreChangeOf(comparison, 0.8, 0.85));
}

TEST(TrainingVerdict, SaysSoWhenTheBaselineIsTheBestOrThereAreNoTestRows) {
  TrainedComparison comparison = CompareRuns(0.0, 0.1);
  comparison.best_is_baseline = true;
  EXPECT_TRUE(
      Notes(JudgeTraining(comparison),
            "no other decay that was trained to its end did better than 0; compared is the best"));
  comparison.chance = true;
  EXPECT_TRUE(Notes(JudgeTraining(comparison), "by more than chance in training than 0"));
  comparison.on_validation = true;
  EXPECT_TRUE(Notes(JudgeTraining(comparison), "200 validation rows"));
  EXPECT_TRUE(Notes(JudgeTraining(comparison), "optimistic"));
}

}  // namespace
}  // namespace halflife
