// The ways to hand a step its gradients, and options in one expression.
#include <gtest/gtest.h>

#include <map>
#include <unordered_map>

#include "halflife/error.h"
#include "halflife/optimizer.h"
#include "support/training.h"

namespace halflife {
namespace {

using testing::Tensors;

Tensors Small() {
  Tensors tensors;
  tensors.Add("hidden", {5, 7}, 1);
  tensors.Add("bias", {7}, 2, ParameterKind::kBias);
  tensors.Add("out", {3, 5}, 3);
  return tensors;
}

// Three steps of adamw by `step`, which is given the gradients.
template <class Step>
Tensors Trained(const Step& step) {
  Tensors tensors = Small();
  Optimizer optimizer(tensors.Parameters(), {{.decay = 0.1}, {}});
  for (std::uint64_t k = 0; k < 3; ++k) step(&optimizer, testing::RandomGradients(tensors, 9, k));
  EXPECT_EQ(optimizer.StepCount(), 3);
  return tensors;
}

Tensors TrainedBySpans() {
  return Trained([](Optimizer* optimizer, const std::vector<std::vector<float>>& g) {
    optimizer->Step(std::vector<std::span<const float>>(g.begin(), g.end()));
  });
}

std::string RefusalOf(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Gradients, AListABlockAndNamesGiveTheSameBits) {
  const Tensors expected = TrainedBySpans();
  const auto by_list = Trained([](Optimizer* optimizer, const auto& g) {
    optimizer->Step({g[0], g[1], g[2]});
  });
  EXPECT_TRUE(testing::SameBits(by_list.values, expected.values));
  const auto by_block = Trained([](Optimizer* optimizer, const auto& g) {
    std::vector<float> block;
    for (const std::vector<float>& one : g) block.insert(block.end(), one.begin(), one.end());
    EXPECT_EQ(optimizer->Step(block).missing, 0U);
  });
  EXPECT_TRUE(testing::SameBits(by_block.values, expected.values));
  const auto by_name = Trained([](Optimizer* optimizer, const auto& g) {
    const NamedGradient named[] = {{"out", g[2]}, {"hidden", g[0]}, {"bias", g[1]}};
    EXPECT_EQ(optimizer->Step(named).missing, 0U);
  });
  EXPECT_TRUE(testing::SameBits(by_name.values, expected.values));
  const auto by_map = Trained([](Optimizer* optimizer, const auto& g) {
    optimizer->Step(std::map<std::string, std::span<const float>>{
        {"out", g[2]}, {"hidden", g[0]}, {"bias", g[1]}});
  });
  EXPECT_TRUE(testing::SameBits(by_map.values, expected.values));
  const auto by_hash = Trained([](Optimizer* optimizer, const auto& g) {
    optimizer->Step(std::unordered_map<std::string, std::vector<float>>{
        {"out", g[2]}, {"hidden", g[0]}, {"bias", g[1]}});
  });
  EXPECT_TRUE(testing::SameBits(by_hash.values, expected.values));
}

TEST(Gradients, ANameLeftOutIsMissingAndStaysSoForThatStepAlone) {
  Tensors tensors = Small();
  const Tensors start = tensors;
  Optimizer optimizer(tensors.Parameters(), {});
  const auto g = testing::RandomGradients(tensors, 9, 0);
  const NamedGradient both[] = {{"hidden", g[0]}, {"out", g[2]}};
  EXPECT_EQ(optimizer.Step(both).missing, 1U);
  EXPECT_EQ(tensors.values[1], start.values[1]);
  EXPECT_NE(tensors.values[2], start.values[2]);
  const std::vector<float> moved = tensors.values[2];
  const NamedGradient first[] = {{"hidden", g[0]}};
  EXPECT_EQ(optimizer.Step(first).missing, 2U);
  EXPECT_EQ(tensors.values[2], moved);
}

TEST(Gradients, MistakesAreNamedAndNothingMoves) {
  Tensors tensors = Small();
  const Tensors start = tensors;
  Optimizer optimizer(tensors.Parameters(), {});
  const auto g = testing::RandomGradients(tensors, 9, 0);
  const std::vector<float> block(56);
  EXPECT_EQ(RefusalOf([&] { optimizer.Step(block); }),
            "step: the block of all gradients has 56 elements, the parameters 57");
  EXPECT_EQ(RefusalOf([&] {
              optimizer.Step(std::vector<NamedGradient>{{"hidden", g[0]}, {"outs", g[2]}});
            }),
            "step: no parameter is called \"outs\"; did you mean \"out\"?");
  EXPECT_EQ(RefusalOf([&] {
              optimizer.Step(std::vector<NamedGradient>{{"out", {}}, {"out", g[2]}});
            }),
            "step: two gradients for parameter \"out\"");
  EXPECT_EQ(RefusalOf([&] { optimizer.Step({g[0], g[1]}); }), "step: 2 gradients for 3 parameters");
  EXPECT_TRUE(testing::SameBits(tensors.values, start.values));
  EXPECT_EQ(optimizer.StepCount(), 0);
}

// One block over the weights reads what it writes where the pieces do not lie over their own.
TEST(Gradients, ABlockInTheMemoryOfOtherWeightsIsRefused) {
  std::vector<float> values(10, 1.0F);
  Optimizer optimizer({{"a", {4}, ParameterKind::kWeight, {values.data() + 6, 4}},
                       {"b", {4}, ParameterKind::kWeight, {values.data(), 4}}},
                      {});
  EXPECT_NE(RefusalOf([&] {
              optimizer.Step(std::span<const float>(values.data(), 8));
            }).find("the gradient of parameter \"a\" lies in the memory of parameter \"b\""),
            std::string::npos);
}

TEST(Gradients, AnOptimizerOfNothingTakesNone) {
  Optimizer optimizer({}, {});
  optimizer.Step({});
  optimizer.Step(std::span<const float>());
  EXPECT_EQ(optimizer.StepCount(), 2);
  EXPECT_EQ(optimizer.step(), 2);
}

TEST(Getters, TellWhatWasSetBeforeScaleAndSchedule) {
  Tensors tensors = Small();
  const Group scaled{{.lr = 0.3, .decay = 0.2},
                     {.name = "out", .patterns = {"out"}, .lr_scale = 0.1}};
  const Group rest{{}, {.name = "rest"}};
  Optimizer optimizer(tensors.Parameters(), {{.lr_schedule = Schedule::Constant(0.5)},
                                             {.groups = {scaled, rest}, .gradient_scale = 4}});
  EXPECT_EQ(optimizer.Lr("out"), 0.3);
  EXPECT_EQ(optimizer.Decay("out"), 0.2);
  EXPECT_EQ(optimizer.Lr("rest"), 1e-3);  // adamw's own
  EXPECT_EQ(optimizer.Decay("rest"), 0.01);
  EXPECT_EQ(optimizer.GradientScale(), 4);
  const std::vector<PlanRow> plan = optimizer.Plan();
  EXPECT_EQ(plan[2].lr, 0.3 * 0.1 * 0.5);
  optimizer.SetLr("out", optimizer.Lr("out"));
  EXPECT_EQ(optimizer.Plan()[2].lr, plan[2].lr);
  optimizer.SetLr("out", 0.7);
  optimizer.SetDecay("out", 0);
  EXPECT_EQ(optimizer.Lr("out"), 0.7);
  EXPECT_EQ(optimizer.Decay("out"), 0);
  EXPECT_EQ(RefusalOf([&] { optimizer.Lr("outs"); }),
            "no group is called \"outs\"; there are out, rest; did you mean \"out\"?");
}

// In one expression as member by member; and what was written before both.
TEST(Options, OneExpressionIsTheSameAsManyAssignments) {
  const OptimizerOptions one{{.rule = "adam", .options = {{"beta1", 0.8}}, .lr = 0.1},
                             {.policy = DecayPolicy::kAll, .clip_norm = 2}};
  OptimizerOptions many;
  many.rule = "adam";
  many.options["beta1"] = 0.8;
  many.lr = 0.1;
  many.policy = DecayPolicy::kAll;
  many.clip_norm = 2;
  EXPECT_EQ(one.rule, many.rule);
  EXPECT_EQ(one.options, many.options);
  EXPECT_EQ(one.lr, many.lr);
  EXPECT_EQ(one.policy, many.policy);
  EXPECT_EQ(one.clip_norm, many.clip_norm);
  EXPECT_FALSE(one.decay.has_value());
  Settings settings;
  settings.rule = "adam";
  const OptimizerOptions positional = {settings, std::vector<Group>(2), DecayPolicy::kAll};
  EXPECT_EQ(positional.rule, "adam");
  EXPECT_EQ(positional.groups.size(), 2U);
  EXPECT_EQ(positional.policy, DecayPolicy::kAll);
}

}  // namespace
}  // namespace halflife
