#include "model/held_out.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/datasets.h"
#include "support/matrices.h"

namespace halflife {
namespace {

constexpr double kRounding = 1e-13;  // of sums of a hundred terms of size 1: 100 eps, and room

struct Scored {
  Vector scores;
  std::vector<int32_t> classes;
  Vector weights;
};

// Scores with many ties, weights from 1 to 4.
Scored Tied(uint64_t seed) {
  Random random(seed);
  Scored made{Vector(80), {}, Vector(80)};
  for (Eigen::Index i = 0; i < 80; ++i) {
    made.scores(i) = static_cast<double>(random.Below(12));
    made.classes.push_back(random.Uniform() < 0.1 + 0.06 * made.scores(i) ? 1 : 0);
    made.weights(i) = 1.0 + 3.0 * random.Uniform();
  }
  return made;
}

TEST(HeldOut, TheAreaIsTheShareOfPairsInTheRightOrder) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    const Scored made = Tied(seed);
    double right = 0.0;
    double all = 0.0;
    for (Eigen::Index i = 0; i < 80; ++i) {
      for (Eigen::Index j = 0; j < 80; ++j) {
        if (made.classes[static_cast<std::size_t>(i)] != 1 ||
            made.classes[static_cast<std::size_t>(j)] != 0)
          continue;
        const double pair = made.weights(i) * made.weights(j);
        all += pair;
        if (made.scores(i) > made.scores(j)) right += pair;
        if (made.scores(i) == made.scores(j)) right += 0.5 * pair;
      }
    }
    EXPECT_NEAR(*AreaUnderRoc(made.scores, made.classes, made.weights), right / all, kRounding);
  }
}

// Threshold by threshold: precision there times the share of class 1 that it adds.
TEST(HeldOut, AveragePrecisionIsTheStepwiseSumOverThresholds) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    const Scored made = Tied(seed);
    double wanted_in_all = 0.0;
    for (Eigen::Index i = 0; i < 80; ++i)
      wanted_in_all += made.classes[static_cast<std::size_t>(i)] * made.weights(i);
    double sum = 0.0;
    double recall_before = 0.0;
    for (int threshold = 11; threshold >= 0; --threshold) {
      double wanted = 0.0;
      double all = 0.0;
      for (Eigen::Index i = 0; i < 80; ++i) {
        if (made.scores(i) < threshold) continue;
        all += made.weights(i);
        wanted += made.classes[static_cast<std::size_t>(i)] * made.weights(i);
      }
      if (all == 0.0) continue;
      sum += wanted / all * (wanted / wanted_in_all - recall_before);
      recall_before = wanted / wanted_in_all;
    }
    EXPECT_NEAR(*AveragePrecision(made.scores, made.classes, made.weights), sum, kRounding);
  }
}

TEST(HeldOut, OneClassAloneHasNeitherAreaNorPrecision) {
  const Vector scores = Vector::LinSpaced(4, 0, 1);
  const std::vector<int32_t> classes = {1, 1, 1, 1};
  EXPECT_FALSE(AreaUnderRoc(scores, classes, Vector::Ones(4)).has_value());
  EXPECT_FALSE(AveragePrecision(scores, classes, Vector::Ones(4)).has_value());
}

TEST(HeldOut, PerfectOrderIsOneAndItsReverseZero) {
  const Vector scores = Vector::LinSpaced(6, -1, 1);
  const std::vector<int32_t> right = {0, 0, 0, 1, 1, 1};
  const std::vector<int32_t> wrong = {1, 1, 1, 0, 0, 0};
  EXPECT_EQ(AreaUnderRoc(scores, right, Vector::Ones(6)), 1.0);
  EXPECT_EQ(AreaUnderRoc(scores, wrong, Vector::Ones(6)), 0.0);
  EXPECT_EQ(AveragePrecision(scores, right, Vector::Ones(6)), 1.0);
}

TEST(HeldOut, CountsByClassAreWeighted) {
  Matrix logits(3, 4);
  logits << 2, 0, 0, 5,  //
      1, 3, 0, 4,        //
      0, 1, 1, 3;
  const Vector weights = (Vector(4) << 1.0, 2.0, 4.0, 8.0).finished();
  const HeldOutParts parts = HeldOutOfLogits(logits, std::vector<int32_t>{0, 1, 2, 1}, weights);
  EXPECT_EQ(parts.rows, (std::vector<double>{1.0, 10.0, 4.0}));
  EXPECT_EQ(parts.right, (std::vector<double>{1.0, 2.0, 4.0}));
  EXPECT_FALSE(parts.auc.has_value());
}

TEST(HeldOut, TheBestConstantIsTheWeightedMeanOfTheTrainingRows) {
  Dataset data = testing::MakeDataset({testing::Numbers("x", {1, 2, 3, 4})},
                                      testing::NumberTarget(Vector::LinSpaced(4, 1, 4)),
                                      testing::RoundRobin(4, 2));
  data.weights = (Vector(4) << 3.0, 1.0, 1.0, 3.0).finished();
  const std::vector<FoldScore> scores = ScoreConstants(data);
  ASSERT_EQ(scores.size(), 2U);
  // Fold 0 holds 1 and 3 out; 2 and 4 of weights 1 and 3 have the mean 3.5.
  EXPECT_NEAR(scores[0].held.squared_error, 3.0 * 6.25 + 0.25, kRounding * 20.0);
  EXPECT_EQ(scores[0].held.squared_error, scores[0].held.squared_distance);
  EXPECT_NEAR(scores[0].validation_loss, 0.5 * 19.0 / 4.0, kRounding);
  EXPECT_NEAR(scores[0].train_loss, 0.5 * (2.25 + 3.0 * 0.25) / 4.0, kRounding);
}

TEST(HeldOut, TheBestConstantOfClassesIsTheirShares) {
  Dataset data =
      testing::MakeDataset({testing::Numbers("x", {1, 2, 3, 4, 5, 6})},
                           testing::ClassTarget({0, 0, 1, 1, 0, 0}, 2), testing::RoundRobin(6, 2));
  data.weights = (Vector(6) << 1.0, 1.0, 2.0, 3.0, 1.0, 1.0).finished();
  const FoldScore score = ScoreConstants(data)[0];  // trains on rows 1, 3, 5: class 1 has 3 of 5
  EXPECT_NEAR(score.validation_loss, -(2.0 * std::log(0.4) + 2.0 * std::log(0.6)) / 4.0, kRounding);
  EXPECT_EQ(score.held.right, (std::vector<double>{0.0, 2.0}));
  EXPECT_EQ(score.held.auc, 0.5);
  EXPECT_EQ(score.held.average_precision, 0.5);  // the share of class 1 among the held-out rows
}

TEST(HeldOut, AClassThatNoTrainingRowHasCountsAsHalfARow) {
  const Vector shares = ClassShares((Vector(3) << 6.0, 0.0, 3.5).finished(), 1.0);
  EXPECT_NEAR(shares(0), 0.6, kRounding);
  EXPECT_NEAR(shares(1), 0.05, kRounding);
  EXPECT_NEAR(shares(2), 0.35, kRounding);
}

}  // namespace
}  // namespace halflife
