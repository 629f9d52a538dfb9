#include "moving.h"

#include "kernels/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "moving.cc"
#include "hwy/foreach_target.h"
// clang-format off
#include "hwy/highway.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace halflife::bench::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

void MoveAdam(float* HWY_RESTRICT w, const float* HWY_RESTRICT g, float* HWY_RESTRICT m,
              float* HWY_RESTRICT v, std::size_t count) {
  const hn::ScalableTag<float> d;
  for (std::size_t i = 0; i + hn::Lanes(d) <= count; i += hn::Lanes(d)) {
    const auto x = hn::LoadU(d, g + i);
    hn::StoreU(hn::LoadU(d, w + i) + x, d, w + i);
    hn::StoreU(hn::LoadU(d, m + i) + x, d, m + i);
    hn::StoreU(hn::LoadU(d, v + i) + x, d, v + i);
  }
}

void MoveMomentum(float* HWY_RESTRICT w, const float* HWY_RESTRICT g, float* HWY_RESTRICT b,
                  std::size_t count) {
  const hn::ScalableTag<float> d;
  for (std::size_t i = 0; i + hn::Lanes(d) <= count; i += hn::Lanes(d)) {
    const auto x = hn::LoadU(d, g + i);
    hn::StoreU(hn::LoadU(d, w + i) + x, d, w + i);
    hn::StoreU(hn::LoadU(d, b + i) + x, d, b + i);
  }
}

float DivideAndRoot(std::size_t count) {
  const hn::ScalableTag<float> d;
  // Eight independent chains, so that only throughput counts. Each value stays near 1.
  constexpr std::size_t kChains = 8;
  hn::Vec<decltype(d)> x[kChains];
  for (std::size_t k = 0; k < kChains; ++k) x[k] = hn::Set(d, 1.0F + 0.01F * static_cast<float>(k));
  const auto one = hn::Set(d, 1.5F);
  for (std::size_t i = 0; i + kChains * hn::Lanes(d) <= count; i += kChains * hn::Lanes(d)) {
    for (auto& value : x) value = one / hn::Sqrt(value);
  }
  auto sum = x[0];
  for (std::size_t k = 1; k < kChains; ++k) sum = sum + x[k];
  return hn::GetLane(sum);
}

}  // namespace halflife::bench::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace halflife::bench {
HWY_EXPORT(MoveAdam);
HWY_EXPORT(MoveMomentum);
HWY_EXPORT(DivideAndRoot);
void MoveAdam(float* w, const float* g, float* m, float* v, std::size_t count) {
  HWY_DYNAMIC_DISPATCH(MoveAdam)(w, g, m, v, count);
}
void MoveMomentum(float* w, const float* g, float* b, std::size_t count) {
  HWY_DYNAMIC_DISPATCH(MoveMomentum)(w, g, b, count);
}
float DivideAndRoot(std::size_t count) { return HWY_DYNAMIC_DISPATCH(DivideAndRoot)(count); }
}  // namespace halflife::bench
#endif
