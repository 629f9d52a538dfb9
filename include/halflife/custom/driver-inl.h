// The one loop that all elementwise rules share: it owns loads, stores, tails and the decay laws,
// so a rule never mentions decay and never touches memory. Compiled once per SIMD target.
#if defined(HALFLIFE_KERNELS_DRIVER_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef HALFLIFE_KERNELS_DRIVER_INL_H_
#undef HALFLIFE_KERNELS_DRIVER_INL_H_
#else
#define HALFLIFE_KERNELS_DRIVER_INL_H_
#endif

#include <algorithm>
#include <iterator>
#include <string_view>
#include <tuple>
#include <utility>

#include "halflife/custom/job.h"
#include "halflife/custom/math-inl.h"
#include "halflife/custom/members.h"

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

// soft(x, threshold) * factor: the proximal map of L1 (and L2, by the factor).
template <class L, class V>
HWY_INLINE V SoftThreshold(L lit, V x, double threshold, double factor) {
  const V size = Larger(V(Abs(x) - lit(threshold)), V(lit(0))) * lit(factor);
  return IfPositive(x, size, V(lit(0) - size));
}

// The weight after `step` and the law. What decays is the distance from the centre, w - c.
template <LawShape kShape, bool kCentered, class L, class V, class Rule, class... Slots>
HWY_INLINE V ApplyLaw(L lit, const Rule& rule, const LawStep& law, V w, V c, V step,
                      Slots&... slots) {
  if constexpr (kShape == LawShape::kCoupled) return w - step;
  if constexpr (kShape == LawShape::kShrink || kShape == LawShape::kCautious) {
    V distance = w;
    if constexpr (kCentered) distance = w - c;
    V pull = lit(law.shrink) * distance;
    if constexpr (kShape == LawShape::kCautious) {
      pull = IfNonNegative(V(Sign(lit, step) * distance), pull, V(lit(0)));
    }
    if constexpr (kHasAbsorb<Rule>) pull = rule.Absorb(lit, pull, slots...);
    return w - (step + pull);
  }
  if constexpr (kShape == LawShape::kProximal) {
    w = w - step;
    if constexpr (!kCentered) return SoftThreshold(lit, w, law.threshold, law.factor);
    const V distance = w - c;
    const V left = SoftThreshold(lit, distance, law.threshold, law.factor);
    // Exactly c where the map gives zero; exactly w where it changes nothing; a NaN stays one.
    return IfPositive(Abs(left), w - (distance - left), c + left);
  }
}

// What gradients are multiplied by, and the shift of their grid.
struct Scale {
  double factor;
  float grid;
};

// The step's arrays, offset applied.
struct Arrays {
  float* w;
  const float* g;
  const float* c;
  float* slots[kMaxSlots];
};

// Where the digits of a slot of the rule end.
template <class Rule>
constexpr float GrainOf(std::size_t slot) {
  if constexpr (requires { Rule::kSquares; }) {
    for (const std::string_view name : Rule::kSquares) {
      if (name == Rule::kSlots[slot]) return kGrainOfSquares;
    }
  }
  return kGrain;
}

// Updates the lanes of one vector at index i.
template <class B, LawShape kShape, bool kCentered, class Rule, std::size_t... S>
HWY_INLINE void Block(const Rule& rule, const LawStep& law, const Scale& scale, const Arrays& at,
                      std::size_t i, std::index_sequence<S...> /*slots*/) {
  using V = typename B::V;
  const typename B::Lit lit;
  V w = B::Load(at.w + i);
  V g = lit(scale.factor) * ToGrid(B::Load(at.g + i), V(lit(scale.grid)));
  V c = lit(0);
  const V grid = lit(GridShift(kGrain));
  if constexpr (kCentered) c = B::Load(at.c + i);
  V s[sizeof...(S) + 1] = {B::Load(at.slots[S] + i)...};
  if constexpr (kShape == LawShape::kCoupled) {
    if constexpr (kCentered) {
      g = g + lit(law.coupled) * (w - c);
    } else {
      g = g + lit(law.coupled) * w;
    }
    g = ToGrid(g, grid);
  }
  const V step = rule(lit, w, g, s[S]...);
  w = ToGrid(ApplyLaw<kShape, kCentered>(lit, rule, law, w, c, step, s[S]...), grid);
  if constexpr (kHasAfter<Rule>) rule.After(lit, w, s[S]...);
  B::Store(w, at.w + i);
  (B::Store(ToGrid(s[S], V(lit(GridShift(GrainOf<Rule>(S))))), at.slots[S] + i), ...);
}

