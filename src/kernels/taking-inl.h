// How kernels of tensor rules read a gradient. Compiled once per SIMD target.
#if defined(HALFLIFE_KERNELS_TAKING_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef HALFLIFE_KERNELS_TAKING_INL_H_
#undef HALFLIFE_KERNELS_TAKING_INL_H_
#else
#define HALFLIFE_KERNELS_TAKING_INL_H_
#endif

#include "kernels/math-inl.h"
#include "kernels/tensor_rule.h"

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

// What a gradient goes through, folded once a run.
template <class B>
struct Taking {
  using V = typename B::V;
  typename B::Lit lit;
  V scale, grid, limit, coupled, coupled_grid;
  bool couples;
  explicit Taking(const TensorJob& job)
      : scale(lit(job.gradient_scale)),
        grid(lit(GridShift(GradientGrain(job.gradient_scale)))),
        limit(lit(job.limit)),
        coupled(lit(job.coupled)),
        coupled_grid(lit(GridShift(kGrain))),
        couples(job.couples) {}

  // Of a gradient g at a weight `distance` from its centre.
  HWY_INLINE V operator()(V g, V distance) const {
    V x = ToGrid(g, grid) * scale;
    const V least = lit(0) - limit;
    x = IfPositive(V(x - limit), limit, IfPositive(V(least - x), least, x));
    return couples ? V(ToGrid(V(x + coupled * distance), coupled_grid)) : x;
  }
};

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
