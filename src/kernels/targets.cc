// Which SIMD target runs the kernels: the best of the processor unless asked otherwise.
#include "hwy/targets.h"

#include <atomic>

#include "halflife/rule.h"
#include "kernels/rule.h"

namespace halflife {
namespace {

std::atomic<bool>& Scalar() {
  static std::atomic<bool> scalar = false;
  return scalar;
}

}  // namespace

void RunElementwise(const ElementwiseRule& rule, std::size_t variant, const ElementwiseJob& job) {
  const bool scalar = Scalar().load(std::memory_order_relaxed);
  (scalar ? rule.run_scalar : rule.run)(variant, job);
}

std::vector<std::string_view> KernelTargets() {
  std::vector<std::string_view> names = {"scalar"};
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    names.emplace_back(hwy::TargetName(target));
  }
  return names;
}

void SetKernelTarget(std::string_view name) {
  Scalar() = name == "scalar";
  std::int64_t mask = 0;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    if (hwy::TargetName(target) == name) mask = target;
  }
  hwy::SetSupportedTargetsForTest(mask);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

}  // namespace halflife
