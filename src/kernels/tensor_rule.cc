#include "kernels/tensor_rule.h"

#include <algorithm>

#include "halflife/custom/simd_targets.h"
#include "kernels/rule.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/tensor_rule.cc"
#include "hwy/foreach_target.h"
// clang-format off
#include "kernels/taking-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

void TakeGradient(const TensorJob& job, std::size_t begin, std::size_t count, float* to) {
  const auto take = [&](auto taking, auto backend, std::size_t i) {
    using B = decltype(backend);
    auto distance = B::Load(job.w + begin + i);
    if (job.center != nullptr) distance = distance - B::Load(job.center + begin + i);
    B::Store(taking(B::Load(job.g + begin + i), distance), to + i);
  };
  const Taking<VectorBackend> taking(job);
  std::size_t i = 0;
  for (; i + VectorBackend::Lanes() <= count; i += VectorBackend::Lanes())
    take(taking, VectorBackend(), i);
  for (; i < count; ++i) take(Taking<ScalarBackend>(job), ScalarBackend(), i);
}

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace halflife {
HWY_EXPORT(TakeGradient);

void TakeGradient(const TensorJob& job, std::size_t begin, std::size_t count, float* to) {
  HWY_DYNAMIC_DISPATCH(TakeGradient)(job, begin, count, to);
}

void TakeStep(const TensorJob& job, std::size_t begin, std::size_t count, const float* step) {
  ElementwiseJob take;
  take.w = job.w + begin;
  take.g = step;
  if (job.center != nullptr) take.center = job.center + begin;
  take.slots = job.slots;
  take.count = count;
  take.law = job.law;
  RunElementwise(DisplacementRule(), 0, take);
}

std::vector<TensorPart> TensorRule::Parts(std::span<const std::int64_t> shape) const {
  const std::size_t count = ElementsOf(shape);
  std::vector<TensorPart> parts;
  for (std::size_t i = 0; i < count; i += kPart) parts.push_back({i, std::min(kPart, count - i)});
  return parts;
}

}  // namespace halflife
#endif
