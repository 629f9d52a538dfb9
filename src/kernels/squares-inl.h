// Adds squares in double, in 16 virtual lanes whatever the SIMD target. Compiled once per SIMD
// target.
#if defined(HALFLIFE_KERNELS_SQUARES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef HALFLIFE_KERNELS_SQUARES_INL_H_
#undef HALFLIFE_KERNELS_SQUARES_INL_H_
#else
#define HALFLIFE_KERNELS_SQUARES_INL_H_
#endif

#include <algorithm>
#include <cstddef>

#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t kVirtualLanes = 16;

// The sum of 16 lanes in one order: halves onto halves.
HWY_INLINE double SumOfLanes(double* lanes) {
  for (std::size_t half = kVirtualLanes / 2; half > 0; half /= 2) {
    for (std::size_t i = 0; i < half; ++i) lanes[i] += lanes[i + half];
  }
  return lanes[0];
}

#if HWY_HAVE_FLOAT64
using Wide = hn::CappedTag<double, kVirtualLanes>;
using Narrow = hn::Rebind<float, Wide>;
constexpr std::size_t kWideLanes = hn::MaxLanes(Wide());

// sums[i] += a[i]^2 for i below kVirtualLanes.
HWY_INLINE void AddSquares(const float* a, double* sums) {
  for (std::size_t i = 0; i < kVirtualLanes; i += kWideLanes) {
    const auto x = hn::PromoteTo(Wide(), hn::LoadU(Narrow(), a + i));
    hn::StoreU(hn::LoadU(Wide(), sums + i) + x * x, Wide(), sums + i);
  }
}

// The same sums, kept in registers.
class SquareLanes {
 public:
  HWY_INLINE SquareLanes() {
    for (auto& lanes : lanes_) lanes = hn::Zero(Wide());
  }
  HWY_INLINE void Add(const float* a) {
    for (std::size_t i = 0; i < kVirtualLanes / kWideLanes; ++i) {
      const auto x = hn::PromoteTo(Wide(), hn::LoadU(Narrow(), a + i * kWideLanes));
      lanes_[i] = lanes_[i] + x * x;
    }
  }
  HWY_INLINE double Sum() const {
    double lanes[kVirtualLanes];
    for (std::size_t i = 0; i < kVirtualLanes / kWideLanes; ++i)
      hn::StoreU(lanes_[i], Wide(), lanes + i * kWideLanes);
    return SumOfLanes(lanes);
  }

 private:
  hn::Vec<Wide> lanes_[kVirtualLanes / kWideLanes];
};
#else  // vectors of doubles are what Highway lacks in WebAssembly
HWY_INLINE void AddSquares(const float* a, double* sums) {
  for (std::size_t i = 0; i < kVirtualLanes; ++i) sums[i] += static_cast<double>(a[i]) * a[i];
}

class SquareLanes {
 public:
  HWY_INLINE void Add(const float* a) { AddSquares(a, lanes_); }
  HWY_INLINE double Sum() const {
    double lanes[kVirtualLanes];
    std::copy_n(lanes_, kVirtualLanes, lanes);
    return SumOfLanes(lanes);
  }

 private:
  double lanes_[kVirtualLanes] = {};
};
#endif

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
