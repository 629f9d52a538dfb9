// What must hold for every rule of the registry, and for every decay law it takes. The example's
// own rule (examples/signum_rule.cc) takes part by being listed; only what is known of a rule from
// its paper names it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "halflife/describe.h"
#include "halflife/error.h"
#include "kernels/rule.h"
#include "support/training.h"

namespace halflife {
namespace {

using testing::Tensors;

struct Case {
  std::string rule;
  DecayLaw law;
  ProximalPenalty penalty = ProximalPenalty::kL2;
  DecayCenter center = DecayCenter::kZero;
  bool elementwise = true;
  std::map<std::string, double> options = {};
};

std::string NameOf(const Case& one) {
  static constexpr const char* kPenalties[] = {"", "_l1", "_elastic_net", "_group_lasso"};
  std::string rule = one.rule;
  for (const auto& [option, value] : one.options) rule += "_" + option;
  return rule + "_" + std::string(Name(one.law)) + kPenalties[static_cast<int>(one.penalty)] +
         (one.center == DecayCenter::kZero ? "" : "_toward_start");
}

std::vector<Case> CasesOf(const Rule& rule, const std::map<std::string, double>& options) {
  std::vector<Case> cases;
  for (const DecayLawSpec& law : DecayLaws()) {
    if (!testing::Allowed(*rule.spec, law.law)) continue;
    for (int penalty = 0; penalty < (law.law == DecayLaw::kProximal ? 4 : 1); ++penalty) {
      for (const DecayCenter center : {DecayCenter::kZero, DecayCenter::kStart}) {
        if (law.law == DecayLaw::kNone && center != DecayCenter::kZero) continue;
        cases.push_back({std::string(rule.spec->name), law.law,
                         static_cast<ProximalPenalty>(penalty), center, rule.tensor == nullptr,
                         options});
      }
    }
  }
  return cases;
}

OptimizerOptions OptionsOf(const Case& one) {
  OptimizerOptions options = testing::OptionsFor(one.rule, one.law, 0.05);
  options.options = one.options;
  options.penalty = one.penalty;
  options.center = one.center;
  options.lr = 0.01;
  options.lr_schedule = Schedule::WarmUp(4).Then(4, Schedule::Cosine(20));
  return options;
}

// Enough elements for the parallel path, in sizes around vectors and chunks.
Tensors LargeTensors() {
  Tensors tensors;
  tensors.Add("a", {300, 131}, 1);
  tensors.Add("b", {3, 1}, 2);
  tensors.Add("c", {5, 17}, 3);
  tensors.Add("d", {1, 16385}, 4);
  return tensors;
}

// The gradients of a step: drawn once for tensors of the same sizes, since drawing takes longer
// than training.
const std::vector<std::vector<float>>& GradientsOf(const Tensors& tensors, std::uint64_t step) {
  static std::map<std::pair<std::vector<std::size_t>, std::uint64_t>,
                  std::vector<std::vector<float>>>
      drawn;
  std::vector<std::size_t> sizes;
  for (const std::vector<float>& values : tensors.values) sizes.push_back(values.size());
  std::vector<std::vector<float>>& gradients = drawn[{sizes, step}];
  if (gradients.empty()) gradients = testing::RandomGradients(tensors, 5, step);
  return gradients;
}

void Train(Tensors* tensors, const OptimizerOptions& options, int steps) {
  Optimizer optimizer(tensors->Parameters(), options);
  for (int step = 0; step < steps; ++step)
    testing::StepWith(&optimizer, GradientsOf(*tensors, static_cast<std::uint64_t>(step)));
}

std::string RuleNameOf(const ::testing::TestParamInfo<const RuleSpec*>& info) {
  return std::string(info.param->name);
}

// One test a rule, over all laws.
class EveryRuleAndLaw : public ::testing::TestWithParam<const RuleSpec*> {
 protected:
  template <class Body>
  void ForEachLaw(const Body& body) {
    for (const testing::RuleVariantOptions& variant : testing::RuleVariants()) {
      if (variant.rule != GetParam()->name) continue;
      for (const Case& one : CasesOf(FindRuleEntry(variant.rule), variant.options)) {
        SCOPED_TRACE(NameOf(one));
        body(one);
      }
    }
  }
};

TEST_P(EveryRuleAndLaw, IsTheSameForAnyThreadCountAndFromRunToRun) {
  ForEachLaw([](const Case& one) {
    std::vector<Tensors> runs;
    static const Tensors kStart = LargeTensors();
    for (const int threads : {1, 2, 2, 0}) {
      OptimizerOptions options = OptionsOf(one);
      options.threads = threads;
      runs.push_back(kStart);
      Train(&runs.back(), options, 3);
    }
    for (const Tensors& run : runs) EXPECT_TRUE(testing::SameBits(run.values, runs[0].values));
  });
}

TEST_P(EveryRuleAndLaw, IsTheSameOnEverySimdTargetAndScalar) {
  ForEachLaw([](const Case& one) {
    if (one.rule == "muon") return;  // the BLAS's; by our own product: tensor_rules_test.cc
    std::vector<Tensors> runs;
    for (const std::string_view target : KernelTargets()) {
      SetKernelTarget(target);
      runs.emplace_back();
      for (std::int64_t size = 1; size < 40; ++size) {
        runs.back().Add("w" + std::to_string(size), {1, size}, static_cast<std::uint64_t>(size));
      }
      OptimizerOptions options = OptionsOf(one);
      options.clip_norm = 2;
      Train(&runs.back(), options, 12);
    }
    SetKernelTarget("");
    ASSERT_GE(runs.size(), 2U);
    for (const Tensors& run : runs) EXPECT_TRUE(testing::SameBits(run.values, runs[0].values));
  });
}

TEST_P(EveryRuleAndLaw, ResumesAsIfNeverStopped) {
  ForEachLaw([](const Case& one) {
    Tensors whole;
    whole.Add("a", {7, 11}, 1);
    whole.Add("b", {3, 5}, 2);
    Tensors stopped = whole;
    const OptimizerOptions options = OptionsOf(one);
    Train(&whole, options, 10);
    Optimizer first(stopped.Parameters(), options);
    for (std::uint64_t step = 0; step < 5; ++step) {
      testing::StepWith(&first, testing::RandomGradients(stopped, 5, step));
    }
    Optimizer second(stopped.Parameters(), options);
    const LoadReport report = second.LoadBytes(first.StateBytes(), "state");
    EXPECT_EQ(report.step, 5);
    EXPECT_TRUE(report.differences.empty());
    for (std::uint64_t step = 5; step < 10; ++step) {
      testing::StepWith(&second, testing::RandomGradients(stopped, 5, step));
    }
    EXPECT_TRUE(testing::SameBits(whole.values, stopped.values));
    EXPECT_EQ(second.step(), 10);
  });
}

TEST_P(EveryRuleAndLaw, LeavesTheWeightsAtLrZero) {
  ForEachLaw([](const Case& one) {
    if (one.law == DecayLaw::kIndependent) return;  // its decay does not depend on lr
    OptimizerOptions options = OptionsOf(one);
    options.lr = 0;
    Tensors tensors;
    tensors.Add("a", {7, 11}, 1);
    const Tensors before = tensors;
    Train(&tensors, options, 8);
    EXPECT_TRUE(testing::SameBits(before.values, tensors.values));
  });
}

TEST_P(EveryRuleAndLaw, IsTheSameHoweverMemoryIsAlignedAndStaysInside) {
  ForEachLaw([](const Case& one) {
    const OptimizerOptions options = OptionsOf(one);
    constexpr float kSentinel = -12345.0F;
    for (const std::int64_t size : {1, 2, 15, 16, 17, 33, 100}) {
      Tensors expected;
      expected.Add("w", {1, size}, 9);
      const std::vector<float> start = expected.values[0];
      Train(&expected, options, 3);
      const auto count = static_cast<std::size_t>(size);
      for (std::size_t offset = 1; offset < 17; offset += 3) {
        std::vector<float> w(count + 40, kSentinel);
        std::vector<float> g(count + 40, kSentinel);
        std::copy(start.begin(), start.end(), w.begin() + static_cast<std::ptrdiff_t>(offset));
        Optimizer optimizer({{"w", {1, size}, ParameterKind::kWeight, {w.data() + offset, count}}},
                            options);
        for (std::uint64_t step = 0; step < 3; ++step) {
          const auto gradients = testing::RandomGradients(expected, 5, step);
          const std::size_t g_offset = (offset * 5) % 16;
          std::copy(gradients[0].begin(), gradients[0].end(),
                    g.begin() + static_cast<std::ptrdiff_t>(g_offset));
          const std::span<const float> span(g.data() + g_offset, count);
          optimizer.Step({&span, 1});
        }
        for (std::size_t i = 0; i < w.size(); ++i) {
          const bool inside = i >= offset && i < offset + count;
          ASSERT_EQ(w[i], inside ? expected.values[0][i - offset] : kSentinel)
              << size << " " << offset;
        }
      }
    }
  });
}

TEST_P(EveryRuleAndLaw, IsTheSameForAnySplitOfTheTensors) {
  ForEachLaw([](const Case& one) {
    if (!one.elementwise || one.penalty == ProximalPenalty::kGroupLasso) {
      return;  // only promised where no norm binds elements
    }
    Tensors whole;
    whole.Add("w", {40000}, 3);
    const auto gradients = testing::RandomGradients(whole, 5, 0)[0];
    std::vector<float> split = whole.values[0];
    std::vector<Parameter> parts;
    std::vector<std::span<const float>> part_gradients;
    for (std::size_t begin = 0, size = 1; begin < split.size();
         begin += size, size = size * 2 + 1) {
      size = std::min(size, split.size() - begin);
      parts.push_back({"w" + std::to_string(begin),
                       {static_cast<std::int64_t>(size)},
                       ParameterKind::kWeight,
                       {split.data() + begin, size}});
      part_gradients.push_back({gradients.data() + begin, size});
    }
    Optimizer one_tensor(whole.Parameters(), OptionsOf(one));
    Optimizer many(parts, OptionsOf(one));
    for (int step = 0; step < 3; ++step) {
      testing::StepWith(&one_tensor, {gradients});
      many.Step(part_gradients);
    }
    EXPECT_TRUE(testing::SameBits({split}, whole.values));
  });
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryRuleAndLaw, ::testing::ValuesIn(Rules()), RuleNameOf);

// One bad gradient of one weight shows in that weight, whatever the law makes of it afterwards.
TEST_P(EveryRuleAndLaw, ANanInAGradientStaysInItsWeight) {
  ForEachLaw([](const Case& one) {
    Tensors tensors;
    tensors.Add("w", {5, 8}, 1);
    Optimizer optimizer(tensors.Parameters(), OptionsOf(one));
    for (std::uint64_t step = 0; step < 4; ++step) {
      auto gradients = testing::RandomGradients(tensors, 5, step);
      if (step == 1) gradients[0][13] = NAN;
      testing::StepWith(&optimizer, gradients);
    }
    EXPECT_FALSE(std::isfinite(tensors.values[0][13]));
  });
}

class EveryRule : public ::testing::TestWithParam<const RuleSpec*> {};

TEST_P(EveryRule, RefusesEachOptionOutOfRangeByName) {
  const RuleSpec& spec = *GetParam();
  Tensors tensors;
  tensors.Add("w", {3, 4}, 1);
  const auto refuses = [&](const std::string& name, double value, const auto& set,
                           const std::string& says = "") {
    const std::string wanted = says.empty() ? ": " + name + " must be in " : says;
    OptimizerOptions options;
    options.rule = spec.name;
    set(&options, value);
    try {
      const Optimizer optimizer(tensors.Parameters(), options);
      ADD_FAILURE() << name << " = " << value << " was taken";
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find(wanted), std::string::npos) << error.what();
    }
  };
  for (const OptionSpec& option : spec.options) {
    const std::string name(option.name);
    const auto set = [&](OptimizerOptions* o, double value) { o->options[name] = value; };
    refuses(name, std::nan(""), set);
    refuses(name, option.range.low - 1, set);
    refuses(
        name,
        option.range.high_open && std::isfinite(option.range.high) ? option.range.high : HUGE_VAL,
        set);
    if (option.range.low_open) refuses(name, option.range.low, set);
    if (option.range.whole) refuses(name, 0.5, set);
    EXPECT_TRUE(option.range.Holds(option.init)) << name;
    EXPECT_FALSE(option.help.empty()) << name;
  }
  for (const double wrong : {-1.0, std::nan(""), HUGE_VAL}) {
    refuses("lr", wrong, [](OptimizerOptions* o, double value) { o->lr = value; });
    refuses("decay", wrong, [](OptimizerOptions* o, double value) { o->decay = value; });
    refuses("clip_norm", wrong, [](OptimizerOptions* o, double value) { o->clip_norm = value; });
    refuses("clip_value", wrong, [](OptimizerOptions* o, double value) { o->clip_value = value; });
    refuses("gradient_scale", wrong,
            [](OptimizerOptions* o, double value) { o->gradient_scale = value; });
    refuses("l1_ratio", wrong, [](OptimizerOptions* o, double value) { o->l1_ratio = value; });
    refuses("lr_scale", wrong, [](OptimizerOptions* o, double value) {
      o->groups.emplace_back();
      o->groups[0].name = "g";
      o->groups[0].lr_scale = value;
    });
  }
  refuses(
      "no option", 0,
      [](OptimizerOptions* o, double value) { o->options["no_such_option"] = value; },
      "has no option \"no_such_option\"");
}

// The lowest loss, relative to the start, that a few learning rates reach.
double BestLoss(
    const RuleSpec& spec, Tensors* tensors, int steps,
    const std::map<std::string, double>& settings,
    const std::function<double(const std::vector<float>&, std::vector<float>*)>& problem) {
  const std::vector<float> start = tensors->values[0];
  std::vector<float> g(start.size());
  const double first = problem(start, &g);
  double best = first;
  for (const double lr : {1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 1e-3, 3e-4, 1e-4}) {
    tensors->values[0] = start;
    OptimizerOptions options = testing::OptionsFor(std::string(spec.name), DecayLaw::kNone, 0);
    options.options = settings;
    options.lr = lr;
    options.lr_schedule = Schedule::Cosine(steps);
    Optimizer optimizer(tensors->Parameters(), options);
    for (int step = 0; step < steps; ++step) {
      problem(tensors->values[0], &g);
      testing::StepWith(&optimizer, {g});
    }
    const double loss = problem(tensors->values[0], &g);
    if (loss < best) best = loss;  // not so for NaN
  }
  return best / first;
}

TEST_P(EveryRule, ConvergesOnAQuadratic) {
  Tensors tensors;
  tensors.Add("w", {4, 5}, 1);
  const auto quadratic = [](const std::vector<float>& w, std::vector<float>* g) {
    double loss = 0;
    for (std::size_t i = 0; i < w.size(); ++i) {
      const double curvature = 0.2 + 0.1 * static_cast<double>(i);
      const double from = w[i] - 0.3 * static_cast<double>(i % 7);
      loss += curvature / 2 * from * from;
      (*g)[i] = static_cast<float>(curvature * from);
    }
    return loss;
  };
  EXPECT_LT(BestLoss(*GetParam(), &tensors, 3000, {}, quadratic), 1e-4);
}

TEST_P(EveryRule, FindsRosenbrocksMinimumWhereItIsKnownTo) {
  const std::string name(GetParam()->name);
  // Others move by norms or signs of whole tensors, or stall in the valley.
  static const std::vector<std::string> kKnownTo = {"sgd",
                                                    "adam",
                                                    "adamw",
                                                    "adagrad",
                                                    "rmsprop",
                                                    "adamax",
                                                    "nadam",
                                                    "radam",
                                                    "asgd",
                                                    "rprop",
                                                    "adan",
                                                    "ademamix",
                                                    "schedule_free_adamw"};
  if (std::find(kKnownTo.begin(), kKnownTo.end(), name) == kKnownTo.end()) GTEST_SKIP();
  Tensors tensors;
  tensors.Add("w", {2}, 1);
  tensors.values[0] = {-1.2F, 1.0F};
  const auto rosenbrock = [](const std::vector<float>& w, std::vector<float>* g) {
    const double x = w[0], y = w[1];
    *g = {static_cast<float>(-2 * (1 - x) - 400 * x * (y - x * x)),
          static_cast<float>(200 * (y - x * x))};
    return (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x);
  };
  std::map<std::string, double> settings;
  if (name == "sgd") settings["momentum"] = 0.9;
  EXPECT_LT(BestLoss(*GetParam(), &tensors, 20000, settings, rosenbrock), 1e-3);
}

TEST_P(EveryRule, GetsExactZerosFromTheProximalL1) {
  if (!testing::Allowed(*GetParam(), DecayLaw::kProximal)) GTEST_SKIP();
  OptimizerOptions options =
      testing::OptionsFor(std::string(GetParam()->name), DecayLaw::kProximal, 10);
  options.penalty = ProximalPenalty::kL1;
  options.lr = 0.01;
  Tensors tensors;
  tensors.Add("w", {6, 6}, 1);
  Train(&tensors, options, 300);
  EXPECT_GT(std::count(tensors.values[0].begin(), tensors.values[0].end(), 0.0F), 18);
}

TEST_P(EveryRule, KeepsItsStateUnderItsOwnName) {
  Tensors tensors;
  tensors.Add("layer.w", {6, 6}, 1);
  OptimizerOptions options;
  options.rule = GetParam()->name;
  const Optimizer optimizer(tensors.Parameters(), options);
  EXPECT_NE(optimizer.StateBytes().find("\"layer.w/" + std::string(GetParam()->name) + ".t\""),
            std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryRule, ::testing::ValuesIn(Rules()), RuleNameOf);

TEST(Registry, ListsTheRuleOfTheTestsOwn) {
  EXPECT_EQ(FindRule("signum").title, "Signum");
  EXPECT_NE(DescribeText("").find("  signum "), std::string::npos);  // what the program lists
  EXPECT_THROW(FindRule("adamv"), Error);
}

}  // namespace
}  // namespace halflife
