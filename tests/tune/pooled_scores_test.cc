#include "tune/pooled_scores.h"

#include <gtest/gtest.h>

namespace halflife {
namespace {

FoldScore Squared(double error, double distance) {
  FoldScore score;
  score.held.squared_error = error;
  score.held.squared_distance = distance;
  return score;
}

FoldScore Classes(std::vector<double> right, std::vector<double> rows) {
  FoldScore score;
  score.held.right = std::move(right);
  score.held.rows = std::move(rows);
  return score;
}

// A fold whose target hardly varies has an R2 of its own of -99: pooled, it weighs as its rows do.
TEST(PooledScores, R2IsOfAllHeldOutRowsTogether) {
  const PooledScores scores =
      PoolScores(std::vector<FoldScore>{Squared(40.0, 100.0), Squared(1.0, 0.01)});
  EXPECT_DOUBLE_EQ(scores.score, 1.0 - 41.0 / 100.01);
  EXPECT_FALSE(scores.auc.has_value());
  EXPECT_FALSE(scores.balanced_accuracy.has_value());
}

TEST(PooledScores, R2OfATargetThatDoesNotVaryIsZero) {
  EXPECT_EQ(PoolScores(std::vector<FoldScore>{Squared(1.0, 0.0)}).score, 0.0);
}

TEST(PooledScores, AccuracyIsTheMeanOfTheFoldsAndBalancedAccuracyPoolsRecall) {
  const PooledScores scores =
      PoolScores(std::vector<FoldScore>{Classes({9, 0}, {9, 1}), Classes({4, 1}, {4, 2})});
  EXPECT_DOUBLE_EQ(scores.score, (0.9 + 5.0 / 6.0) / 2.0);
  EXPECT_DOUBLE_EQ(*scores.balanced_accuracy, (1.0 + 1.0 / 3.0) / 2.0);
}

// One class for all folds: the largest of each would be more than anyone can always tell.
TEST(PooledScores, TheLargestShareIsAnAccuracyOfOneClassForAllFolds) {
  const std::vector<FoldScore> folds = {Classes({0, 0}, {9, 1}), Classes({0, 0}, {1, 3}),
                                        Classes({0, 0}, {2, 6})};
  EXPECT_DOUBLE_EQ(LargestShare(folds), (0.1 + 0.75 + 0.75) / 3.0);
}

TEST(PooledScores, AClassThatIsNeverHeldOutHasNoRecall) {
  const PooledScores scores = PoolScores(std::vector<FoldScore>{Classes({3, 0, 1}, {4, 0, 2})});
  EXPECT_DOUBLE_EQ(*scores.balanced_accuracy, (0.75 + 0.5) / 2.0);
}

TEST(PooledScores, AreaAndPrecisionAreMeansOfTheFoldsThatHaveThem) {
  std::vector<FoldScore> folds(3, Classes({1, 1}, {2, 2}));
  folds[0].held.auc = 0.5;
  folds[0].held.average_precision = 0.25;
  folds[2].held.auc = 0.75;
  folds[2].held.average_precision = 0.5;
  EXPECT_DOUBLE_EQ(*PoolScores(folds).auc, 0.625);
  EXPECT_DOUBLE_EQ(*PoolScores(folds).average_precision, 0.375);
}

}  // namespace
}  // namespace halflife
