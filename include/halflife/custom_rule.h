// A rule of one's own: a source file that includes this header before all others declares a rule as
// halflife's own are declared, and AddRule puts it in the list. docs/custom_rules.md shows one from
// end to end. Link halflife::custom_rule, which brings Highway's headers and the flags. Highway
// reads the file once per SIMD target, so it cannot be part of a unity build.
#ifndef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE __BASE_FILE__  // the file that the compiler was asked for
#endif
// clang-format off
#include "halflife/custom/simd_targets.h"
#include "hwy/foreach_target.h"
#include "halflife/custom/rule-inl.h"
// clang-format on

#if defined(HALFLIFE_CUSTOM_RULE_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef HALFLIFE_CUSTOM_RULE_H_
#undef HALFLIFE_CUSTOM_RULE_H_
#else
#define HALFLIFE_CUSTOM_RULE_H_
#endif

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

// Runs `Type` with the vectors of this target; what HWY_EXPORT is to be given calls it.
template <class Type>
void RunCustomRule(std::size_t variant, const ElementwiseJob& job) {
  RunVariant<VectorBackend, Type>(variant, job);
}

#if HWY_ONCE
// Adds `Type` to the list, where every optimizer, group and description finds it under
// Type::kSpec.name until the program ends; a second time changes nothing. `run` calls the best
// target. Throws Error, with nothing added, when the name is taken or not one, when a default lies
// outside of its range, and when vectors and plain floats do not give the same bits in two steps
// with the default options. Thread safety: may be called at any time from any thread, also while
// optimizers step.
template <class Type>
void AddRule(void (*run)(std::size_t variant, const ElementwiseJob& job)) {
  AddElementwiseRule(Type::kSpec, RuleTable<Type>::Make(run));
}
#endif

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
