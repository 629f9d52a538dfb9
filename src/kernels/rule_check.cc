#include "kernels/rule_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <set>

#include "base/error.h"
#include "base/text.h"

namespace halflife {
namespace {

[[noreturn]] void Fail(const RuleSpec& spec, const std::string& what) {
  FailUsage(fmt::format("rule {}: {}", Quoted(spec.name), what));
}

// As keys of files, flags and listings need it.
bool IsName(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !text.empty() && text.front() >= 'a' && text.front() <= 'z' &&
         std::all_of(text.begin(), text.end(), fits);
}

void CheckNames(const RuleSpec& spec, std::string_view what,
                std::span<const std::string_view> names) {
  std::set<std::string_view> seen;
  for (const std::string_view name : names) {
    if (!IsName(name))
      Fail(spec, fmt::format("{} {} must be small letters, digits and _, a letter first", what,
                             Quoted(name)));
    if (!seen.insert(name).second)
      Fail(spec, fmt::format("{} {} is there twice", what, Quoted(name)));
  }
}

void CheckOptions(const RuleSpec& spec) {
  std::vector<std::string_view> names;
  for (const OptionSpec& option : spec.options) names.push_back(option.name);
  CheckNames(spec, "option", names);
  for (const OptionSpec& option : spec.options) {
    if (option.range.Holds(option.init)) continue;
    Fail(spec, fmt::format("option {} is {} by default, outside of its own range {}", option.name,
                           Number(option.init), option.range.Text()));
  }
}

void CheckDefaults(const RuleSpec& spec) {
  if (spec.title.empty() || spec.formula.empty()) Fail(spec, "give it a title and its formula");
  if (!kNonNegative.Holds(spec.lr) || !kNonNegative.Holds(spec.decay))
    Fail(spec, "its default lr and decay must be finite and not negative");
  for (const DecayLawSpec& law : DecayLaws()) {
    if (law.name == spec.name) Fail(spec, "a decay law has that name; give it another");
  }
  for (const RefusedLaw& refused : spec.refused) {
    if (refused.law == spec.law) Fail(spec, "it refuses the law that is its default");
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
  Fail(spec,
       "vectors and plain floats give other bits; compile it with -ffp-contract=off (link "
       "halflife::custom_rule), and with nothing but + - * / and the words of math-inl.h");
}

}  // namespace

void CheckRule(const RuleSpec& spec, const ElementwiseRule& rule) {
  const std::string_view name[] = {spec.name};
  CheckNames(spec, "the name", name);
  CheckDefaults(spec);
  CheckOptions(spec);
  for (const RuleVariant& variant : rule.variants) CheckNames(spec, "slot", variant.slots);
  CheckNames(spec, "scalar", rule.scalars);
  CheckBits(spec, rule);
}

}  // namespace halflife
