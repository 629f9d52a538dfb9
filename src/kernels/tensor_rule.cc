#include "kernels/tensor_rule.h"

#include <algorithm>

#include "kernels/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/tensor_rule.cc"
#include "hwy/foreach_target.h"
// clang-format off
#include "kernels/math-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

template <class B>
HWY_INLINE void TakeBlock(const TensorJob& job, const float* w, const float* g, const float* c,
                          float* to) {
  using V = typename B::V;
  const typename B::Lit lit;
  const V limit = lit(job.limit);
  V x = ToGrid(B::Load(g), V(lit(GridShift(GradientGrain(job.gradient_scale))))) *
        lit(job.gradient_scale);
  x = IfPositive(V(x - limit), limit, IfPositive(V(lit(0) - limit - x), V(lit(0) - limit), x));
  if (job.couples) {
    V distance = B::Load(w);
    if (c != nullptr) distance = distance - B::Load(c);
    x = ToGrid(V(x + lit(job.coupled) * distance), V(lit(GridShift(kGrain))));
  }
  B::Store(x, to);
}

void TakeGradient(const TensorJob& job, std::size_t begin, std::size_t count, float* to) {
  const float* c = job.center == nullptr ? nullptr : job.center + begin;
  const std::size_t lanes = VectorBackend::Lanes();
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    TakeBlock<VectorBackend>(job, job.w + begin + i, job.g + begin + i,
                             c == nullptr ? nullptr : c + i, to + i);
  }
  for (; i < count; ++i) {
    TakeBlock<ScalarBackend>(job, job.w + begin + i, job.g + begin + i,
                             c == nullptr ? nullptr : c + i, to + i);
  }
}

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace halflife {
HWY_EXPORT(TakeGradient);

void TakeGradient(const TensorJob& job, std::size_t begin, std::size_t count, float* to) {
  HWY_DYNAMIC_DISPATCH(TakeGradient)(job, begin, count, to);
}

std::vector<TensorPart> TensorRule::Parts(std::span<const std::int64_t> shape) const {
  const std::size_t count = ElementsOf(shape);
  std::vector<TensorPart> parts;
  for (std::size_t i = 0; i < count; i += kPart) parts.push_back({i, std::min(kPart, count - i)});
  return parts;
}

}  // namespace halflife
#endif
