// Missing gradients, scale, clipping, non-finite gradients, changes while training, averages.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "halflife/error.h"
#include "kernels/rule.h"
#include "optim/safetensors.h"
#include "support/training.h"

namespace halflife {
namespace {

using testing::Tensors;

Tensors TwoTensors() {
  Tensors tensors;
  tensors.Add("a", {3, 50}, 1);
  tensors.Add("b", {2, 20}, 2);
  return tensors;
}

TEST(Policies, AMissingGradientMovesNothing) {
  Tensors tensors = TwoTensors();
  const Tensors before = tensors;
  Optimizer optimizer(tensors.Parameters(),
                      testing::OptionsFor("adamw", DecayLaw::kDecoupled, 0.1));
  auto gradients = testing::RandomGradients(tensors, 1, 1);
  gradients[1].clear();
  EXPECT_EQ(testing::StepWith(&optimizer, gradients).missing, 1U);
  EXPECT_EQ(tensors.values[1], before.values[1]);
  EXPECT_NE(tensors.values[0], before.values[0]);
  EXPECT_NE(optimizer.StateBytes().find("\"step\":\"1\""), std::string::npos);
}

TEST(Policies, AMissingGradientMayStillDecay) {
  Tensors tensors = TwoTensors();
  const Tensors before = tensors;
  OptimizerOptions options = testing::OptionsFor("adamw", DecayLaw::kDecoupled, 0.1);
  options.lr = 0.01;
  options.missing_gradient = MissingGradient::kDecay;
  Optimizer optimizer(tensors.Parameters(), options);
  testing::StepWith(&optimizer, {{}, {}});
  for (std::size_t i = 0; i < before.values[0].size(); ++i) {
    const float x = before.values[0][i];
    EXPECT_EQ(tensors.values[0][i], x - 0.001F * x);
  }
  options.law = DecayLaw::kCoupled;
  EXPECT_THROW(Optimizer(tensors.Parameters(), options), Error);
}

TEST(Policies, TheGradientScaleComesFirst) {
  Tensors plain = TwoTensors(), scaled = TwoTensors();
  OptimizerOptions options = testing::OptionsFor("sgd", DecayLaw::kNone, 0);
  Optimizer one(plain.Parameters(), options);
  options.gradient_scale = 0.25;
  Optimizer two(scaled.Parameters(), options);
  auto gradients = testing::RandomGradients(plain, 1, 1);
  testing::StepWith(&one, gradients);
  for (auto& g : gradients) {
    for (float& x : g) x *= 4;
  }
  testing::StepWith(&two, gradients);
  EXPECT_TRUE(testing::SameBits(plain.values, scaled.values));
}

TEST(Policies, ClippingByNormScalesAllGradientsTogether) {
  Tensors tensors = TwoTensors();
  const Tensors before = tensors;
  OptimizerOptions options = testing::OptionsFor("sgd", DecayLaw::kNone, 0);
  options.lr = 1;
  options.clip_norm = 0.5;
  Optimizer optimizer(tensors.Parameters(), options);
  const auto gradients = testing::RandomGradients(tensors, 1, 1);
  const StepReport report = testing::StepWith(&optimizer, gradients);
  double squares = 0, moved = 0;
  for (std::size_t t = 0; t < 2; ++t) {
    for (std::size_t i = 0; i < gradients[t].size(); ++i) {
      squares += std::pow(gradients[t][i], 2);
      moved += std::pow(tensors.values[t][i] - before.values[t][i], 2);
    }
  }
  EXPECT_NEAR(report.gradient_norm, std::sqrt(squares), 1e-12 * std::sqrt(squares));
  // 190 differences of numbers of about 1, each rounded to 2^-24, in a norm of 0.5.
  EXPECT_NEAR(std::sqrt(moved), 0.5, 190 * 0x1p-24);
}

TEST(Policies, ClippingByValueHoldsEveryElement) {
  Tensors tensors = TwoTensors();
  Tensors by_hand = tensors;
  OptimizerOptions options = testing::OptionsFor("adamw", DecayLaw::kDecoupled, 0.1);
  Optimizer plain(by_hand.Parameters(), options);
  options.clip_value = 0.5;
  Optimizer clipping(tensors.Parameters(), options);
  auto gradients = testing::RandomGradients(tensors, 1, 1);
  testing::StepWith(&clipping, gradients);
  for (auto& g : gradients) {
    for (float& x : g) x = std::clamp(x, -0.5F, 0.5F);
  }
  testing::StepWith(&plain, gradients);
  EXPECT_TRUE(testing::SameBits(tensors.values, by_hand.values));
}

TEST(Policies, ANonFiniteGradientIsNamedOrSkipped) {
  for (const float bad : {std::numeric_limits<float>::infinity(), std::nanf("")}) {
    Tensors tensors = TwoTensors();
    const Tensors before = tensors;
    OptimizerOptions options = testing::OptionsFor("adamw", DecayLaw::kDecoupled, 0.1);
    options.non_finite = NonFinite::kError;
    Optimizer strict(tensors.Parameters(), options);
    auto gradients = testing::RandomGradients(tensors, 1, 1);
    gradients[1][7] = bad;
    try {
      testing::StepWith(&strict, gradients);
      ADD_FAILURE() << "nothing was thrown";
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find("parameter \"b\""), std::string::npos);
    }
    options.non_finite = NonFinite::kSkipStep;
    Optimizer skipping(tensors.Parameters(), options);
    EXPECT_TRUE(testing::StepWith(&skipping, gradients).skipped);
    EXPECT_EQ(skipping.skipped_steps(), 1);
    EXPECT_EQ(skipping.step(), 0);
    EXPECT_TRUE(testing::SameBits(tensors.values, before.values));
    gradients[1][7] = 4e20F;  // its square overflows a float, but 0.001 of that does not
    EXPECT_FALSE(testing::StepWith(&skipping, gradients).skipped);
  }
}

TEST(Policies, GradientsOfTheWrongSizeAreRefused) {
  Tensors tensors = TwoTensors();
  Optimizer optimizer(tensors.Parameters(), {});
  EXPECT_THROW(testing::StepWith(&optimizer, {{1.0F}, {1.0F}}), Error);
  EXPECT_THROW(testing::StepWith(&optimizer, {{}}), Error);
}

TEST(Policies, LrAndDecayMayChangeWhileTraining) {
  Tensors tensors = TwoTensors();
  Optimizer optimizer(tensors.Parameters(),
                      testing::OptionsFor("adamw", DecayLaw::kDecoupled, 0.1));
  optimizer.SetLr("all", 0.5);
  optimizer.SetDecay("all", 0.2);
  EXPECT_EQ(optimizer.Plan()[0].lr, 0.5);
  EXPECT_EQ(optimizer.Plan()[0].decay, 0.2);
  EXPECT_THROW(optimizer.SetDecay("all", 5), Error);  // 0.5 * 5 > 1
  EXPECT_EQ(optimizer.Plan()[0].decay, 0.2);
  EXPECT_THROW(optimizer.SetLr("al", 0.5), Error);
}

TEST(Policies, AverageWeightsAreTheMeanOfTheRun) {
  Tensors tensors = TwoTensors();
  OptimizerOptions options = testing::OptionsFor("asgd", DecayLaw::kNone, 0);
  options.options["t0"] = 0;
  options.options["lambd"] = 0;
  options.lr = 0.1;
  Optimizer optimizer(tensors.Parameters(), options);
  std::vector<double> sum(tensors.values[0].size());
  constexpr int kSteps = 20;
  for (int step = 0; step < kSteps; ++step) {
    testing::StepWith(&optimizer,
                      testing::RandomGradients(tensors, 1, static_cast<std::uint64_t>(step)));
    // The share of a step is 1 / max(1, t - 1): the first weight is replaced by the second.
    for (std::size_t i = 0; step > 0 && i < sum.size(); ++i) sum[i] += tensors.values[0][i];
  }
  std::vector<float> average(sum.size());
  optimizer.AverageWeights(0, average);
  for (std::size_t i = 0; i < sum.size(); ++i)
    EXPECT_NEAR(average[i], sum[i] / (kSteps - 1), kSteps * 8 * 0x1p-24);
}

TEST(Policies, ARuleThatKeepsTheDecayInItsStateNeedsAGradientToDecay) {
  Tensors tensors = TwoTensors();
  OptimizerOptions options = testing::OptionsFor("schedule_free_adamw", DecayLaw::kDecoupled, 0.1);
  options.missing_gradient = MissingGradient::kDecay;
  EXPECT_THROW(Optimizer(tensors.Parameters(), options), Error);
  options.missing_gradient = MissingGradient::kSkip;
  const Optimizer optimizer(tensors.Parameters(), options);
  EXPECT_THROW(optimizer.ShrinkageOf(2), Error);
}

// The scalars of a parameter's state by their keys: its own count of steps and what a rule keeps.
std::map<std::string, double> ScalarsOf(const Optimizer& optimizer, const std::string& parameter) {
  const std::string bytes = optimizer.StateBytes();
  std::map<std::string, double> scalars;
  for (const SafeTensor& tensor : ReadSafeTensors(bytes, "state").tensors) {
    if (tensor.dtype == "F64" && tensor.name.starts_with(parameter + "/"))
      std::memcpy(&scalars[tensor.name], tensor.bytes.data(), sizeof(double));
  }
  return scalars;
}

// What must hold for every rule and every variant of it.
class EveryRule : public ::testing::TestWithParam<testing::RuleVariantOptions> {
 protected:
  OptimizerOptions OptionsUnder(DecayLaw law) const {
    OptimizerOptions options = testing::OptionsFor(GetParam().rule, law, 0.01);
    options.options = GetParam().options;
    options.lr = 0.01;
    return options;
  }
};

// Signs by seed; 14 numbers of size 4 and 176 of size 1, so that their norm is 20 exactly.
std::vector<std::vector<float>> GradientsOfNorm20(const Tensors& tensors, std::uint64_t step) {
  std::vector<std::vector<float>> gradients = testing::RandomGradients(tensors, 5, step);
  std::size_t at = 0;
  for (auto& gradient : gradients) {
    for (float& g : gradient) {
      const float size = (at + step) % 190 < 14 ? 4.0F : 1.0F;
      g = g < 0 ? -size : size;
      ++at;
    }
  }
  return gradients;
}

// All numbers are whole multiples of a power of two, so that nothing is rounded on the way and the
// bits agree. The norm after the scale is 5, 1.25 and 10 in turn: halved, left alone, quartered.
TEST_P(EveryRule, StepsAsByGradientsThatWereScaledAndClippedByHand) {
  constexpr double kScale = 0.25, kNorm = 2.5;
  constexpr float kValue = 0.375F;
  for (const DecayLawSpec& law : DecayLaws()) {
    if (!testing::Allowed(FindRule(GetParam().rule), law.law)) continue;
    SCOPED_TRACE(Name(law.law));
    Tensors tensors = TwoTensors(), by_hand = TwoTensors();
    OptimizerOptions options = OptionsUnder(law.law);
    Optimizer plain(by_hand.Parameters(), options);
    options.gradient_scale = kScale;
    options.clip_norm = kNorm;
    options.clip_value = kValue;
    Optimizer clipping(tensors.Parameters(), options);
    for (std::uint64_t step = 0; step < 6; ++step) {
      const float size = std::vector<float>{1, 0.25F, 2}[step % 3];
      auto gradients = GradientsOfNorm20(tensors, step);
      for (auto& gradient : gradients) {
        for (float& g : gradient) g *= size;
      }
      const StepReport report = testing::StepWith(&clipping, gradients);
      EXPECT_EQ(report.gradient_norm, 20 * size * kScale);
      const auto factor = static_cast<float>(kScale * std::min(1.0, kNorm / (20 * size * kScale)));
      for (auto& gradient : gradients) {
        for (float& g : gradient) g = std::clamp(g * factor, -kValue, kValue);
      }
      testing::StepWith(&plain, gradients);
      ASSERT_TRUE(testing::SameBits(tensors.values, by_hand.values)) << step;
    }
  }
}

// Whatever becomes of the weights, a parameter without a gradient counts no step, and its moments
// are corrected for no step that it did not take.
TEST_P(EveryRule, CountsNoStepOfAParameterWithoutAGradient) {
  const ElementwiseRule* elementwise = FindRuleEntry(GetParam().rule).elementwise;
  const bool absorbs = elementwise != nullptr && elementwise->absorbs;
  for (const MissingGradient policy : {MissingGradient::kSkip, MissingGradient::kDecay}) {
    if (policy == MissingGradient::kDecay && absorbs) continue;
    if (!testing::Allowed(FindRule(GetParam().rule), DecayLaw::kDecoupled)) continue;
    Tensors tensors = TwoTensors();
    OptimizerOptions options = OptionsUnder(DecayLaw::kDecoupled);
    options.missing_gradient = policy;
    Optimizer optimizer(tensors.Parameters(), options);
    auto gradients = testing::RandomGradients(tensors, 1, 1);
    testing::StepWith(&optimizer, gradients);
    const auto before = ScalarsOf(optimizer, "a");
    ASSERT_EQ(before.at("a/" + GetParam().rule + ".t"), 1);
    gradients[0].clear();
    testing::StepWith(&optimizer, gradients);
    testing::StepWith(&optimizer, gradients);
    EXPECT_EQ(ScalarsOf(optimizer, "a"), before);
    EXPECT_EQ(ScalarsOf(optimizer, "b").at("b/" + GetParam().rule + ".t"), 3);
    EXPECT_EQ(optimizer.step(), 3);
  }
}

std::string VariantName(const ::testing::TestParamInfo<testing::RuleVariantOptions>& info) {
  std::string name = info.param.rule;
  for (const auto& [option, value] : info.param.options) name += "_" + option;
  return name;
}

INSTANTIATE_TEST_SUITE_P(Policies, EveryRule, ::testing::ValuesIn(testing::RuleVariants()),
                         VariantName);

// Whether LAMB and LARS take the weights' norm into account depends on the group, not on what a
// schedule makes of its decay at a step: a schedule that begins at 0 does not switch it on mid-run.
TEST(Policies, ADecayScheduleDoesNotSwitchTheTrustRatioOnAndOff) {
  for (const char* rule : {"lamb", "lars"}) {
    std::vector<Tensors> runs;
    for (const double from : {0.0, 1e-9}) {
      runs.push_back(TwoTensors());
      OptimizerOptions options = testing::OptionsFor(rule, DecayLaw::kDecoupled, 0.1);
      options.decay_schedule = Schedule::Linear(2, from, 1);
      Optimizer optimizer(runs.back().Parameters(), options);
      testing::StepWith(&optimizer, testing::RandomGradients(runs.back(), 1, 1));
    }
    // The decays differ by lr * 1e-10 of a weight, far below a float's rounding.
    EXPECT_EQ(runs[0].values, runs[1].values) << rule;
  }
}

}  // namespace
}  // namespace halflife
