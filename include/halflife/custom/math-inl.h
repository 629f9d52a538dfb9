// The words that rules are written in, for vectors of every SIMD target and for plain floats alike.
#if defined(HALFLIFE_KERNELS_MATH_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef HALFLIFE_KERNELS_MATH_INL_H_
#undef HALFLIFE_KERNELS_MATH_INL_H_
#else
#define HALFLIFE_KERNELS_MATH_INL_H_
#endif

#include <cmath>

#include "halflife/custom/tiny.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;
using halflife::OrZero;
using halflife::ToGrid;
using hn::Abs;
using hn::Sqrt;

HWY_INLINE float Abs(float x) { return std::fabs(x); }
HWY_INLINE float Sqrt(float x) { return std::sqrt(x); }

// The larger and the smaller of two; a NaN if one is. (What processors and Highway call Max keeps,
// drops or swaps a NaN, each in its own way.)
template <class V>
HWY_INLINE V Larger(V a, V b) {
  return hn::IfThenElse(hn::Or(hn::Gt(a, b), hn::IsNaN(a)), a, b);
}
template <class V>
HWY_INLINE V Smaller(V a, V b) {
  return hn::IfThenElse(hn::Or(hn::Lt(a, b), hn::IsNaN(a)), a, b);
}
HWY_INLINE float Larger(float a, float b) { return a > b || std::isnan(a) ? a : b; }
HWY_INLINE float Smaller(float a, float b) { return a < b || std::isnan(a) ? a : b; }

// See halflife/custom/tiny.h.
template <class V>
HWY_INLINE V ToGrid(V x, V shift) {
  return (x + shift) - shift;
}

// x, or 0 where it is smaller than `least`; a NaN stays.
template <class V>
HWY_INLINE V OrZero(V x, V least) {
  return hn::IfThenZeroElse(hn::Lt(Abs(x), least), x);
}

// x > 0 ? yes : no.
template <class V>
HWY_INLINE V IfPositive(V x, V yes, V no) {
  return hn::IfThenElse(hn::Gt(x, hn::Zero(hn::DFromV<V>())), yes, no);
}
HWY_INLINE float IfPositive(float x, float yes, float no) { return x > 0 ? yes : no; }

// x >= 0 ? yes : no.
template <class V>
HWY_INLINE V IfNonNegative(V x, V yes, V no) {
  return hn::IfThenElse(hn::Ge(x, hn::Zero(hn::DFromV<V>())), yes, no);
}
HWY_INLINE float IfNonNegative(float x, float yes, float no) { return x >= 0 ? yes : no; }

// -1, 0 or 1; a NaN stays one.
template <class L, class V>
HWY_INLINE V Sign(L lit, V x) {
  const V zero = lit(0);
  return IfPositive(x, V(lit(1)), IfPositive(zero - x, V(lit(-1)), x));
}

// share x^2 as (share x) x, which overflows only where the result does; 0 where that would be a
// denormal.
struct ShareOfSquare {
  double share, least;
  explicit ShareOfSquare(double given) : share(given), least(std::sqrt(kGrainOfSquares / given)) {}

  template <class L, class V>
  HWY_INLINE V operator()(L lit, V x) const {
    x = OrZero(x, V(lit(least)));
    return lit(share) * x * x;
  }
};

// One vector at a time; lit(0.9) is a vector of 0.9f.
struct VectorBackend {
  using D = hn::ScalableTag<float>;
  using V = hn::Vec<D>;
  struct Lit {
    HWY_INLINE V operator()(double x) const { return hn::Set(D(), static_cast<float>(x)); }
  };
  static HWY_INLINE std::size_t Lanes() { return hn::Lanes(D()); }
  static HWY_INLINE V Load(const float* from) { return hn::LoadU(D(), from); }
  static HWY_INLINE void Store(V v, float* to) { hn::StoreU(v, D(), to); }
};

// The same, one float at a time.
struct ScalarBackend {
  using V = float;
  struct Lit {
    HWY_INLINE float operator()(double x) const { return static_cast<float>(x); }
  };
  static HWY_INLINE std::size_t Lanes() { return 1; }
  static HWY_INLINE float Load(const float* from) { return *from; }
  static HWY_INLINE void Store(float v, float* to) { *to = v; }
};

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
