#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "halflife/error.h"
#include "lab/penalty_question.h"
#include "lab/polynomial.h"
#include "lab/questions.h"
#include "lab/wave.h"

namespace halflife {
namespace {

double PenaltyNumber(const Answer& answer, const std::string& name) {
  EXPECT_EQ(answer.numbers.count(name), 1U) << name;
  return answer.numbers.at(name).at(0);
}

Answer AskAt(double decay, const std::string& more = "") {
  return AskPenalty(Question("decay=" + std::to_string(decay) + " " + more));
}

TEST(LabPenalty, OneWeightsLossesAreThoseOfTheText) {
  const Answer answer = AskAt(0.5, "w=-1");
  EXPECT_DOUBLE_EQ(PenaltyNumber(answer, "one_data_loss"), 4.7);  // 1/2 3^2 + 0.2
  EXPECT_DOUBLE_EQ(PenaltyNumber(answer, "one_penalty"), 0.25);   // 1/4 1^2
  EXPECT_DOUBLE_EQ(PenaltyNumber(answer, "one_total"), 4.95);
  EXPECT_DOUBLE_EQ(PenaltyNumber(answer, "one_best"), 4.0 / 3.0);
}

TEST(LabPenalty, OneWeightsBestHasTheLeastTotal) {
  for (const double decay : {0.0, 0.1, 1.0, 30.0}) {
    const auto total = [&](double w) { return OneDataLoss(w) + OnePenalty(w, decay); };
    const double best = OneBest(decay);
    for (const double step : {-0.5, -1e-3, 1e-3, 0.5}) {
      // A parabola of curvature 1 + decay about its lowest point; totals are below 100.
      EXPECT_NEAR(total(best + step) - total(best), 0.5 * (1.0 + decay) * step * step, 1e-13);
    }
  }
  EXPECT_EQ(OneBest(0.0), 2.0);
}

TEST(LabPenalty, ThePartsOfThePolynomialAddUp) {
  const Answer answer = AskAt(0.25, "degree=8 seed=5");
  EXPECT_DOUBLE_EQ(PenaltyNumber(answer, "penalty"), 0.125 * PenaltyNumber(answer, "squared_norm"));
  EXPECT_DOUBLE_EQ(PenaltyNumber(answer, "total"),
                   PenaltyNumber(answer, "data_loss") + PenaltyNumber(answer, "penalty"));
  const WaveRows rows = DrawWave(5, 0, 20, 0.3);
  const PolynomialFit fit(Monomials(rows.x, 8), rows.y);
  EXPECT_EQ(PenaltyNumber(answer, "data_loss"), fit.DataLoss(0.25));
  EXPECT_DOUBLE_EQ(PenaltyNumber(answer, "squared_norm"), fit.Weights(0.25).squaredNorm());
  EXPECT_EQ(PenaltyNumber(AskAt(0.0), "penalty"), 0.0);
}

TEST(LabPenalty, TheTotalIsTheLeastOfAllFits) {
  for (const double decay : {0.01, 0.1, 1.0}) {
    const double least = PenaltyNumber(AskAt(decay), "total");
    for (const double other : {0.001, 0.05, 0.5, 10.0}) {
      const Answer answer = AskAt(other);
      EXPECT_LT(least, PenaltyNumber(answer, "data_loss") +
                           0.5 * decay * PenaltyNumber(answer, "squared_norm"));
    }
  }
}

// As the weights are the best for the decay, they need not be moved: d total / d decay = 1/2 |w|^2.
TEST(LabPenalty, TheTotalRisesWithTheDecayByHalfTheSquaredNorm) {
  constexpr double kDecay = 0.5;
  constexpr double kStep = 1e-3;
  const double slope = (PenaltyNumber(AskAt(kDecay + kStep), "total") -
                        PenaltyNumber(AskAt(kDecay - kStep), "total")) /
                       (2 * kStep);
  const double half = 0.5 * PenaltyNumber(AskAt(kDecay), "squared_norm");
  // Off by step^2 / 6 of the third derivative, below 6 / decay^2 of the first; rounding is 1e-13.
  EXPECT_NEAR(slope, half, kStep * kStep / (kDecay * kDecay) * half + 1e-12);
}

TEST(LabPenalty, ATooLargeDecayLeavesTheMean) {
  const WaveRows rows = DrawWave(1, 0, 20, 0.3);
  const Vector centred = AsVector(rows.y).array() - AsVector(rows.y).mean();
  const double variance = centred.squaredNorm() / 20.0;
  const Answer answer = AskAt(1000.0, "degree=12");
  // Along an axis s the residual is decay / (decay + s) of the target's, and the s add up to the
  // degree: the loss is below that of the mean by at most s / decay of the variance.
  EXPECT_LT(PenaltyNumber(answer, "data_loss"), 0.5 * variance);
  EXPECT_GT(PenaltyNumber(answer, "data_loss"), 0.5 * variance * (1.0 - 2.0 * 12.0 / 1000.0));
}

TEST(LabPenalty, TheFiguresHaveTheHandleAndTheParts) {
  const Answer answer = AskAt(0.5, "w=1");
  for (const std::string variant : {"wide", "narrow"}) {
    EXPECT_NE(answer.texts.at("one." + variant).find("data-handle=\"w\""), std::string::npos);
    EXPECT_NE(answer.texts.at("one." + variant).find("dot best"), std::string::npos);
    EXPECT_NE(answer.texts.at("stack." + variant).find("area penalty"), std::string::npos);
    EXPECT_NE(answer.texts.at("fit." + variant).find("curve truth"), std::string::npos);
    EXPECT_EQ(answer.numbers.at("one_" + variant).size(), 6U);
  }
}

TEST(LabPenalty, OptionsOutOfTheirRangeAreRefused) {
  for (const std::string options : {"w=3.1", "w=-3.1", "decay=-0.1", "degree=0", "noise=1.5"})
    EXPECT_THROW(AskPenalty(Question(options)), Error) << options;
}

}  // namespace
}  // namespace halflife
