// Turns a rule's struct into the registry's description of it. Compiled once per SIMD target.
#if defined(HALFLIFE_KERNELS_RULE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef HALFLIFE_KERNELS_RULE_INL_H_
#undef HALFLIFE_KERNELS_RULE_INL_H_
#else
#define HALFLIFE_KERNELS_RULE_INL_H_
#endif

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

template <class... Variants>
constexpr std::array<RuleVariant, sizeof...(Variants)> SlotsOf(
    const std::tuple<Variants...>* /*types*/) {
  return {VariantFrom<Variants>()...};
}

template <class Rule>
struct RuleTable {
  static constexpr auto kVariants = SlotsOf(static_cast<typename VariantsOf<Rule>::Type*>(nullptr));

  static std::size_t Pick(const double* options) {
    if constexpr (requires { Rule::Pick(options); }) return Rule::Pick(options);
    return 0;
  }
  static std::string_view Refuse(const double* options) {
    if constexpr (requires { Rule::Refuse(options); }) return Rule::Refuse(options);
    return "";
  }
  static void AdvanceScalars(const double* options, double lr, double* scalars) {
    if constexpr (requires { Rule::Advance(options, lr, scalars); }) {
      Rule::Advance(options, lr, scalars);
    }
  }
  static std::span<const std::string_view> Scalars() {
    if constexpr (requires { Rule::kScalars; }) {
      static_assert(Rule::kScalars.size() <= kMaxScalars, "a rule has at most kMaxScalars scalars");
      return Rule::kScalars;
    }
    return {};
  }
  static void RunAverage(std::size_t /*variant*/, const ElementwiseJob& job, float* out) {
    if constexpr (requires { Rule::kAverages; }) {
      AverageOf<Rule>(job, out, std::make_index_sequence<Rule::kSlots.size()>());
    }
  }
  static constexpr bool kHasAverage = requires { Rule::kAverages; };
  static constexpr bool kHasAbsorb = requires { Rule::kAbsorbs; };

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
            kHasAverage ? &RunAverage : nullptr,
            kHasAbsorb};
  }
};

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
