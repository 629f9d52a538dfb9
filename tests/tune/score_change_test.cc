#include "tune/score_change.h"

#include <gtest/gtest.h>

namespace halflife {
namespace {

constexpr FoldDependence kThreeFolds = {3, 0.5};

FoldScore NumbersHeld(double error, double distance) {
  FoldScore fold;
  fold.held.squared_error = error;
  fold.held.squared_distance = distance;
  return fold;
}

// Pooled R2: 1 - 6/20 and 1 - 3/20; folds add 1/20, 0 and 2/20 to the change, three times as much
// each is what the test is of.
TEST(ScoreChanges, OfNumbersIsThatOfThePooledR2) {
  const std::vector<FoldScore> baseline = {NumbersHeld(2, 4), NumbersHeld(1, 6),
                                           NumbersHeld(3, 10)};
  const std::vector<FoldScore> tuned = {NumbersHeld(1, 4), NumbersHeld(1, 6), NumbersHeld(1, 10)};
  const std::vector<ScoreChange> changes = ScoreChanges(baseline, tuned, kThreeFolds);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].score, ScoreChange::Score::kR2);
  EXPECT_NEAR(changes[0].baseline, 0.7, 1e-15);
  EXPECT_NEAR(changes[0].tuned, 0.85, 1e-15);
  const PairedTest test = SkewedPairedTest(std::vector<double>{0.15, 0.0, 0.3}, kThreeFolds);
  EXPECT_NEAR(changes[0].ci95[0], test.low, 1e-12);
  EXPECT_NEAR(changes[0].ci95[1], test.high, 1e-12);
}

FoldScore ClassesHeld(double right_of_first, double right_of_second, std::optional<double> auc) {
  FoldScore fold;
  fold.held.right = {right_of_first, right_of_second};
  fold.held.rows = {6, 4};
  fold.held.auc = auc;
  return fold;
}

// The second fold holds one class alone: it has no area under a curve, and is left out of that.
TEST(ScoreChanges, OfClassesAreAccuracyAndAucOfTheFoldsThatHaveOne) {
  const std::vector<FoldScore> baseline = {ClassesHeld(4, 2, 0.7), ClassesHeld(5, 3, std::nullopt),
                                           ClassesHeld(3, 3, 0.6)};
  const std::vector<FoldScore> tuned = {ClassesHeld(5, 2, 0.8), ClassesHeld(5, 2, std::nullopt),
                                        ClassesHeld(5, 4, 0.9)};
  const std::vector<ScoreChange> changes = ScoreChanges(baseline, tuned, kThreeFolds);
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].score, ScoreChange::Score::kAccuracy);
  EXPECT_NEAR(changes[0].tuned - changes[0].baseline, 0.1, 1e-15);
  const PairedTest accuracy = SkewedPairedTest(std::vector<double>{0.1, -0.1, 0.3}, kThreeFolds);
  EXPECT_NEAR(changes[0].ci95[0], accuracy.low, 1e-12);
  EXPECT_NEAR(changes[0].ci95[1], accuracy.high, 1e-12);
  EXPECT_EQ(changes[1].score, ScoreChange::Score::kAuc);
  EXPECT_NEAR(changes[1].baseline, 0.65, 1e-15);
  EXPECT_NEAR(changes[1].tuned, 0.85, 1e-15);
  const PairedTest auc = SkewedPairedTest(std::vector<double>{0.1, 0.3}, kThreeFolds);
  EXPECT_NEAR(changes[1].ci95[0], auc.low, 1e-12);
  EXPECT_NEAR(changes[1].ci95[1], auc.high, 1e-12);
}

}  // namespace
}  // namespace halflife
