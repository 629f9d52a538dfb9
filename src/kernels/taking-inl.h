// How kernels of tensor rules read a gradient. Compiled once per SIMD target.
#if defined(HALFLIFE_KERNELS_TAKING_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef HALFLIFE_KERNELS_TAKING_INL_H_
#undef HALFLIFE_KERNELS_TAKING_INL_H_
#else
#define HALFLIFE_KERNELS_TAKING_INL_H_
#endif

#include "halflife/custom/math-inl.h"
#include "kernels/tensor_rule.h"

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

// x, but at most `most`; a NaN stays.
template <class V>
HWY_INLINE V AtMost(V x, V most) {
  return hn::IfThenElse(hn::Gt(x, most), most, x);
}
HWY_INLINE float AtMost(float x, float most) { return x > most ? most : x; }

// Whether a gradient is taken as it is, but for the grid.
inline bool IsPlain(const TensorJob& job) {
  return job.gradient_scale == 1 && job.limit == HUGE_VAL && !job.couples;
}

// What a gradient goes through, folded once a run. kPlain: IsPlain(job).
template <class B, bool kPlain = false>
struct Taking {
  using V = typename B::V;
  typename B::Lit lit;
  V scale, grid, limit, coupled, coupled_grid;
  bool clips, couples;
  explicit Taking(const TensorJob& job)
      : scale(lit(job.gradient_scale)),
        grid(lit(GridShift(GradientGrain(job.gradient_scale)))),
        limit(lit(job.limit)),
        coupled(lit(job.coupled)),
        coupled_grid(lit(GridShift(kGrain))),
        clips(job.limit < HUGE_VAL),
        couples(job.couples) {}

  // Of a gradient g at a weight `distance` from its centre.
  HWY_INLINE V operator()(V g, V distance) const {
    if constexpr (kPlain) return ToGrid(g, grid);
    V x = ToGrid(g, grid) * scale;
    if (clips) x = V(lit(0) - AtMost(V(lit(0) - AtMost(x, limit)), limit));
    return couples ? V(ToGrid(V(x + coupled * distance), coupled_grid)) : x;
  }
};

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
