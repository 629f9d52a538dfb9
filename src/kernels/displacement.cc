#include "halflife/custom/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/displacement.cc"
#include "hwy/foreach_target.h"
// clang-format off
#include "halflife/custom/rule-inl.h"
#include "kernels/rule.h"
#include "kernels/displacement.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {
void RunDisplacement(std::size_t variant, const ElementwiseJob& job) {
  RunVariant<VectorBackend, Displacement>(variant, job);
}
#if HWY_ONCE
ElementwiseRule MakeDisplacement(void (*run)(std::size_t, const ElementwiseJob&)) {
  return RuleTable<Displacement>::Make(run);
}
#endif
}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace halflife {
HWY_EXPORT(RunDisplacement);
const ElementwiseRule& DisplacementRule() {
  static const ElementwiseRule kRule =
      HWY_NAMESPACE::MakeDisplacement([](std::size_t variant, const ElementwiseJob& job) {
        HWY_DYNAMIC_DISPATCH(RunDisplacement)(variant, job);
      });
  return kRule;
}
}  // namespace halflife
#endif
