// What must hold for every rule of the registry at the ends of floats: NaNs on every SIMD target,
// gradients that stop, and numbers too small to count.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "halflife/custom/tiny.h"
#include "kernels/rule.h"
#include "optim/safetensors.h"
#include "support/training.h"

namespace halflife {
namespace {

using testing::Tensors;
using SlotValues = std::map<std::string, std::vector<float>>;

// The arrays of the state by their names.
SlotValues SlotsOf(const Optimizer& optimizer) {
  const std::string bytes = optimizer.StateBytes();
  SlotValues slots;
  for (const SafeTensor& tensor : ReadSafeTensors(bytes, "state").tensors) {
    if (tensor.dtype != "F32") continue;
    std::vector<float>& values = slots[tensor.name];
    values.resize(tensor.bytes.size() / sizeof(float));
    std::memcpy(values.data(), tensor.bytes.data(), tensor.bytes.size());
  }
  return slots;
}

// The state with every number set to `value`.
void SetState(Optimizer* optimizer, float value) {
  const std::string bytes = optimizer->StateBytes();
  SafeTensors file = ReadSafeTensors(bytes, "state");
  std::vector<std::vector<float>> values;
  for (SafeTensor& tensor : file.tensors) {
    if (tensor.dtype != "F32" || tensor.name.ends_with("/center")) continue;
    values.emplace_back(tensor.bytes.size() / sizeof(float), value);
    tensor.bytes = {reinterpret_cast<const char*>(values.back().data()), tensor.bytes.size()};
  }
  optimizer->LoadBytes(WriteSafeTensors(file), "state");
}

long Denormals(const std::vector<float>& values) {
  return std::count_if(values.begin(), values.end(),
                       [](float x) { return std::fpclassify(x) == FP_SUBNORMAL; });
}
long Denormals(const Tensors& tensors, const Optimizer& optimizer) {
  long count = 0;
  for (const auto& values : tensors.values) count += Denormals(values);
  for (const auto& [name, values] : SlotsOf(optimizer)) count += Denormals(values);
  return count;
}

// 37 elements: whole vectors and a tail on every target.
Tensors OneTensor() {
  Tensors tensors;
  tensors.Add("w", {1, 37}, 6);
  return tensors;
}

struct Variant {
  testing::RuleVariantOptions rule;
  DecayLaw law;
};

void PrintTo(const Variant& variant, std::ostream* out) { *out << variant.rule.rule; }

OptimizerOptions OptionsOf(const Variant& variant) {
  OptimizerOptions options = testing::OptionsFor(variant.rule.rule, variant.law, 0.01);
  options.options = variant.rule.options;
  options.lr = 1e-3;
  return options;
}

std::vector<Variant> AllVariants() {
  std::vector<Variant> variants;
  for (const testing::RuleVariantOptions& rule : testing::RuleVariants()) {
    for (const DecayLawSpec& law : DecayLaws()) {
      if (testing::Allowed(FindRule(rule.rule), law.law)) variants.push_back({rule, law.law});
    }
  }
  return variants;
}

std::string NameOf(const ::testing::TestParamInfo<Variant>& info) {
  std::string name = info.param.rule.rule;
  for (const auto& [option, value] : info.param.rule.options) name += "_" + option;
  return name + "_" + std::string(Name(info.param.law));
}

class Extremes : public ::testing::TestWithParam<Variant> {};

// Slots that hold the last gradient forget a NaN with the next; all others keep theirs.
bool IsLastGradient(const std::string& slot) { return slot.ends_with(".g_last"); }

TEST_P(Extremes, ANanStaysOneInEverySlotOnEveryTarget) {
  std::vector<SlotValues> all;
  for (const std::string_view target : KernelTargets()) {
    SetKernelTarget(target);
    Tensors tensors = OneTensor();
    Optimizer optimizer(tensors.Parameters(), OptionsOf(GetParam()));
    SlotValues before;
    for (std::uint64_t step = 0; step < 8; ++step) {
      auto gradients = testing::RandomGradients(tensors, 5, step);
      if (step == 2) gradients[0][3] = gradients[0][36] = std::nanf("");
      if (step == 4) gradients[0][20] = -std::nanf("");
      testing::StepWith(&optimizer, gradients);
      SlotValues after = SlotsOf(optimizer);
      after["weights"] = tensors.values[0];
      for (const auto& [name, values] : before) {
        for (std::size_t i = 0; i < values.size() && !IsLastGradient(name); ++i)
          EXPECT_TRUE(!std::isnan(values[i]) || std::isnan(after[name][i])) << target << name << i;
      }
      before = after;
      all.push_back(std::move(after));
    }
    for (const std::size_t i : {3, 20, 36}) EXPECT_TRUE(std::isnan(tensors.values[0][i])) << target;
    EXPECT_FALSE(FindRuleEntry(GetParam().rule.rule).elementwise != nullptr &&
                 std::isnan(tensors.values[0][4]));
  }
  SetKernelTarget("");
  for (std::size_t k = 8; k < all.size(); ++k) {
    for (const auto& [name, values] : all[k]) {
      const std::vector<float>& first = all[k % 8][name];
      for (std::size_t i = 0; i < values.size(); ++i)
        ASSERT_EQ(std::isnan(values[i]), std::isnan(first[i])) << name << " " << i;
    }
  }
}

TEST_P(Extremes, NoDenormalIsKeptWhenGradientsStop) {
  Tensors tensors = OneTensor();
  Optimizer optimizer(tensors.Parameters(), OptionsOf(GetParam()));
  for (std::uint64_t step = 0; step < 3; ++step)
    testing::StepWith(&optimizer, testing::RandomGradients(tensors, 5, step));
  const std::vector<std::vector<float>> zeros = {std::vector<float>(37, 0.0F)};
  for (int step = 0; step < 3000; ++step) {
    testing::StepWith(&optimizer, zeros);
    if (step % 7 != 0) continue;
    ASSERT_EQ(Denormals(tensors, optimizer), 0) << step;
  }
}

TEST_P(Extremes, NoDenormalIsKeptOfASmallStateSmallWeightsOrSmallGradients) {
  for (const float size : {1e-37F, 3e-39F, 1e-45F, 2e-38F, 5e-31F}) {
    Tensors tensors = OneTensor();
    for (std::size_t i = 0; i < 20; ++i) tensors.values[0][i] = size * (i % 2 == 0 ? 1.0F : -3.0F);
    Optimizer optimizer(tensors.Parameters(), OptionsOf(GetParam()));
    testing::StepWith(&optimizer, testing::RandomGradients(tensors, 5, 0));
    SetState(&optimizer, size);
    for (std::uint64_t step = 1; step < 40; ++step) {
      auto gradients = testing::RandomGradients(tensors, 5, step);
      for (float& g : gradients[0]) g *= size;
      testing::StepWith(&optimizer, gradients);
      ASSERT_EQ(Denormals(tensors, optimizer), 0) << size << " " << step;
    }
  }
}

// The same, with the whole range of floats as gradients: bits on every target, and from a resumed
// state, for random threads. Signs of NaNs aside, which the targets choose.
TEST_P(Extremes, WildGradientsGiveTheSameBitsOnEveryTargetAndAfterResuming) {
  const bool by_blas = GetParam().rule.rule == "muon";
  for (std::uint64_t trial = 0; trial < 3; ++trial) {
    std::vector<std::vector<std::vector<float>>> runs;
    for (const std::string_view target : KernelTargets()) {
      if (by_blas && target != KernelTargets().back()) continue;  // its bits are the BLAS's
      for (const bool resumed : {false, true}) {
        SetKernelTarget(target);
        Tensors tensors = OneTensor();
        tensors.Add("v", {3, 11}, trial);
        OptimizerOptions options = OptionsOf(GetParam());
        Random random(trial);
        options.lr = std::exp2(random.Uniform() * 30 - 30);
        options.threads = resumed ? 2 : 1;
        if (random.Uniform() < 0.3) options.clip_value = std::exp2(random.Uniform() * 80 - 40);
        if (random.Uniform() < 0.3) options.gradient_scale = std::exp2(random.Uniform() * 80 - 40);
        auto optimizer = std::make_unique<Optimizer>(tensors.Parameters(), options);
        for (std::uint64_t step = 0; step < 12; ++step) {
          if (resumed && step == 5) {
            const std::string bytes = optimizer->StateBytes();
            std::vector<std::vector<float>> now = tensors.values;
            tensors = OneTensor();
            tensors.Add("v", {3, 11}, trial);
            optimizer = std::make_unique<Optimizer>(tensors.Parameters(), options);
            for (std::size_t t = 0; t < now.size(); ++t)
              std::copy(now[t].begin(), now[t].end(), tensors.values[t].begin());
            optimizer->LoadBytes(bytes, "state");
          }
          auto gradients = testing::RandomGradients(tensors, trial, step);
          Random sizes(trial, 77 + step);
          for (auto& tensor : gradients) {
            for (float& g : tensor)
              g *= static_cast<float>(
                  std::exp2(sizes.Uniform() < 0.5 ? 0 : sizes.Uniform() * 276 - 149));
          }
          testing::StepWith(optimizer.get(), gradients);
        }
        for (auto& values : tensors.values) {
          for (float& x : values) x = std::isnan(x) ? std::nanf("") : x;
        }
        runs.push_back(tensors.values);
      }
    }
    SetKernelTarget("");
    for (const auto& run : runs) ASSERT_TRUE(testing::SameBits(run, runs[0])) << trial;
  }
}

INSTANTIATE_TEST_SUITE_P(Registry, Extremes, ::testing::ValuesIn(AllVariants()), NameOf);

TEST(Grid, KeepsLargeNumbersAndWhatIsNotFinite) {
  const float grid = GridShift(kGrain);
  for (const float x : {1.0F, -0.3F, 1e-15F, -7e-16F, 3e38F, 0.0F}) EXPECT_EQ(ToGrid(x, grid), x);
  EXPECT_EQ(ToGrid(INFINITY, grid), INFINITY);
  EXPECT_EQ(ToGrid(-INFINITY, grid), -INFINITY);
  EXPECT_TRUE(std::isnan(ToGrid(std::nanf(""), grid)));
  EXPECT_FALSE(std::signbit(ToGrid(-0.0F, grid)));
}

TEST(Grid, RoundsToMultiplesOfTheGrainAndNeverFarther) {
  for (const float grain : {kGrain, kGrainOfSquares}) {
    for (std::uint64_t i = 0; i < 20000; ++i) {
      Random random(i);
      const auto x = static_cast<float>(random.Normal() * std::exp2(random.Uniform() * 150 - 149));
      const double kept = ToGrid(x, GridShift(grain));
      EXPECT_EQ(std::fmod(kept, grain / 2.0), 0) << x;
      // Half a grain, a grain where the sum with the shift is a binade up, and above that a last
      // digit of x, 2^-23 of it, for the same reason.
      EXPECT_LE(std::abs(kept - x), std::max(double{grain}, std::abs(x) * 0x1p-23)) << x;
    }
  }
}

}  // namespace
}  // namespace halflife
