#include "kernels/rule_check.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <set>

#include "base/error.h"

namespace halflife {
namespace {

// As keys of files, flags and listings need it.
bool IsName(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !text.empty() && text.front() >= 'a' && text.front() <= 'z' &&
         std::all_of(text.begin(), text.end(), fits);
}

void CheckNames(const RuleSpec& spec, std::span<const std::string_view> names) {
  std::set<std::string_view> seen;
  for (const std::string_view name : names) {
    if (!IsName(name)) Fail(ErrorKind::kRuleWord, {spec.name, name});
    if (!seen.insert(name).second) Fail(ErrorKind::kRuleWordTwice, {spec.name, name});
  }
}

void CheckOptions(const RuleSpec& spec) {
  std::vector<std::string_view> names;
  for (const OptionSpec& option : spec.options) names.push_back(option.name);
  CheckNames(spec, names);
  for (const OptionSpec& option : spec.options) {
    if (option.range.Holds(option.init)) continue;
    Fail(ErrorKind::kRuleOptionDefault, {spec.name, option.name, option.init, option.range.Text()});
  }
}

void CheckDefaults(const RuleSpec& spec) {
  if (spec.title.empty() || spec.formula.empty()) Fail(ErrorKind::kRuleWithoutWords, {spec.name});
  if (!kNonNegative.Holds(spec.lr) || !kNonNegative.Holds(spec.decay))
    Fail(ErrorKind::kRuleDefaults, {spec.name});
  for (const DecayLawSpec& law : DecayLaws()) {
    if (law.name == spec.name) Fail(ErrorKind::kRuleNamedAsLaw, {spec.name});
  }
  for (const RefusedLaw& refused : spec.refused) {
    if (refused.law == spec.law) Fail(ErrorKind::kRuleRefusesItsLaw, {spec.name});
  }
}

// Two steps over some weights.
struct Trial {
  static constexpr std::size_t kCount = 67;  // full vectors of every width, and a tail
  std::array<std::array<float, kCount>, 2 + kMaxSlots> arrays{};  // w, g, slots

  void Run(const RuleSpec& spec, const ElementwiseRule& rule,
           void (*run)(std::size_t, const ElementwiseJob&)) {
    std::vector<double> options;
    for (const OptionSpec& option : spec.options) options.push_back(option.init);
    std::array<double, 1 + kMaxScalars> scalars{};
    std::array<float*, kMaxSlots> slots{};
    for (std::size_t s = 0; s < kMaxSlots; ++s) slots[s] = arrays[2 + s].data();
    ElementwiseJob job{.w = arrays[0].data(), .g = arrays[1].data(), .slots = slots.data()};
    job.count = kCount;
    job.law.shrink = 0.01;
    for (int step = 0; step < 2; ++step) {
      for (std::size_t i = 0; i < kCount; ++i) {
        const auto x = static_cast<float>(i + 1);
        if (step == 0) arrays[0][i] = std::sqrt(x) - 4;
        arrays[1][i] = 1 / x - 0.1F * static_cast<float>(step);
      }
      scalars[0] += 1;
      rule.advance(options.data(), 0.1, scalars.data());
      job.input = {options.data(), scalars.data(), 0.1};
      run(rule.pick(options.data()), job);
    }
  }
};

void CheckBits(const RuleSpec& spec, const ElementwiseRule& rule) {
  Trial vectors, floats;
  vectors.Run(spec, rule, rule.run);
  floats.Run(spec, rule, rule.run_scalar);
  using Bits = std::array<std::uint32_t, sizeof(Trial::arrays) / sizeof(float)>;
  if (std::bit_cast<Bits>(vectors.arrays) == std::bit_cast<Bits>(floats.arrays)) return;
  Fail(ErrorKind::kRuleBits, {spec.name});
}

}  // namespace

void CheckRule(const RuleSpec& spec, const ElementwiseRule& rule) {
  const std::string_view name[] = {spec.name};
  CheckNames(spec, name);
  CheckDefaults(spec);
  CheckOptions(spec);
  for (const RuleVariant& variant : rule.variants) CheckNames(spec, variant.slots);
  CheckNames(spec, rule.scalars);
  CheckBits(spec, rule);
}

}  // namespace halflife
