// Turns a rule's struct into the registry's description of it. Compiled once per SIMD target.
#if defined(HALFLIFE_KERNELS_RULE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef HALFLIFE_KERNELS_RULE_INL_H_
#undef HALFLIFE_KERNELS_RULE_INL_H_
#else
#define HALFLIFE_KERNELS_RULE_INL_H_
#endif

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "halflife/custom/driver-inl.h"
#include "halflife/custom/elementwise_rule.h"

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

using Names0 = std::array<std::string_view, 0>;
template <std::size_t kCount>
using Names = std::array<std::string_view, kCount>;

// power <- base^t as a running product: pow differs between C libraries.
inline void NextPower(double* power, double base, double t) {
  *power = (t == 1 ? 1.0 : *power) * base;
}

// A rule whose state depends on its options lists `Variants` and picks one; others are their own.
template <class Rule>
struct VariantsOf {
  using Type = std::tuple<Rule>;
};
template <class Rule>
requires requires { typename Rule::Variants; }
struct VariantsOf<Rule> {
  using Type = typename Rule::Variants;
};

template <class B, class... Variants>
void RunVariantOf(std::size_t variant, const ElementwiseJob& job,
                  const std::tuple<Variants...>* /*types*/) {
  constexpr void (*kRuns[])(const ElementwiseJob&) = {&RunRule<B, Variants>...};
  kRuns[variant](job);
}

template <class B, class Rule>
void RunVariant(std::size_t variant, const ElementwiseJob& job) {
  RunVariantOf<B>(variant, job, static_cast<typename VariantsOf<Rule>::Type*>(nullptr));
}

template <class Rule>
constexpr RuleVariant VariantFrom() {
  static_assert(Rule::kSlots.size() <= kMaxSlots, "a rule has at most kMaxSlots slots");
  RuleVariant variant{Rule::kSlots, {}};
  for (std::size_t s = 0; s < Rule::kSlots.size(); ++s) variant.grain[s] = GrainOf<Rule>(s);
  return variant;
}

// Whether every name of the rule's kSquares is a slot of some variant.
template <class Rule, class... Variants>
constexpr bool SquaresAreSlots() {
  if constexpr (requires { Rule::kSquares; }) {
    const auto has = [](const auto& names, std::string_view name) {
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    for (const std::string_view name : Rule::kSquares) {
      if (!(has(Variants::kSlots, name) || ...)) return false;
    }
  }
  return true;
}

template <class... Variants>
constexpr std::array<RuleVariant, sizeof...(Variants)> SlotsOf(
    const std::tuple<Variants...>* /*types*/) {
  static_assert((SquaresAreSlots<Variants, Variants...>() && ...), "kSquares names slots alone");
  return {VariantFrom<Variants>()...};
}

template <class Rule>
struct RuleTable {
  static constexpr auto kVariants = SlotsOf(static_cast<typename VariantsOf<Rule>::Type*>(nullptr));

  static std::size_t Pick(const double* options) {
    if constexpr (kHasPick<Rule>) return Rule::Pick(options);
    return 0;
  }
  static std::string_view Refuse(const double* options) {
    if constexpr (kHasRefuse<Rule>) return Rule::Refuse(options);
    return "";
  }
  static void AdvanceScalars(const double* options, double lr, double* scalars) {
    if constexpr (kHasAdvance<Rule>) Rule::Advance(options, lr, scalars);
  }
  static std::span<const std::string_view> Scalars() {
    if constexpr (requires { Rule::kScalars; }) {
      static_assert(Rule::kScalars.size() <= kMaxScalars, "a rule has at most kMaxScalars scalars");
      static_assert(kHasAdvance<Rule>, "what has kScalars needs Advance to move them");
      return Rule::kScalars;
    }
    return {};
  }
  static void RunAverage(std::size_t /*variant*/, const ElementwiseJob& job, float* out) {
    if constexpr (kHasAverage<Rule>) {
      AverageOf<Rule>(job, out, std::make_index_sequence<Rule::kSlots.size()>());
    }
  }

  // Where the best target is already scalar, there is no second scalar kernel.
  using Scalar =
      std::conditional_t<hn::MaxLanes(VectorBackend::D()) == 1, VectorBackend, ScalarBackend>;

  static ElementwiseRule Make(void (*run)(std::size_t, const ElementwiseJob&)) {
    return {kVariants,
            Scalars(),
            &Pick,
            &Refuse,
            &AdvanceScalars,
            run,
            &RunVariant<Scalar, Rule>,
            kHasAverage<Rule> ? &RunAverage : nullptr,
            kHasAbsorb<Rule>};
  }
};

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
