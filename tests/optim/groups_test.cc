// Groups, policies, the plan, and what is refused.
#include <gtest/gtest.h>

#include <cmath>

#include "halflife/error.h"
#include "support/training.h"

namespace halflife {
namespace {

using testing::Tensors;

Tensors Net() {
  Tensors net;
  net.Add("embed.weight", {10, 4}, 1, ParameterKind::kEmbedding);
  net.Add("layer0.weight", {4, 4}, 1);
  net.Add("layer0.bias", {4}, 1, ParameterKind::kBias);
  net.Add("layer1.weight", {4, 4}, 1);
  net.Add("layer1.norm", {4}, 1, ParameterKind::kNorm);
  net.Add("head.weight", {2, 4}, 1);
  return net;
}

// The message of the Error that making an optimizer throws.
std::string RefusalOf(const OptimizerOptions& options) {
  Tensors net = Net();
  try {
    const Optimizer optimizer(net.Parameters(), options);
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing was refused";
}

Group Named(const std::string& name, std::vector<std::string> patterns = {}) {
  Group group;
  group.name = name;
  group.patterns = std::move(patterns);
  return group;
}

std::map<std::string, PlanRow> PlanOf(const OptimizerOptions& options) {
  Tensors net = Net();
  std::map<std::string, PlanRow> rows;
  for (const PlanRow& row : Optimizer(net.Parameters(), options).Plan()) rows[row.parameter] = row;
  return rows;
}

TEST(Groups, BiasesAndNormsDoNotDecayUnlessAsked) {
  OptimizerOptions options;
  options.decay = 0.1;
  auto rows = PlanOf(options);
  EXPECT_EQ(rows["layer0.bias"].law, "none");
  EXPECT_EQ(rows["layer1.norm"].decay, 0);
  EXPECT_EQ(rows["embed.weight"].decay, 0.1);
  EXPECT_EQ(rows["layer0.weight"].law, "decoupled");
  options.policy = DecayPolicy::kAll;
  EXPECT_EQ(PlanOf(options)["layer0.bias"].decay, 0.1);
  options.policy = DecayPolicy::kWeightsOnly;
  options.groups = {Named("biases", {"*.bias"}), Named("rest")};
  options.groups[0].decay = 0.2;
  EXPECT_EQ(PlanOf(options)["layer0.bias"].decay, 0.2);
}

TEST(Groups, OfAllKindsOnlyBiasesNormsAndScalarsAreSparedByDefault) {
  Tensors net;
  const std::map<ParameterKind, bool> decays = {
      {ParameterKind::kWeight, true},  {ParameterKind::kBias, false},
      {ParameterKind::kNorm, false},   {ParameterKind::kEmbedding, true},
      {ParameterKind::kScalar, false}, {ParameterKind::kOther, true}};
  for (const auto& [kind, decayed] : decays) net.Add(std::string(Name(kind)), {2}, 1, kind);
  OptimizerOptions options;
  options.decay = 0.1;
  for (const PlanRow& row : Optimizer(net.Parameters(), options).Plan())
    EXPECT_EQ(row.decay, decays.at(row.kind) ? 0.1 : 0) << row.parameter;
}

TEST(Groups, FirstMatchWinsAndTheRestIsInherited) {
  OptimizerOptions options;
  options.rule = "adamw";
  options.lr = 0.5;
  options.options["beta1"] = 0.8;
  Group matrices = Named("matrices", {"layer*"});
  matrices.min_dims = 2;
  matrices.rule = "muon";
  matrices.lr = 0.25;
  Group norms = Named("norms");
  norms.kinds = {ParameterKind::kNorm};
  norms.law = DecayLaw::kCautious;
  norms.decay = 0.01;
  options.groups = {matrices, norms, Named("rest")};
  auto rows = PlanOf(options);
  EXPECT_EQ(rows["layer0.weight"].rule, "muon");
  EXPECT_EQ(rows["layer0.weight"].lr, 0.25);
  EXPECT_EQ(rows["layer0.weight"].decay, 0.1);  // muon's own default
  EXPECT_EQ(rows["layer0.bias"].group, "rest");
  EXPECT_EQ(rows["layer0.bias"].lr, 0.5);
  EXPECT_EQ(rows["layer1.norm"].law, "cautious");
}

TEST(Groups, LayerwiseLrFallsTowardTheInput) {
  OptimizerOptions options;
  options.lr = 1e-3;
  options.groups = LayerwiseLr({"embed*", "layer0*", "layer1*", "head*"}, 0.5);
  auto rows = PlanOf(options);
  EXPECT_EQ(rows["head.weight"].lr, 1e-3);
  EXPECT_EQ(rows["layer1.norm"].lr, 0.5e-3);
  EXPECT_EQ(rows["embed.weight"].lr, 0.125e-3);
}

TEST(Groups, ThePlanSpeaksInHalfLives) {
  OptimizerOptions options;
  options.lr = 0.01;
  options.decay = 0.1;
  auto rows = PlanOf(options);
  EXPECT_NEAR(rows["head.weight"].half_life, std::log(0.5) / std::log(1 - 0.001), 1e-9);
  EXPECT_TRUE(std::isinf(rows["layer0.bias"].half_life));
  options.rule = "adam";
  EXPECT_TRUE(std::isnan(PlanOf(options)["head.weight"].half_life));
  Tensors net = Net();
  const std::string text = Optimizer(net.Parameters(), options).PlanText();
  EXPECT_NE(
      text.find(
          "head.weight    2x4    weight     all    adam  coupled    0.1    0.01  by gradients"),
      std::string::npos)
      << text;
}

TEST(Groups, MistakesAreNamed) {
  OptimizerOptions options;
  options.groups = {Named("norms", {"layer1.norn"}), Named("rest")};
  EXPECT_EQ(RefusalOf(options),
            "group \"norms\": pattern \"layer1.norn\" matches no parameter; did you mean "
            "\"layer1.norm\"?");
  options.groups = {Named("layers", {"layer*"})};
  EXPECT_EQ(RefusalOf(options),
            "parameter \"embed.weight\" (embedding, 2 dimensions) fits no group; add one without "
            "conditions at the end");
  options.groups = {Named("a"), Named("a")};
  EXPECT_EQ(RefusalOf(options), "two groups are called \"a\"");
  options = {};
  options.rule = "adamv";
  EXPECT_EQ(
      RefusalOf(options),
      "no optimizer is called \"adamv\"; did you mean \"adam\"?; `halflife describe` lists them");
  options = {};
  options.options["beta"] = 0.5;
  EXPECT_EQ(RefusalOf(options),
            "optimizer: adamw has no option \"beta\"; did you mean \"beta1\"?; it has beta1, "
            "beta2, eps, amsgrad");
  options = {};
  options.options["beta1"] = 1;
  EXPECT_EQ(RefusalOf(options), "optimizer: adamw: beta1 must be in 0 <= x < 1, not 1");
}

TEST(Groups, CombinationsWithoutSenseAreRefusedWithAReason) {
  OptimizerOptions options;
  options.rule = "muon";
  EXPECT_NE(RefusalOf(options).find("muon trains matrices only"), std::string::npos);
  options = testing::OptionsFor("rprop", DecayLaw::kCoupled, 0.1);
  EXPECT_NE(RefusalOf(options).find("rprop refuses the coupled law"), std::string::npos);
  options = testing::OptionsFor("adamw", DecayLaw::kProximal, 0.1);
  options.penalty = ProximalPenalty::kGroupLasso;
  EXPECT_NE(RefusalOf(options).find("the group lasso shrinks rows"), std::string::npos);
  options = testing::OptionsFor("adamw", DecayLaw::kDecoupled, 0.1);
  options.penalty = ProximalPenalty::kL1;
  EXPECT_NE(RefusalOf(options).find("only the proximal law takes a penalty"), std::string::npos);
  options = testing::OptionsFor("sgd", DecayLaw::kDecoupled, 2);
  options.lr = 0.5;
  EXPECT_NE(RefusalOf(options).find("would take 1 of every weight"), std::string::npos);
  options = testing::OptionsFor("sgd", DecayLaw::kNone, 0);
  options.options["nesterov"] = 1;
  EXPECT_NE(RefusalOf(options).find("nesterov needs momentum"), std::string::npos);
  options = testing::OptionsFor("sgd", DecayLaw::kDecoupled, 0.1);
  options.center = DecayCenter::kGiven;
  EXPECT_NE(RefusalOf(options).find("has 0 values, where 40 are needed"), std::string::npos);
}

// Also where nothing decays yet: SetDecay may change that.
TEST(Groups, AGivenCentreMustFitAtDecayZeroToo) {
  OptimizerOptions options;
  options.decay = 0;
  options.center = DecayCenter::kGiven;
  EXPECT_NE(RefusalOf(options).find("the centre has 0 values, where 40 are needed"),
            std::string::npos);
}

TEST(Groups, ADecayThatIsSetLaterIsCheckedAsAtTheStart) {
  Tensors net = Net();
  OptimizerOptions options;
  options.law = DecayLaw::kProximal;
  options.penalty = ProximalPenalty::kGroupLasso;
  options.policy = DecayPolicy::kAll;
  options.decay = 0;
  Optimizer optimizer(net.Parameters(), options);
  EXPECT_THROW(optimizer.SetDecay("all", 0.1), Error);  // biases have no rows
  EXPECT_EQ(optimizer.Plan()[1].decay, 0);
}

TEST(Groups, MistakesThatWouldPassUnseenAreRefused) {
  OptimizerOptions options;
  options.groups = {Named("rest"), Named("head", {"head.*"})};
  EXPECT_EQ(
      RefusalOf(options),
      "group \"head\": groups before it, or its other conditions, leave it no parameter; move "
      "it up");
  options.groups = {Named("a")};
  options.groups[0].rule = "sgd";
  options.options["betta1"] = 0.9;
  EXPECT_NE(RefusalOf(options).find("adamw has no option \"betta1\""), std::string::npos);
  options.options.clear();
  options.groups[0].name = "\xff";
  EXPECT_NE(RefusalOf(options).find("not UTF-8"), std::string::npos);
  options.groups.clear();
  options.threads = 100000;
  EXPECT_NE(RefusalOf(options).find("threads must be in"), std::string::npos);
}

TEST(Groups, AGroupWithALawOfItsOwnHasNoUseForAnInheritedPenalty) {
  OptimizerOptions options;
  options.law = DecayLaw::kProximal;
  options.penalty = ProximalPenalty::kL1;
  options.groups = {Named("norms", {"*.norm"}), Named("rest")};
  options.groups[0].law = DecayLaw::kNone;
  EXPECT_EQ(PlanOf(options)["layer1.norm"].law, "none");
  EXPECT_EQ(PlanOf(options)["head.weight"].law, "proximal L1");
  options.law = DecayLaw::kDecoupled;
  EXPECT_NE(RefusalOf(options).find("only the proximal law"), std::string::npos);
}

TEST(Groups, TheScaleOfAGroupHoldsForALaterLrToo) {
  Tensors net = Net();
  OptimizerOptions options;
  options.groups = {Named("head", {"head.*"}), Named("rest")};
  options.groups[0].lr_scale = 0.5;
  options.lr = 0.1;
  Optimizer optimizer(net.Parameters(), options);
  EXPECT_EQ(optimizer.Plan()[5].lr, 0.05);
  optimizer.SetLr("head", 0.2);
  EXPECT_EQ(optimizer.Plan()[5].lr, 0.1);
}

}  // namespace
}  // namespace halflife
