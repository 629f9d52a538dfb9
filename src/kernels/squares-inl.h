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

// sums[i] += a[i]^2 for i below kVirtualLanes, kept in registers.
class SquareLanes {
 public:
  HWY_INLINE SquareLanes() {
    for (auto& lanes : lanes_) lanes = hn::Zero(Wide());
  }
  HWY_INLINE explicit SquareLanes(const double* from) {
    for (std::size_t i = 0; i < kVirtualLanes / kWideLanes; ++i)
      lanes_[i] = hn::LoadU(Wide(), from + i * kWideLanes);
  }
  HWY_INLINE void StoreTo(double* to) const {
    for (std::size_t i = 0; i < kVirtualLanes / kWideLanes; ++i)
      hn::StoreU(lanes_[i], Wide(), to + i * kWideLanes);
  }
  HWY_INLINE void Add(const float* a) {
    for (std::size_t i = 0; i < kVirtualLanes / kWideLanes; ++i) {
      const auto x = hn::PromoteTo(Wide(), hn::LoadU(Narrow(), a + i * kWideLanes));
      lanes_[i] = hn::MulAdd(x, x, lanes_[i]);
    }
  }
  HWY_INLINE double Sum() const {
    double lanes[kVirtualLanes];
    StoreTo(lanes);
    return SumOfLanes(lanes);
  }

 private:
  hn::Vec<Wide> lanes_[kVirtualLanes / kWideLanes];
};
#else  // vectors of doubles are what Highway lacks in WebAssembly
class SquareLanes {
 public:
  SquareLanes() = default;
  HWY_INLINE explicit SquareLanes(const double* from) { std::copy_n(from, kVirtualLanes, lanes_); }
  HWY_INLINE void StoreTo(double* to) const { std::copy_n(lanes_, kVirtualLanes, to); }
  HWY_INLINE void Add(const float* a) {
    for (std::size_t i = 0; i < kVirtualLanes; ++i) lanes_[i] += static_cast<double>(a[i]) * a[i];
  }
  HWY_INLINE double Sum() const {
    double lanes[kVirtualLanes];
    StoreTo(lanes);
    return SumOfLanes(lanes);
  }

 private:
  double lanes_[kVirtualLanes] = {};
};
#endif

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
