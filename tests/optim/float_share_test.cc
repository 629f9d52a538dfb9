// What the plan says of 32-bit floats, against floats.
#include "optim/float_share.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "support/training.h"

namespace halflife {
namespace {

Optimizer OptimizerOf(std::vector<float>* w, DecayLaw law, double lr, double decay) {
  OptimizerOptions options = testing::OptionsFor("adamw", law, decay);
  options.lr = lr;
  return Optimizer({{"w", {static_cast<std::int64_t>(w->size())}, ParameterKind::kWeight, *w}},
                   options);
}

void StepWithout(Optimizer* optimizer, std::size_t count, int steps) {
  const std::vector<float> zeros(count, 0.0F);
  const std::span<const float> span(zeros);
  for (int i = 0; i < steps; ++i) optimizer->Step({&span, 1});
}

// Every 1024th float from 1 to 2, and their neighbours.
std::vector<float> ManyMantissas() {
  std::vector<float> w;
  for (float x = 1; x < 2; x += 0x1p-13F) {
    w.push_back(std::nextafter(x, 2.0F));
    w.push_back(std::nextafter(w.back(), 2.0F));
  }
  w.push_back(2);
  return w;
}

const DecayLaw kLaws[] = {DecayLaw::kDecoupled, DecayLaw::kProximal};

TEST(FloatShare, HoldsEveryMantissasLossBetweenItsEnds) {
  const std::vector<float> start = ManyMantissas();
  for (const DecayLaw law : kLaws) {
    for (const double share :
         {7e-9, 2.9e-8, 3.3e-8, 4.5e-8, 5.9e-8, 6.1e-8, 1e-7, 3e-7, 1e-6, 2e-5, 1e-3}) {
      std::vector<float> w = start;
      Optimizer optimizer = OptimizerOf(&w, law, 1e-3, share / 1e-3);
      const PlanRow row = optimizer.Plan()[0];
      StepWithout(&optimizer, w.size(), 1);
      double least = 1, most = 0;
      for (std::size_t i = 0; i < w.size(); ++i) {
        const double lost = (double{start[i]} - w[i]) / start[i];
        least = std::min(least, lost);
        most = std::max(most, lost);
      }
      // The plan's ends are limits that mantissas come near to: by one step of the 8,192 among
      // them, 2^-13 of the loss, and where a single digit decides the product's own rounding adds
      // 2^-24 of the weight times the share, nothing beside it. From 2^-13 on it speaks of the
      // share alone: half a digit of 1,024.
      const double near = 0x1p-11;
      EXPECT_GE(least, row.in_floats.least * (1 - near)) << Name(law) << " " << share;
      EXPECT_LE(most, row.in_floats.most * (1 + near)) << Name(law) << " " << share;
      EXPECT_LE(least, row.in_floats.least * (1 + near)) << Name(law) << " " << share;
      EXPECT_GE(most, row.in_floats.most * (1 - near)) << Name(law) << " " << share;
      EXPECT_NEAR(row.share / share, 1, 1.01 * share);  // the proximal law's is x / (1 + x)
    }
  }
}

TEST(FloatShare, AfterStepsIsTheOptimizersOwnWeightBitForBit) {
  for (const DecayLaw law : kLaws) {
    for (const double share : {2e-8, 4e-8, 5.5e-8, 7e-8, 2e-7, 1.3e-6, 3e-5}) {
      std::vector<float> w;
      for (std::uint64_t i = 0; i < 40; ++i)
        w.push_back(static_cast<float>(std::exp(Random(i).Normal())));
      const std::vector<float> start = w;
      Optimizer optimizer = OptimizerOf(&w, law, 1e-3, share / 1e-3);
      const double kernel = optimizer.ShrinkageOf(0).At(0);
      int steps = 0;
      for (const int more : {1, 2, 30, 4000}) {
        StepWithout(&optimizer, w.size(), more);
        steps += more;
        for (std::size_t i = 0; i < w.size(); ++i)
          ASSERT_EQ(AfterSteps(law, kernel, start[i], steps), w[i]) << share << " " << steps;
      }
    }
  }
}

TEST(FloatShare, LeftIsWhatRemainsOfTheWeightOne) {
  for (const double decay : {1e-2, 1e-3, 1e-4, 3e-5, 1e-5}) {
    std::vector<float> w = {1, 0.25F, -4};
    Optimizer optimizer = OptimizerOf(&w, DecayLaw::kDecoupled, 2e-3, decay);
    StepWithout(&optimizer, w.size(), 100000);
    const double left = optimizer.ShrinkageOf(0).Left(0, 100000);
    EXPECT_EQ(w[0], left) << decay;
    EXPECT_EQ(w[1], left * 0.25);
    EXPECT_EQ(w[2], left * -4);
  }
}

// A half-life is counted from one power of two to the next: here by steps.
TEST(FloatShare, TheHalfLifeIsTheTimeFromOneToAHalf) {
  for (const double share : {6.5e-8, 1e-7, 2.5e-7, 1e-6, 7e-6, 5e-5}) {
    const double half_life = FloatShareOf(KernelShare(DecayLaw::kDecoupled, share)).half_life;
    const auto steps = static_cast<std::int64_t>(half_life);
    const double kernel = KernelShare(DecayLaw::kDecoupled, share);
    // Within a step for each of the up to 2^24 share ranges of equal loss, and real numbers' own.
    const auto slack = static_cast<std::int64_t>(0x1p24 * share + 2);
    EXPECT_GT(AfterSteps(DecayLaw::kDecoupled, kernel, 1, steps - slack), 0.5) << share;
    EXPECT_LE(AfterSteps(DecayLaw::kDecoupled, kernel, 1, steps + slack), 0.5) << share;
  }
  EXPECT_TRUE(std::isinf(FloatShareOf(5e-8).half_life));
}

TEST(FloatShare, BelowItsResolutionAFloatStaysAndThePlanSaysSo) {
  std::vector<float> w = {1.37F, -0.6F, 1000.1F};
  const std::vector<float> start = w;
  Optimizer optimizer = OptimizerOf(&w, DecayLaw::kDecoupled, 1e-5, 2e-3);
  const PlanRow row = optimizer.Plan()[0];
  EXPECT_NEAR(row.share, 2e-8, 1e-22);
  EXPECT_EQ(row.in_floats.most, 0);
  EXPECT_TRUE(std::isinf(row.half_life));
  EXPECT_EQ(optimizer.ShrinkageOf(0).Left(0, 1000000), 1);
  EXPECT_TRUE(optimizer.PlanText().ends_with("never              2e-08         nothing\n"))
      << optimizer.PlanText();
  StepWithout(&optimizer, w.size(), 1000);
  EXPECT_EQ(w, start);
}

TEST(FloatShare, ThePlanTellsWhatFloatsMakeOfTheShare) {
  std::vector<float> w = {1};
  const auto last = [&](double decay) {
    const std::string text = OptimizerOf(&w, DecayLaw::kDecoupled, 1e-3, decay).PlanText();
    return text.substr(text.rfind("  ") + 2);
  };
  EXPECT_EQ(last(1e-2), "as planned\n");
  // A share of 5e-8: floats of M below 1e7 lose nothing, those above one of M digits, 1e-7 at most.
  // One of 7e-8: all lose one digit of 2^23 to 2^24.
  EXPECT_EQ(last(5e-5), "0 to 1e-07\n");
  EXPECT_EQ(last(7e-5), "5.96e-08 to 1.19e-07\n");
  EXPECT_EQ(last(0), "-\n");
}

// Steps that vary by 8 ulps and more: the decay's mean effect, from two trainings by the same
// gradients with and without it, is the planned one. Each of 4,000 weights ends apart by rounding
// of about 0.4 ulp in each of 2,000 steps, twice: sqrt(4000) 0.4 ulp = 25 ulp; their mean by 0.4
// ulp. Planned: 2,000 * 1e-8 of weights of 8.4 to 16.8 million ulps, 252 ulps. Four deviations are
// 0.64 %.
TEST(FloatShare, WithGradientsTheDecayActsOnAverageHoweverSmall) {
  constexpr std::size_t kCount = 4000;
  std::vector<float> with(kCount), without(kCount), g(kCount);
  for (std::size_t i = 0; i < kCount; ++i)
    with[i] = without[i] = 1 + static_cast<float>(i) / kCount;
  double sum = 0;
  for (const float x : with) sum += x;
  OptimizerOptions options = testing::OptionsFor("sgd", DecayLaw::kDecoupled, 1e-2);
  options.lr = 1e-6;
  const auto make = [&](std::vector<float>* w) {
    return Optimizer({{"w", {kCount}, ParameterKind::kWeight, *w}}, options);
  };
  Optimizer decayed = make(&with);
  options.decay = 0;
  Optimizer plain = make(&without);
  for (std::uint64_t step = 0; step < 2000; ++step) {
    Random random(3, step);
    for (float& x : g) x = static_cast<float>(random.Normal());
    const std::span<const float> span(g);
    decayed.Step({&span, 1});
    plain.Step({&span, 1});
  }
  double taken = 0;
  for (std::size_t i = 0; i < kCount; ++i) taken += double{without[i]} - with[i];
  EXPECT_NEAR(taken / (sum * 2000 * 1e-8), 1, 0.007);
}

}  // namespace
}  // namespace halflife
