// Adds squares in double, in the order of kernels/sums.h. Compiled once per SIMD target.
#if defined(HALFLIFE_KERNELS_SQUARES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef HALFLIFE_KERNELS_SQUARES_INL_H_
#undef HALFLIFE_KERNELS_SQUARES_INL_H_
#else
#define HALFLIFE_KERNELS_SQUARES_INL_H_
#endif

#include <cstddef>

#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t kVirtualLanes = 16;

// sums[i] += a[i]^2 for i below kVirtualLanes.
HWY_INLINE void AddSquares(const float* a, double* sums) {
#if HWY_HAVE_FLOAT64
  const hn::CappedTag<double, kVirtualLanes> wide;
  const hn::Rebind<float, decltype(wide)> narrow;
  for (std::size_t i = 0; i < kVirtualLanes; i += hn::Lanes(wide)) {
    const auto x = hn::PromoteTo(wide, hn::LoadU(narrow, a + i));
    hn::StoreU(hn::LoadU(wide, sums + i) + x * x, wide, sums + i);
  }
#else  // vectors of doubles are what Highway lacks in WebAssembly
  for (std::size_t i = 0; i < kVirtualLanes; ++i) sums[i] += static_cast<double>(a[i]) * a[i];
#endif
}

// The lanes' sum, one after the other.
HWY_INLINE double SumOfLanes(const double* lanes) {
  double sum = 0;
  for (std::size_t i = 0; i < kVirtualLanes; ++i) sum += lanes[i];
  return sum;
}

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
