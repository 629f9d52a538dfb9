// The penalties as the oracle of the optimizer: its decay laws, which are folded into the kernels'
// loops in floats, against value, gradient and proximal map in double.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "halflife/penalty.h"
#include "kernels/rule.h"
#include "support/training.h"

namespace halflife {
namespace {

using testing::Tensors;
using Vec = std::vector<double>;

constexpr std::int64_t kRows = 6;
constexpr std::int64_t kColumns = 11;  // a whole vector and a tail on every target, or two
constexpr double kLr = 0.125;
constexpr double kDecay = 0.25;
constexpr double kRatio = 0.375;
constexpr double kUlp = 0x1p-24;  // the relative rounding of a float
constexpr int kSteps = 8;

// The penalty that the optimizer's options speak of.
Penalty OracleOf(ProximalPenalty penalty) {
  switch (penalty) {
    case ProximalPenalty::kL2:
      return {Penalty::Kind::kL2, kDecay};
    case ProximalPenalty::kL1:
      return {Penalty::Kind::kL1, kDecay};
    case ProximalPenalty::kElasticNet:
      return {Penalty::Kind::kElasticNet, kDecay, 2, kRatio};
    case ProximalPenalty::kGroupLasso:
      return {Penalty::Kind::kGroupLasso, kDecay, 2, 0.5, kColumns};
  }
  return {};
}

// Multiples of 1/16 of size at most 4: sums and differences of them, and their products with the
// decay, are floats.
std::vector<float> Sixteenths(std::uint64_t seed, std::uint64_t stream) {
  Random random(seed, stream);
  std::vector<float> values(kRows * kColumns);
  for (float& x : values) {
    x = static_cast<float>(std::clamp(std::round(random.Normal() * 16), -64.0, 64.0) / 16);
  }
  return values;
}

// One optimizer and the tensor that it trains.
struct Trained {
  Trained(OptimizerOptions options, const std::vector<float>& start,
          const std::vector<float>& center) {
    tensors.Add("w", {kRows, kColumns}, 1);
    tensors.values[0] = start;
    std::vector<Parameter> parameters = tensors.Parameters();
    parameters[0].center = center;
    optimizer = std::make_unique<Optimizer>(parameters, std::move(options));
  }
  std::vector<float>& w() { return tensors.values[0]; }
  // Into the memory that the optimizer knows.
  void Set(const std::vector<float>& values) {
    std::copy(values.begin(), values.end(), w().begin());
  }

  Tensors tensors;
  std::unique_ptr<Optimizer> optimizer;
};

class Oracle : public ::testing::TestWithParam<testing::RuleVariantOptions> {
 protected:
  const RuleSpec& spec() const { return FindRule(GetParam().rule); }

  OptimizerOptions OptionsOf(DecayLaw law, DecayCenter center) const {
    OptimizerOptions options = testing::OptionsFor(GetParam().rule, law, kDecay);
    options.options = GetParam().options;
    // Without it LAMB and LARS take another step where nothing decays.
    if (GetParam().rule == "lamb" || GetParam().rule == "lars") options.options["always_adapt"] = 1;
    options.lr = kLr;
    options.l1_ratio = kRatio;
    options.center = center;
    return options;
  }
  // Rules whose state holds weights, of which a decay law is then a part.
  bool KeepsWeights() const {
    const ElementwiseRule* rule = FindRuleEntry(GetParam().rule).elementwise;
    return rule != nullptr && (rule->absorbs || rule->average != nullptr);
  }
  static const std::vector<float>& CenterOf(DecayCenter center, const std::vector<float>& start,
                                            const std::vector<float>& given) {
    static const std::vector<float> zero(kRows * kColumns, 0.0F);
    if (center == DecayCenter::kZero) return zero;
    return center == DecayCenter::kStart ? start : given;
  }

