#include "halflife/schedule.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "halflife/error.h"
#include "support/training.h"

namespace halflife {
namespace {

TEST(Schedule, EachShapeBeginsAndEndsWhereItSays) {
  EXPECT_EQ(Schedule().At(1000000), 1);
  EXPECT_EQ(Schedule::WarmUp(10).At(0), 0.1);
  EXPECT_EQ(Schedule::WarmUp(10).At(9), 1);
  EXPECT_EQ(Schedule::WarmUp(10).At(99), 1);
  EXPECT_EQ(Schedule::Linear(10, 1, 0.5).At(5), 0.75);
  EXPECT_EQ(Schedule::Linear(10, 1, 0.5).At(50), 0.5);
  EXPECT_EQ(Schedule::Cosine(10).At(0), 1);
  EXPECT_NEAR(Schedule::Cosine(10).At(5), 0.5, 1e-15);
  EXPECT_EQ(Schedule::Cosine(10, 1, 0.1).At(10), 0.1);
  EXPECT_EQ(Schedule::Polynomial(10, 2).At(5), 0.25);
  EXPECT_EQ(Schedule::InverseSqrt(100).At(300), 0.5);
  EXPECT_EQ(Schedule::Steps(0.5, 3).At(7), 0.25);
  EXPECT_EQ(Schedule::Table({3, 2, 1}).At(1), 2);
  EXPECT_EQ(Schedule::Table({3, 2, 1}).At(9), 1);
}

TEST(Schedule, PiecesJoinAtTheirStartSteps) {
  const Schedule schedule =
      Schedule::WarmUp(10).Then(10, Schedule::Constant(1)).Then(50, Schedule::Cosine(50));
  EXPECT_EQ(schedule.At(4), 0.5);
  EXPECT_EQ(schedule.At(30), 1);
  EXPECT_NEAR(schedule.At(75), 0.5, 1e-15);
  EXPECT_EQ(schedule.At(1000), 0);
  EXPECT_EQ(schedule.Peak(), 1);
  EXPECT_EQ(
      schedule.Text(),
      "warm-up over 10: 0 to 1; constant from step 10 1; cosine from step 50 over 50: 1 to 0");
}

// The next piece begins before this one's end, where it would be at its highest.
TEST(Schedule, ThePeakIsTheLargestMultiplierThatAStepReallyHas) {
  EXPECT_EQ(Schedule::WarmUp(8).Then(4, Schedule::Constant(0)).Peak(), 0.5);
  EXPECT_EQ(Schedule::Table({1, 2, 5, 3}).Then(2, Schedule::Constant(0)).Peak(), 2);
  EXPECT_EQ(Schedule::Table({1, 2, 5, 3}).Peak(), 5);
  EXPECT_EQ(Schedule::Linear(8, 0, 1).Peak(), 1);
}

// PyTorch's OneCycleLR of 100 steps: up over 29 steps, down over 70.
TEST(Schedule, OneCycleIsPyTorchs) {
  const Schedule schedule = Schedule::OneCycle(100);
  EXPECT_NEAR(schedule.At(0), 1.0 / 25, 1e-15);
  EXPECT_NEAR(schedule.At(29), 1, 1e-15);
  EXPECT_NEAR(schedule.At(99), 1.0 / 25 / 1e4, 1e-15);
  EXPECT_NEAR(schedule.At(64), (1 + 4e-6) / 2, 1e-9);
}

TEST(Schedule, IsMadeOfItsPiecesAgain) {
  const Schedule schedule = Schedule::WarmUp(3, 0.1)
                                .Then(3, Schedule::Steps(0.5, 2))
                                .Then(9, Schedule::Table({0.3, 0.2}))
                                .Then(20, Schedule::Polynomial(5, 2, 0.2, 0.1));
  EXPECT_EQ(Schedule::OfPieces(schedule.pieces()).pieces(), schedule.pieces());
  std::vector<Schedule::Piece> pieces = schedule.pieces();
  pieces[2].start = 3;  // not after the one before it
  EXPECT_THROW(Schedule::OfPieces(pieces), Error);
  EXPECT_THROW(Schedule::OfPieces({}), Error);
  EXPECT_THROW(Schedule::OfPieces({{.start = 1}}), Error);
  EXPECT_THROW(Schedule::OfPieces({{.shape = Schedule::Shape::kLinear, .length = 0}}), Error);
  EXPECT_THROW(Schedule::OfPieces({{.shape = Schedule::Shape::kTable, .length = 2}}), Error);
}

TEST(Schedule, NumbersOutOfRangeAreRefused) {
  EXPECT_THROW(Schedule::Constant(-1), Error);
  EXPECT_THROW(Schedule::WarmUp(0), Error);
  EXPECT_THROW(Schedule::Steps(0, 1), Error);
  EXPECT_THROW(Schedule::Polynomial(10, 0), Error);
  EXPECT_THROW(Schedule::Table({}), Error);
  EXPECT_THROW(Schedule::Table({1, std::nan("")}), Error);
  EXPECT_THROW(Schedule().Then(-1, Schedule()), Error);
}

std::vector<Schedule> ManySchedules() {
  return {Schedule(),
          Schedule::WarmUp(100).Then(100, Schedule::Cosine(2900)),
          Schedule::Linear(3000),
          Schedule::Polynomial(3000, 0.5),
          Schedule::Polynomial(3000, 2.5, 1, 0.1),
          Schedule::InverseSqrt(1),
          Schedule::InverseSqrt(100),
          Schedule::Steps(0.7, 250),
          Schedule::OneCycle(3000),
          Schedule::Table({1, 0.5, 2}).Then(1000, Schedule::Linear(500))};
}

TEST(Shrinkage, WhatIsLeftIsTheProductOverTheSteps) {
  for (const DecayLaw law :
       {DecayLaw::kDecoupled, DecayLaw::kIndependent, DecayLaw::kCorrected, DecayLaw::kProximal}) {
    for (const Schedule& lr : ManySchedules()) {
      for (const Schedule& decay : {Schedule(), Schedule::Cosine(2000, 1, 0.5)}) {
        const Shrinkage shrinkage{law, law == DecayLaw::kIndependent ? 1.0 : 0.01, 0.05, lr, decay};
        for (const auto& [begin, end] :
             std::vector<std::pair<int, int>>{{0, 3000}, {137, 2011}, {5, 6}, {7, 7}}) {
          double log_left = 0;
          for (int step = begin; step < end; ++step) log_left += std::log1p(-shrinkage.At(step));
          // Sums of thousands of numbers and quadrature, each good to about 1e-12 of the whole.
          EXPECT_NEAR(shrinkage.Left(begin, end) / std::exp(log_left), 1, 1e-9)
              << Name(law) << " " << lr.Text() << " " << begin << " " << end;
        }
      }
    }
  }
}

// The corrected law's share is lr(t)^2 / (the largest lr of the run) times the decay, in what is
// planned as in what the optimizer does to a weight.
TEST(Shrinkage, OfTheCorrectedLawIsRelativeToTheSchedulesPeak) {
  const Schedule lr = Schedule::Table({1, 4, 2, 0.5});
  const Shrinkage shrinkage{DecayLaw::kCorrected, 0.125, 0.25, lr, Schedule()};
  EXPECT_EQ(shrinkage.At(0), 0.125 / 4 * 0.25);
  EXPECT_EQ(shrinkage.At(1), 0.125 * 16 / 4 * 0.25);
  EXPECT_EQ(shrinkage.At(3), 0.125 * 0.25 / 4 * 0.25);
  EXPECT_EQ(shrinkage.Largest(), shrinkage.At(1));
  testing::Tensors tensors;
  tensors.Add("w", {1}, 1);
  tensors.values[0][0] = 1;
  OptimizerOptions options = testing::OptionsFor("sgd", DecayLaw::kCorrected, 0.25);
  options.lr = 0.125;
  options.lr_schedule = lr;
  Optimizer optimizer(tensors.Parameters(), options);
  EXPECT_EQ(optimizer.ShrinkageOf(0).At(1), shrinkage.At(1));
  testing::StepWith(&optimizer, {{0.0F}});
  EXPECT_EQ(tensors.values[0][0], 1 - shrinkage.At(0));  // 127/128, as all of these exact in floats
}

TEST(Shrinkage, LongRunsCostNothing) {
  const Shrinkage shrinkage{DecayLaw::kDecoupled, 1e-3, 1e-9, Schedule::Cosine(1'000'000'000'000),
                            Schedule()};
  // The mean of a cosine from 1 to 0 is a half.
  EXPECT_NEAR(shrinkage.Left(0, 1'000'000'000'000), std::exp(-0.5), 1e-9);
}

TEST(Shrinkage, HalfOfTheWeightIsLeftAfterTheHalfLife) {
  const Shrinkage shrinkage{DecayLaw::kDecoupled, 0.01, 0.1, Schedule(), Schedule()};
  const double half_life = shrinkage.HalfLife(0);
  EXPECT_NEAR(half_life, std::log(2) / 0.001, 0.5);  // ln 2 / (lr decay), to half a step
  EXPECT_NEAR(std::pow(1 - 0.001, half_life), 0.5, 1e-12);
  EXPECT_TRUE(std::isinf(Shrinkage{}.HalfLife(0)));
}

}  // namespace
}  // namespace halflife
