// The code of a step as text, and the registry as JSON.
#include "lab/code.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/text.h"
#include "lab/questions.h"
#include "support/text.h"

namespace halflife {
namespace {

using testing::Has;

using Json = nlohmann::json;

CodeOfStep StepOf(std::string_view rule, DecayLaw law) {
  CodeOfStep step;
  step.rule = &FindRule(rule);
  step.law = law;
  step.lr = 0.05;
  step.decay = 0.3;
  step.start = {-1.5, 2};
  step.steps = 60;
  return step;
}

bool IsRefused(const RuleSpec& rule, DecayLaw law) {
  for (const RefusedLaw& refused : rule.refused) {
    if (refused.law == law) return true;
  }
  return false;
}

TEST(CppCode, SetsRuleLawRateAndDecay) {
  for (const RuleSpec* rule : Rules()) {
    for (const DecayLawSpec& law : DecayLaws()) {
      if (IsRefused(*rule, law.law)) continue;
      const std::string code = CppCode(StepOf(rule->name, law.law));
      std::string enumerator(law.name);
      enumerator[0] = static_cast<char>(enumerator[0] - 'a' + 'A');
      EXPECT_TRUE(Has(code, "options.rule = \"" + std::string(rule->name) + "\";\n")) << code;
      EXPECT_TRUE(Has(code, "halflife::DecayLaw::k" + enumerator + ";")) << code;
      EXPECT_TRUE(Has(code, "options.lr = 0.05;\noptions.decay = 0.3;\n")) << code;
      EXPECT_TRUE(Has(code, "w = {-1.5, 2.0};")) << code;
      EXPECT_TRUE(Has(code, rule->name == "muon" ? "{\"w\", {1, 2}," : "{\"w\", {2},")) << code;
      EXPECT_FALSE(Has(code, "penalty")) << code;  // L2 is the default
    }
  }
}

TEST(CppCode, NamesPenaltiesAndOptions) {
  CodeOfStep step = StepOf("adam", DecayLaw::kProximal);
  step.penalty = ProximalPenalty::kL1;
  step.options = {{"beta1", 0.8}};
  const std::string code = CppCode(step);
  EXPECT_TRUE(Has(code, "options.penalty = halflife::ProximalPenalty::kL1;\n"));
  EXPECT_TRUE(Has(code, "options.options[\"beta1\"] = 0.8;\n"));
  step.law = DecayLaw::kDecoupled;
  EXPECT_FALSE(Has(CppCode(step), "penalty"));
}

TEST(TorchCode, UsesTheClassWhoseOwnDecayIsTheLaw) {
  struct Expected {
    const char* rule;
    DecayLaw law;
    const char* call;
  };
  const Expected all[] = {
      {"sgd", DecayLaw::kCoupled, "torch.optim.SGD([w], lr=0.05, weight_decay=0.3)"},
      {"adam", DecayLaw::kCoupled, "torch.optim.Adam([w], lr=0.05, weight_decay=0.3)"},
      {"adam", DecayLaw::kDecoupled, "torch.optim.AdamW([w], lr=0.05, weight_decay=0.3)"},
      {"adamw", DecayLaw::kDecoupled, "torch.optim.AdamW([w], lr=0.05, weight_decay=0.3)"},
      {"adamw", DecayLaw::kCoupled, "torch.optim.Adam([w], lr=0.05, weight_decay=0.3)"},
      {"nadam", DecayLaw::kCoupled,
       "torch.optim.NAdam([w], lr=0.05, weight_decay=0.3, foreach=True)"},
      {"radam", DecayLaw::kCoupled, "torch.optim.RAdam([w], lr=0.05, weight_decay=0.3)"},
      {"adamax", DecayLaw::kCoupled, "torch.optim.Adamax([w], lr=0.05, weight_decay=0.3)"},
      {"adagrad", DecayLaw::kCoupled, "torch.optim.Adagrad([w], lr=0.05, weight_decay=0.3)"},
      {"adadelta", DecayLaw::kCoupled, "torch.optim.Adadelta([w], lr=0.05, weight_decay=0.3)"},
      {"rmsprop", DecayLaw::kCoupled, "torch.optim.RMSprop([w], lr=0.05, weight_decay=0.3)"},
      {"asgd", DecayLaw::kCoupled, "torch.optim.ASGD([w], lr=0.05, weight_decay=0.3)"},
      {"adafactor", DecayLaw::kDecoupled, "torch.optim.Adafactor([w], lr=0.05, weight_decay=0.3)"},
      {"muon", DecayLaw::kDecoupled, "torch.optim.Muon([w], lr=0.05, weight_decay=0.3)"}};
  for (const Expected& expected : all) {
    const std::string code = TorchCode(StepOf(expected.rule, expected.law));
    EXPECT_TRUE(Has(code, expected.call)) << code;
    EXPECT_FALSE(Has(code, "no_grad")) << code;
    EXPECT_FALSE(Has(code, "w.grad")) << code;
  }
}

TEST(TorchCode, WritesOtherLawsByHandWithTheClasssOwnDecayOff) {
  struct Expected {
    const char* line;
    DecayLaw law;
    bool after;  // the step
  };
  const Expected all[] = {
      {"    w.grad.add_(w.detach(), alpha=decay)\n", DecayLaw::kCoupled, false},
      {"        w.mul_(1 - lr * decay)\n", DecayLaw::kDecoupled, false},
      {"        w.mul_(1 - decay)", DecayLaw::kIndependent, false},
      {"        w.mul_(1 - lr * lr / lr_max * decay)\n", DecayLaw::kCorrected, false},
      {"        w.sub_(lr * decay * before * agree)\n", DecayLaw::kCautious, true},
      {"        w.div_(1 + lr * decay)\n", DecayLaw::kProximal, true}};
  for (const char* rule : {"sgd", "adamax", "rprop", "adafactor", "nadam"}) {
    for (const Expected& expected : all) {
      if (IsRefused(FindRule(rule), expected.law)) continue;
      const std::string code = TorchCode(StepOf(rule, expected.law));
      const bool is_adafactor = std::string(rule) == "adafactor";
      if (expected.law == (is_adafactor ? DecayLaw::kDecoupled : DecayLaw::kCoupled)) continue;
      ASSERT_TRUE(Has(code, expected.line)) << code;
      EXPECT_EQ(code.find(expected.line) > code.find("optimizer.step()"), expected.after) << code;
      // Rprop alone has no such keyword.
      EXPECT_EQ(Has(code, "weight_decay=0"), std::string(rule) != "rprop") << code;
      EXPECT_TRUE(Has(code, "decay = ")) << code;
    }
  }
}

TEST(TorchCode, NoDecayIsWrittenOut) {
  // AdamW's and Muon's own defaults are not 0.
  EXPECT_TRUE(Has(TorchCode(StepOf("adamw", DecayLaw::kNone)), "weight_decay=0)"));
  EXPECT_TRUE(Has(TorchCode(StepOf("muon", DecayLaw::kNone)), "weight_decay=0)"));
  EXPECT_TRUE(Has(TorchCode(StepOf("muon", DecayLaw::kNone)), "torch.tensor([[-1.5, 2.0]],"));
}

TEST(TorchCode, ShrinksByTheProximalPenalty) {
  CodeOfStep step = StepOf("adam", DecayLaw::kProximal);
  step.penalty = ProximalPenalty::kL1;
  EXPECT_TRUE(Has(TorchCode(step), "softshrink(w, lr * decay))"));
  step.penalty = ProximalPenalty::kElasticNet;
  EXPECT_TRUE(Has(TorchCode(step), "softshrink(w, lr * decay / 2))"));
  EXPECT_TRUE(Has(TorchCode(step), "w.div_(1 + lr * decay / 2)"));
}

TEST(TorchCode, SaysWhatPyTorchLacksAndShowsTheFormula) {
  for (const char* rule : {"lion", "adan", "ademamix", "schedule_free_adamw", "lamb", "lars"}) {
    const std::string code = TorchCode(StepOf(rule, DecayLaw::kDecoupled));
    EXPECT_TRUE(Has(code, "torch.optim has no ")) << code;
    for (const std::string& line : Split(code, '\n'))
      EXPECT_TRUE(line.empty() || line[0] == '#') << line;
    for (const std::string& line : Split(FindRule(rule).formula, '\n'))
      EXPECT_TRUE(Has(code, line)) << code;
  }
}

TEST(TorchCode, PassesOptionsAsItsKeywords) {
  const auto code = [](std::string_view rule, std::map<std::string, double> options) {
    CodeOfStep step = StepOf(rule, DecayLaw::kNone);
    step.options = std::move(options);
    return TorchCode(step);
  };
  EXPECT_TRUE(Has(code("adam", {{"beta1", 0.8}, {"amsgrad", 1}}),
                  ", weight_decay=0, betas=(0.8, 0.999), amsgrad=True)"));
  EXPECT_TRUE(
      Has(code("sgd", {{"momentum", 0.9}, {"nesterov", 0}}), ", momentum=0.9, nesterov=False)"));
  EXPECT_TRUE(Has(code("rprop", {{"step_max", 1}}), "lr=0.05, step_sizes=(1e-06, 1))"));
  EXPECT_TRUE(Has(code("muon", {{"match_rms_adamw", 1}}), ", adjust_lr_fn=\"match_rms_adamw\")"));
}

TEST(Registry, IsJsonOfEveryRuleAndLaw) {
  const Answer answer = AskRegistry(Question(""));
  const Json rules = Json::parse(answer.texts.at("rules"));
  ASSERT_EQ(rules.size(), Rules().size());
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const RuleSpec& rule = *Rules()[i];
    EXPECT_EQ(rules[i]["name"], rule.name);
    EXPECT_EQ(rules[i]["title"], rule.title);
    EXPECT_EQ(rules[i]["formula"], rule.formula);
    EXPECT_EQ(rules[i]["lr"].get<double>(), rule.lr);
    EXPECT_EQ(rules[i]["options"].size(), rule.options.size());
    ASSERT_EQ(rules[i]["refused_laws"].size(), rule.refused.size());
    for (std::size_t k = 0; k < rule.refused.size(); ++k) {
      EXPECT_EQ(rules[i]["refused_laws"][k]["law"], Name(rule.refused[k].law));
      EXPECT_EQ(rules[i]["refused_laws"][k]["reason"], rule.refused[k].reason);
    }
  }
  const Json laws = Json::parse(answer.texts.at("laws"));
  ASSERT_EQ(laws.size(), DecayLaws().size());
  EXPECT_EQ(laws[1]["name"], "coupled");
  EXPECT_EQ(laws[1]["title"], "Coupled");
}

}  // namespace
}  // namespace halflife