// Whole vectors: `count` is a multiple of their lanes. The one place where a rule is compiled for a
// law, since that is what takes the compiler's time.
template <class B, LawShape kShape, bool kCentered, class Rule, class Slots>
HWY_NOINLINE void Vectors(const Rule& rule, const LawStep& given_law, const Scale& given_scale,
                          const Arrays& given, std::size_t count, Slots slots) {
  const Rule own = rule;  // copies: nothing that is stored to may be one of them
  const LawStep law = given_law;
  const Scale scale = given_scale;
  const Arrays at = given;
  const std::size_t lanes = B::Lanes();
  for (std::size_t i = 0; i < count; i += lanes) {
    Block<B, kShape, kCentered>(own, law, scale, at, i, slots);
  }
}

// The last elements, fewer than a vector has lanes: copied to buffers, so that nothing is touched
// past the end, and back.
struct TailBuffers {
  static constexpr std::size_t kLanes = 16;
  float of[3 + kMaxSlots][kLanes] = {};

  Arrays CopyFrom(const Arrays& at, std::size_t begin, std::size_t count, std::size_t slots) {
    Arrays in{of[0], of[1], of[2], {}};
    std::copy_n(at.w + begin, count, of[0]);
    std::copy_n(at.g + begin, count, of[1]);
    if (at.c != nullptr) std::copy_n(at.c + begin, count, of[2]);
    for (std::size_t s = 0; s < slots; ++s) {
      in.slots[s] = of[3 + s];
      std::copy_n(at.slots[s] + begin, count, of[3 + s]);
    }
    return in;
  }
  void CopyTo(const Arrays& at, std::size_t begin, std::size_t count, std::size_t slots) const {
    std::copy_n(of[0], count, at.w + begin);
    for (std::size_t s = 0; s < slots; ++s) std::copy_n(of[3 + s], count, at.slots[s] + begin);
  }
};

template <class B, LawShape kShape, bool kCentered, class Rule>
void Loop(const ElementwiseJob& job) {
  constexpr auto kSlots = std::make_index_sequence<Rule::kSlots.size()>();
  const Rule rule(job.input);
  const Scale scale{job.gradient_scale, GridShift(GradientGrain(job.gradient_scale))};
  Arrays at{job.w + job.offset, job.g + job.offset, nullptr, {}};
  if constexpr (kCentered) at.c = job.center + job.offset;
  for (std::size_t s = 0; s < kSlots.size(); ++s) at.slots[s] = job.slots[s] + job.offset;
  const std::size_t lanes = B::Lanes();
  const std::size_t rest = job.count % lanes;
  const std::size_t whole = job.count - rest;
  if (whole > 0) Vectors<B, kShape, kCentered>(rule, job.law, scale, at, whole, kSlots);
  if (rest == 0) return;
  TailBuffers tail;
  const Arrays in = tail.CopyFrom(at, whole, rest, kSlots.size());
  Vectors<B, kShape, kCentered>(rule, job.law, scale, in, lanes, kSlots);
  tail.CopyTo(at, whole, rest, kSlots.size());
}

// Picks the loop for the law; `Rule` is one variant of a rule.
template <class B, class Rule>
void RunRule(const ElementwiseJob& job) {
  switch (job.law.shape) {
    case LawShape::kShrink:
      return job.center == nullptr ? Loop<B, LawShape::kShrink, false, Rule>(job)
                                   : Loop<B, LawShape::kShrink, true, Rule>(job);
    case LawShape::kCoupled:
      return job.center == nullptr ? Loop<B, LawShape::kCoupled, false, Rule>(job)
                                   : Loop<B, LawShape::kCoupled, true, Rule>(job);
    case LawShape::kCautious:
      return job.center == nullptr ? Loop<B, LawShape::kCautious, false, Rule>(job)
                                   : Loop<B, LawShape::kCautious, true, Rule>(job);
    case LawShape::kProximal:
      return job.center == nullptr ? Loop<B, LawShape::kProximal, false, Rule>(job)
                                   : Loop<B, LawShape::kProximal, true, Rule>(job);
  }
}

// What the trained weights stand for at evaluation, for rules that keep an average.
template <class Rule, std::size_t... S>
void AverageOf(const ElementwiseJob& job, float* out, std::index_sequence<S...> /*slots*/) {
  const Rule rule(job.input);
  for (std::size_t i = job.offset; i < job.offset + job.count; ++i) {
    out[i] =
        ToGrid(rule.Average(ScalarBackend::Lit(), job.w[i], job.slots[S][i]...), GridShift(kGrain));
  }
}

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
