#include "moving.h"

#include "halflife/custom/simd_targets.h"
#include "halflife/custom/tiny.h"
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

float MoveMoments(const float* HWY_RESTRICT w, const float* HWY_RESTRICT g, float* HWY_RESTRICT m,
                  float* HWY_RESTRICT v, std::size_t count) {
  const hn::ScalableTag<float> d;
  auto sum = hn::Zero(d);
  for (std::size_t i = 0; i + hn::Lanes(d) <= count; i += hn::Lanes(d)) {
    const auto x = hn::LoadU(d, g + i);
    sum = sum + hn::LoadU(d, w + i);
    hn::StoreU(hn::LoadU(d, m + i) + x, d, m + i);
    hn::StoreU(hn::LoadU(d, v + i) + x, d, v + i);
  }
  return hn::GetLane(sum);
}

void MoveByMoments(float* HWY_RESTRICT w, const float* HWY_RESTRICT m, const float* HWY_RESTRICT v,
                   std::size_t count) {
  const hn::ScalableTag<float> d;
  for (std::size_t i = 0; i + hn::Lanes(d) <= count; i += hn::Lanes(d))
    hn::StoreU(hn::LoadU(d, w + i) + hn::LoadU(d, m + i) + hn::LoadU(d, v + i), d, w + i);
}

// Four sums, so that the additions' latency does not count.
float ReadTwo(const float* HWY_RESTRICT a, const float* HWY_RESTRICT b, std::size_t count) {
  const hn::ScalableTag<float> d;
  const std::size_t lanes = hn::Lanes(d);
  auto s0 = hn::Zero(d), s1 = s0, s2 = s0, s3 = s0;
  for (std::size_t i = 0; i + 2 * lanes <= count; i += 2 * lanes) {
    s0 = s0 + hn::LoadU(d, a + i);
    s1 = s1 + hn::LoadU(d, b + i);
    s2 = s2 + hn::LoadU(d, a + i + lanes);
    s3 = s3 + hn::LoadU(d, b + i + lanes);
  }
  return hn::GetLane(s0 + s1 + s2 + s3);
}

float ReadOne(const float* HWY_RESTRICT a, std::size_t count) {
  return ReadTwo(a, a + count / 2, count / 2);
}

void MoveOne(float* HWY_RESTRICT w, const float* HWY_RESTRICT g, std::size_t count) {
  const hn::ScalableTag<float> d;
  for (std::size_t i = 0; i + hn::Lanes(d) <= count; i += hn::Lanes(d))
    hn::StoreU(hn::LoadU(d, w + i) + hn::LoadU(d, g + i), d, w + i);
}

float AdamArithmetic(std::size_t count) {
  const hn::ScalableTag<float> d;
  using V = hn::Vec<decltype(d)>;
  constexpr std::size_t kChains = 4;  // independent vectors, so that only throughput counts
  const V beta1 = hn::Set(d, 0.9F), rest1 = hn::Set(d, 0.1F), beta2 = hn::Set(d, 0.999F);
  // v stays near 0.001 / 0.0013: roots and divisions by powers of two would be faster than real
  // ones.
  const V rest2 = hn::Set(d, 0.0013F), eps = hn::Set(d, 1e-8F), rate = hn::Set(d, 1e-4F);
  const V decay = hn::Set(d, 1e-6F);
  const V grid = hn::Set(d, GridShift(kGrain));
  const V grid_of_squares = hn::Set(d, GridShift(kGrainOfSquares));
  volatile float one = 1.0F;  // the gradients' scale, which the compiler does not know either
  const V scale = hn::Set(d, one), least = hn::Set(d, 1e-17F);
  V w[kChains], m[kChains], v[kChains];
  for (std::size_t k = 0; k < kChains; ++k) {
    w[k] = m[k] = v[k] = hn::Set(d, 0.77F + 0.013F * static_cast<float>(k));
  }
  for (std::size_t i = 0; i + kChains * hn::Lanes(d) <= count; i += kChains * hn::Lanes(d)) {
    for (std::size_t k = 0; k < kChains; ++k) {
      // A number the compiler cannot know, and no long chain of latencies.
      const V g = scale * ((v[k] + grid) - grid);
      const V kept = hn::IfThenZeroElse(hn::Lt(hn::Abs(g), least), g);
      m[k] = beta1 * m[k] + rest1 * g;
      v[k] = beta2 * v[k] + rest2 * kept * kept;
      w[k] = w[k] - (rate * m[k] / (hn::Sqrt(v[k]) + eps) + decay * w[k]);
      m[k] = (m[k] + grid) - grid;
      v[k] = (v[k] + grid_of_squares) - grid_of_squares;
      w[k] = (w[k] + grid) - grid;
    }
  }
  V sum = w[0];
  for (std::size_t k = 1; k < kChains; ++k) sum = sum + w[k];
  return hn::GetLane(sum);
}

}  // namespace halflife::bench::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace halflife::bench {
HWY_EXPORT(MoveAdam);
HWY_EXPORT(MoveMomentum);
HWY_EXPORT(MoveMoments);
HWY_EXPORT(MoveByMoments);
HWY_EXPORT(ReadTwo);
HWY_EXPORT(ReadOne);
HWY_EXPORT(MoveOne);
HWY_EXPORT(AdamArithmetic);
void MoveAdam(float* w, const float* g, float* m, float* v, std::size_t count) {
  HWY_DYNAMIC_DISPATCH(MoveAdam)(w, g, m, v, count);
}
void MoveMomentum(float* w, const float* g, float* b, std::size_t count) {
  HWY_DYNAMIC_DISPATCH(MoveMomentum)(w, g, b, count);
}
float MoveMoments(const float* w, const float* g, float* m, float* v, std::size_t count) {
  return HWY_DYNAMIC_DISPATCH(MoveMoments)(w, g, m, v, count);
}
void MoveByMoments(float* w, const float* m, const float* v, std::size_t count) {
  HWY_DYNAMIC_DISPATCH(MoveByMoments)(w, m, v, count);
}
float ReadTwo(const float* a, const float* b, std::size_t count) {
  return HWY_DYNAMIC_DISPATCH(ReadTwo)(a, b, count);
}
float ReadOne(const float* a, std::size_t count) { return HWY_DYNAMIC_DISPATCH(ReadOne)(a, count); }
void MoveOne(float* w, const float* g, std::size_t count) {
  HWY_DYNAMIC_DISPATCH(MoveOne)(w, g, count);
}
float AdamArithmetic(std::size_t count) { return HWY_DYNAMIC_DISPATCH(AdamArithmetic)(count); }
}  // namespace halflife::bench
#endif