  std::vector<float> start_ = Sixteenths(1, 0);
  std::vector<float> given_ = Sixteenths(2, 0);
};

constexpr DecayCenter kCenters[] = {DecayCenter::kZero, DecayCenter::kStart, DecayCenter::kGiven};

// The rule's step by itself, then the proximal map around the centre.
TEST_P(Oracle, ThePenaltysProximalMapIsWhatTheProximalLawDoesAfterTheStep) {
  if (!testing::Allowed(spec(), DecayLaw::kProximal) || KeepsWeights()) GTEST_SKIP();
  for (const ProximalPenalty penalty :
       {ProximalPenalty::kL2, ProximalPenalty::kL1, ProximalPenalty::kElasticNet,
        ProximalPenalty::kGroupLasso}) {
    const Penalty oracle = OracleOf(penalty);
    for (const DecayCenter center : kCenters) {
      const std::vector<float> c = CenterOf(center, start_, given_);
      OptimizerOptions options = OptionsOf(DecayLaw::kProximal, center);
      options.penalty = penalty;
      Trained engine(options, start_, given_);
      Trained plain(OptionsOf(DecayLaw::kNone, DecayCenter::kZero), start_, {});
      for (std::uint64_t step = 0; step < kSteps; ++step) {
        plain.Set(engine.w());
        const std::vector<float> g = Sixteenths(3, step);
        testing::StepWith(engine.optimizer.get(), {g});
        testing::StepWith(plain.optimizer.get(), {g});
        Vec expected(c.size());
        for (std::size_t i = 0; i < c.size(); ++i) expected[i] = double{plain.w()[i]} - c[i];
        oracle.ApplyProximalMap(kLr, expected);
        for (std::size_t i = 0; i < c.size(); ++i) {
          // The weight after the step (which may be added to the law's own part before it is
          // rounded), its distance from the centre, the threshold, what is left, the factor, their
          // product and the sum with the centre are each rounded once, and none is larger than
          // this.
          const double size = std::abs(plain.w()[i]) + 2 * std::abs(c[i]) + kLr * kDecay;
          ASSERT_NEAR(engine.w()[i], c[i] + expected[i], 8 * kUlp * size)
              << static_cast<int>(penalty) << " " << static_cast<int>(center) << " " << step;
        }
      }
    }
  }
}

// All of these gradients are exact in floats, so that the rules get the same bits, whatever they
// make of them.
TEST_P(Oracle, ThePenaltysGradientIsWhatTheCoupledLawAddsToTheGradient) {
  if (!testing::Allowed(spec(), DecayLaw::kCoupled) || spec().inner_decay) GTEST_SKIP();
  const Penalty oracle = OracleOf(ProximalPenalty::kL2);
  for (const DecayCenter center : kCenters) {
    const std::vector<float> c = CenterOf(center, start_, given_);
    Trained engine(OptionsOf(DecayLaw::kCoupled, center), start_, given_);
    Trained plain(OptionsOf(DecayLaw::kNone, DecayCenter::kZero), start_, {});
    for (std::uint64_t step = 0; step < kSteps; ++step) {
      const std::vector<float> w = Sixteenths(4, step), g = Sixteenths(5, step);
      engine.Set(w);
      plain.Set(w);
      Vec distance(c.size());
      for (std::size_t i = 0; i < c.size(); ++i) distance[i] = double{w[i]} - c[i];
      Vec with_decay(g.begin(), g.end());
      oracle.AddGradient(distance, with_decay);
      testing::StepWith(engine.optimizer.get(), {g});
      testing::StepWith(plain.optimizer.get(),
                        {std::vector<float>(with_decay.begin(), with_decay.end())});
      ASSERT_TRUE(testing::SameBits(engine.tensors.values, plain.tensors.values))
          << static_cast<int>(center) << " " << step;
    }
  }
}

// The laws that shrink take a share of the L2 penalty's gradient beside the step: lr of it, or all
// of it where the share is independent of lr. The cautious one does so where that points as the
// step does.
TEST_P(Oracle, ThePenaltysGradientIsWhatTheLawsThatShrinkTakeBesideTheStep) {
  if (KeepsWeights()) GTEST_SKIP();
  const Penalty oracle = OracleOf(ProximalPenalty::kL2);
  for (const DecayLaw law :
       {DecayLaw::kDecoupled, DecayLaw::kIndependent, DecayLaw::kCorrected, DecayLaw::kCautious}) {
    if (!testing::Allowed(spec(), law)) continue;
    for (const DecayCenter center : kCenters) {
      const std::vector<float> c = CenterOf(center, start_, given_);
      Trained engine(OptionsOf(law, center), start_, given_);
      Trained plain(OptionsOf(DecayLaw::kNone, DecayCenter::kZero), start_, {});
      for (std::uint64_t step = 0; step < kSteps; ++step) {
        const std::vector<float> w = Sixteenths(4, step), g = Sixteenths(5, step);
        engine.Set(w);
        plain.Set(w);
        testing::StepWith(engine.optimizer.get(), {g});
        testing::StepWith(plain.optimizer.get(), {g});
        Vec distance(c.size()), slope(c.size());
        for (std::size_t i = 0; i < c.size(); ++i) distance[i] = double{w[i]} - c[i];
        oracle.AddGradient(distance, slope);
        for (std::size_t i = 0; i < c.size(); ++i) {
          const double moved = double{plain.w()[i]} - w[i];
          if (law == DecayLaw::kCautious && moved == 0) continue;  // which way was rounded away
          double pull = slope[i] * (law == DecayLaw::kIndependent ? 1 : kLr);
          if (law == DecayLaw::kCautious && moved * distance[i] > 0) pull = 0;
          // The share, its product, the sum with the step, and twice the weight are rounded.
          const double size = std::abs(w[i]) + std::abs(pull) + std::abs(moved);
          ASSERT_NEAR(engine.w()[i], plain.w()[i] - pull, 6 * kUlp * size)
              << Name(law) << " " << static_cast<int>(center) << " " << step;
        }
      }
    }
  }
}

std::string VariantName(const ::testing::TestParamInfo<testing::RuleVariantOptions>& info) {
  std::string name = info.param.rule;
  for (const auto& [option, value] : info.param.options) name += "_" + option;
  return name;
}

INSTANTIATE_TEST_SUITE_P(Rules, Oracle, ::testing::ValuesIn(testing::RuleVariants()), VariantName);

}  // namespace
}  // namespace halflife
