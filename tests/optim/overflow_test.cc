// Gradients that are finite but huge: what survives them, and what counts as non-finite.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "halflife/error.h"
#include "support/training.h"

namespace halflife {
namespace {

using testing::Tensors;

Tensors OneMatrix() {
  Tensors tensors;
  tensors.Add("w", {3, 11}, 4);
  return tensors;
}

// Three usual steps, one gradient of `spike`, and `after` usual steps.
StepReport Spike(Optimizer* optimizer, const Tensors& tensors, float spike, int after = 0) {
  std::uint64_t step = 0;
  for (; step < 3; ++step) testing::StepWith(optimizer, testing::RandomGradients(tensors, 8, step));
  auto gradients = testing::RandomGradients(tensors, 8, step);
  gradients[0][16] = spike;
  const StepReport report = testing::StepWith(optimizer, gradients);
  for (int i = 0; i < after; ++i)
    testing::StepWith(optimizer, testing::RandomGradients(tensors, 8, ++step));
  return report;
}

bool AllFinite(const std::vector<float>& values) {
  for (const float x : values) {
    if (!std::isfinite(x)) return false;
  }
  return true;
}

// v of weight 16, from the state's bytes: slots are floats in the order of the weights.
float SquareOfTheSpike(const Optimizer& optimizer) {
  const std::string bytes = optimizer.StateBytes();
  float v = 0;
  // The last tensor of the file is v; 33 weights.
  std::memcpy(&v, bytes.data() + bytes.size() - (33 - 16) * sizeof(float), sizeof(v));
  return v;
}

// (1 - 0.999) g^2 is finite up to g = 5.8e20, although g^2 is not from 1.9e19 on.
TEST(Overflow, ASpikeThatPyTorchSurvivesLeavesAFiniteSecondMoment) {
  for (const char* rule :
       {"adam", "adamw", "nadam", "radam", "ademamix", "schedule_free_adamw", "lamb"}) {
    for (const float spike : {3e19F, -1e20F, 5e20F}) {
      Tensors tensors = OneMatrix();
      Optimizer optimizer(tensors.Parameters(), testing::OptionsFor(rule, DecayLaw::kNone, 0));
      Spike(&optimizer, tensors, spike);
      const double expected = 0.001 * spike * spike;
      // Three products and a sum, each rounded to 2^-24; what was there before is nothing beside
      // it.
      EXPECT_NEAR(SquareOfTheSpike(optimizer) / expected, 1, 5 * 0x1p-24) << rule;
    }
  }
}

TEST(Overflow, WeightsMoveOnAfterASpikeAndItsMomentHasFaded) {
  for (const char* rule : {"adamw", "rmsprop", "ademamix"}) {
    Tensors tensors = OneMatrix();
    OptimizerOptions options = testing::OptionsFor(rule, DecayLaw::kNone, 0);
    options.lr = 0.1;
    options.options[rule == std::string("rmsprop") ? "alpha" : "beta2"] = 0.5;
    Optimizer optimizer(tensors.Parameters(), options);
    Spike(&optimizer, tensors, 2e19F, 200);  // 0.5^200 of 2e38 is 1e-22
    const float before = tensors.values[0][16];
    testing::StepWith(&optimizer, testing::RandomGradients(tensors, 8, 999));
    EXPECT_NE(tensors.values[0][16], before) << rule;
    EXPECT_TRUE(AllFinite(tensors.values[0])) << rule;
  }
}

TEST(Overflow, ClippingByNormTakesAnySpikeForEveryRule) {
  for (const RuleSpec* rule : Rules()) {
    for (const float spike : {1e20F, -3e38F}) {
      Tensors tensors = OneMatrix();
      OptimizerOptions options = testing::OptionsFor(std::string(rule->name), rule->law, 0);
      options.clip_norm = 1;
      options.non_finite = NonFinite::kError;
      Optimizer optimizer(tensors.Parameters(), options);
      EXPECT_NEAR(Spike(&optimizer, tensors, spike, 3).gradient_norm / std::abs(spike), 1, 1e-7)
          << rule->name;  // the rest is below 1e-19 of it, and sums are doubles
      EXPECT_TRUE(AllFinite(tensors.values[0])) << rule->name;
    }
  }
}

struct Spoiler {
  const char* rule;
  double lr;
  float spike;
  std::map<std::string, double> options = {};
};

// One for each way to infinity: a square, a sum of squares, a look ahead, a weight, a row's mean.
const std::vector<Spoiler>& Spoilers() {
  static const std::vector<Spoiler> spoilers = {
      {"adamw", 1e-3, 1e30F},   {"adagrad", 1e-2, 2e19F},
      {"adan", 1e-3, 1.5e20F},  {"sgd", 10, 3e38F},
      {"lamb", 1e-3, -1e21F},   {"adafactor", 1e-2, 1e21F},
      {"rmsprop", 1e-2, 2e20F}, {"adam", 1e-3, 7e20F, {{"amsgrad", 1}}},
  };
  return spoilers;
}

TEST(Overflow, WhatWouldBecomeInfiniteIsNamedAndNothingMoves) {
  for (const Spoiler& one : Spoilers()) {
    Tensors tensors = OneMatrix();
    OptimizerOptions options = testing::OptionsFor(one.rule, DecayLaw::kNone, 0);
    options.options = one.options;
    options.lr = one.lr;
    options.non_finite = NonFinite::kError;
    Optimizer optimizer(tensors.Parameters(), options);
    Spike(&optimizer, tensors, 1.0F);
    const Tensors before = tensors;
    const std::string state = optimizer.StateBytes();
    auto gradients = testing::RandomGradients(tensors, 8, 50);
    gradients[0][16] = one.spike;
    try {
      testing::StepWith(&optimizer, gradients);
      ADD_FAILURE() << one.rule << ": nothing was thrown";
    } catch (const Error& error) {
      const std::string what = error.what();
      EXPECT_NE(what.find("parameter \"w\" is as large as"), std::string::npos) << what;
      EXPECT_EQ(what.find('\n'), std::string::npos);
    }
    EXPECT_TRUE(testing::SameBits(tensors.values, before.values)) << one.rule;
    EXPECT_EQ(optimizer.StateBytes(), state) << one.rule;
  }
}

TEST(Overflow, WhatWouldBecomeInfiniteIsSkippedAndTrainingGoesOn) {
  for (const Spoiler& one : Spoilers()) {
    Tensors spiked = OneMatrix(), usual = OneMatrix();
    OptimizerOptions options = testing::OptionsFor(one.rule, DecayLaw::kNone, 0);
    options.options = one.options;
    options.lr = one.lr;
    options.non_finite = NonFinite::kSkipStep;
    Optimizer optimizer(spiked.Parameters(), options), other(usual.Parameters(), options);
    EXPECT_TRUE(Spike(&optimizer, spiked, one.spike).skipped) << one.rule;
    EXPECT_EQ(optimizer.skipped_steps(), 1);
    EXPECT_EQ(optimizer.step(), 3);
    for (std::uint64_t step = 0; step < 3; ++step)
      testing::StepWith(&other, testing::RandomGradients(usual, 8, step));
    EXPECT_TRUE(testing::SameBits(spiked.values, usual.values)) << one.rule;
    EXPECT_EQ(optimizer.StateBytes().size(), other.StateBytes().size());
  }
}

// Nine tenths of the largest float each: the first is taken, the second is one too many for a sum
// that keeps 999 of 1000.
TEST(Overflow, SpikesThatOnlyTogetherAreTooMuchCountToo) {
  Tensors tensors = OneMatrix();
  OptimizerOptions options = testing::OptionsFor("adam", DecayLaw::kNone, 0);
  options.non_finite = NonFinite::kSkipStep;
  Optimizer optimizer(tensors.Parameters(), options);
  EXPECT_FALSE(Spike(&optimizer, tensors, 5.5e20F).skipped);
  auto gradients = testing::RandomGradients(tensors, 8, 60);
  gradients[0][16] = 5.5e20F;
  EXPECT_TRUE(testing::StepWith(&optimizer, gradients).skipped);
}

TEST(Overflow, TheScaleCountsAndClippingByValueProtects) {
  Tensors tensors = OneMatrix();
  OptimizerOptions options = testing::OptionsFor("adamw", DecayLaw::kNone, 0);
  options.non_finite = NonFinite::kSkipStep;
  options.gradient_scale = 1e-12;
  Optimizer scaled(tensors.Parameters(), options);
  EXPECT_FALSE(Spike(&scaled, tensors, 1e30F).skipped);
  options.gradient_scale = 1e5;
  Optimizer enlarged(tensors.Parameters(), options);
  EXPECT_TRUE(Spike(&enlarged, tensors, 1e17F).skipped);
  options.clip_value = 10;
  Optimizer clipped(tensors.Parameters(), options);
  EXPECT_FALSE(Spike(&clipped, tensors, 1e30F).skipped);
}

TEST(Overflow, OfManyTensorsTheRightOneIsNamedForAnyThreadCount) {
  for (const int threads : {1, 2, 0}) {
    Tensors tensors;
    tensors.Add("a", {200, 300}, 1);
    tensors.Add("b", {70001}, 2);
    OptimizerOptions options = testing::OptionsFor("adamw", DecayLaw::kDecoupled, 0.1);
    options.threads = threads;
    options.non_finite = NonFinite::kError;
    Optimizer optimizer(tensors.Parameters(), options);
    auto gradients = testing::RandomGradients(tensors, 8, 0);
    gradients[0][5] = 1e20F;
    gradients[1][65000] = -1e25F;
    try {
      testing::StepWith(&optimizer, gradients);
      ADD_FAILURE() << "nothing was thrown";
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find("\"b\""), std::string::npos) << error.what();
    }
  }
}

}  // namespace
}  // namespace halflife
