#include "kernels/sums.h"

#include <algorithm>
#include <cmath>

#include "halflife/custom/simd_targets.h"
#include "halflife/custom/tiny.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/sums.cc"
#include "hwy/foreach_target.h"
// clang-format off
#include "hwy/highway.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_HAVE_FLOAT64
constexpr std::size_t kVirtualLanes = 16;

inline double AddLanes(const double* lanes, const float* rest, std::size_t count) {
  double sum = 0;
  for (std::size_t i = 0; i < kVirtualLanes; ++i) {
    double lane = lanes[i];
    if (i < count) lane += static_cast<double>(rest[i]) * rest[i];
    sum += lane;
  }
  return sum;
}

double SumOfSquares(const float* a, std::size_t count) {
  const hn::CappedTag<double, kVirtualLanes> wide;
  const hn::Rebind<float, decltype(wide)> narrow;
  using V = hn::Vec<decltype(wide)>;
  constexpr std::size_t kLanes = hn::MaxLanes(wide);
  V sums[kVirtualLanes / kLanes];
  for (V& sum : sums) sum = hn::Zero(wide);
  std::size_t i = 0;
  for (; i + kVirtualLanes <= count; i += kVirtualLanes) {
    for (std::size_t part = 0; part < kVirtualLanes / kLanes; ++part) {
      const V x = hn::PromoteTo(wide, hn::LoadU(narrow, a + i + part * kLanes));
      sums[part] = hn::MulAdd(x, x, sums[part]);
    }
  }
  double lanes[kVirtualLanes];
  for (std::size_t part = 0; part < kVirtualLanes / kLanes; ++part) {
    hn::StoreU(sums[part], wide, lanes + part * kLanes);
  }
  return AddLanes(lanes, a + i, count - i);
}
#else  // vectors of doubles are what Highway lacks in WebAssembly
double SumOfSquares(const float* a, std::size_t count) { return SumOfSquaresScalar(a, count); }
#endif

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace halflife {
HWY_EXPORT(SumOfSquares);

double SumOfSquares(const float* a, std::size_t count) {
  return HWY_DYNAMIC_DISPATCH(SumOfSquares)(a, count);
}

double SumOfSquaredDistances(const float* a, const float* c, std::size_t count) {
  if (c == nullptr) return SumOfSquares(a, count);
  double lanes[16] = {};
  for (std::size_t i = 0; i < count; ++i) {
    const float x = a[i] - c[i];
    lanes[i % 16] += static_cast<double>(x) * x;
  }
  double sum = 0;
  for (const double lane : lanes) sum += lane;
  return sum;
}

double SumOfSquaresScalar(const float* a, std::size_t count) {
  double lanes[16] = {};
  for (std::size_t i = 0; i < count; ++i) lanes[i % 16] += static_cast<double>(a[i]) * a[i];
  double sum = 0;
  for (const double lane : lanes) sum += lane;
  return sum;
}

void ScaleAndClip(const float* from, float* to, std::size_t count, double scale, double limit) {
  const auto scale_f = static_cast<float>(scale);
  const auto limit_f = static_cast<float>(limit);
  const float grid = GridShift(GradientGrain(scale));
  for (std::size_t i = 0; i < count; ++i) {
    const float x = ToGrid(from[i], grid) * scale_f;
    to[i] = x > limit_f ? limit_f : (x < -limit_f ? -limit_f : x);
  }
}

void ShrinkRow(float* a, const float* c, std::size_t count, double factor) {
  const auto f = static_cast<float>(factor);
  if (c == nullptr) {
    for (std::size_t i = 0; i < count; ++i) a[i] *= f;
    return;
  }
  if (f == 1) return;  // c + (a - c) need not be a in floats
  for (std::size_t i = 0; i < count; ++i) a[i] = c[i] + (a[i] - c[i]) * f;
}

}  // namespace halflife
#endif
