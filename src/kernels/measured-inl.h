// The loops of rules that are elementwise but for norms over the tensor. Such a rule holds
// kOptions, kSpec, kSlots, kSquares, kScalars and Advance as an elementwise rule does, and
//   kTotals            how many sums of squares over the tensor it needs
//   kStepMovesSlots    whether Step or else Measure moves its state, to the grain
//   kStepReadsGradient whether Step looks at g
//   Measure(lit, w, distance, g, squares, slots...)   sets squares[i] to what total i squares
//   Step(lit, distance, g, slots...)                  what is to be taken from w
// where distance is w - c. Compiled once per SIMD target.
#if defined(HALFLIFE_KERNELS_MEASURED_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef HALFLIFE_KERNELS_MEASURED_INL_H_
#undef HALFLIFE_KERNELS_MEASURED_INL_H_
#else
#define HALFLIFE_KERNELS_MEASURED_INL_H_
#endif

#include <algorithm>
#include <utility>

#include "kernels/measured_rule.h"
#include "kernels/rule-inl.h"
#include "kernels/squares-inl.h"

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

// A run of at most kVirtualLanes elements in memory of its own, zeros after them.
struct ShortRun {
  ShortRun(const MeasuredRun& whole, std::size_t begin, std::size_t slots) : run(whole) {
    run.count = whole.count - begin;
    const auto copy = [&](const float* from, float* to) {
      if (from != nullptr) std::copy_n(from + begin, run.count, to);
      return from == nullptr ? nullptr : to;
    };
    run.w = copy(whole.w, buffers[0]);
    run.g = copy(whole.g, buffers[1]);
    run.center = copy(whole.center, buffers[2]);
    for (std::size_t s = 0; s < slots; ++s) run.slots[s] = copy(whole.slots[s], buffers[3 + s]);
  }
  void CopySlotsTo(const MeasuredRun& whole, std::size_t begin, std::size_t slots) const {
    for (std::size_t s = 0; s < slots; ++s)
      std::copy_n(run.slots[s], run.count, whole.slots[s] + begin);
  }

  float buffers[3 + kMaxSlots][kVirtualLanes] = {};
  MeasuredRun run;
};

template <class Rule, class Slots>
struct MeasuredLoops;

template <class Rule, std::size_t... S>
struct MeasuredLoops<Rule, std::index_sequence<S...>> {
  using B = VectorBackend;
  using V = B::V;
  static constexpr std::size_t kSlots = sizeof...(S);

  static HWY_INLINE V Distance(const MeasuredRun& run, std::size_t i, V w) {
    return run.center == nullptr ? w : V(w - B::Load(run.center + i));
  }

  // The kVirtualLanes elements from i on; their squares' roots to `squares`.
  static HWY_INLINE void MeasureBlock(const Rule& rule, const MeasuredRun& run, std::size_t i,
                                      float (*squares)[kVirtualLanes]) {
    for (std::size_t k = 0; k < kVirtualLanes; k += B::Lanes()) {
      const V w = B::Load(run.w + i + k);
      const V distance = Distance(run, i + k, w);
      V s[kSlots + 1] = {B::Load(run.slots[S] + i + k)...};
      V of[Rule::kTotals];
      rule.Measure(B::Lit(), w, distance, B::Load(run.g + i + k), of, s[S]...);
      for (std::size_t t = 0; t < Rule::kTotals; ++t) B::Store(of[t], squares[t] + k);
      if constexpr (!Rule::kStepMovesSlots) (B::Store(s[S], run.slots[S] + i + k), ...);
    }
  }

  static void Measure(const MeasuredRun& given, const TensorInput& in, double* totals) {
    const Rule rule(in);
    const MeasuredRun run = given;
    float squares[Rule::kTotals][kVirtualLanes];
    double lanes[Rule::kTotals][kVirtualLanes] = {};
    std::size_t i = 0;
    for (; i + kVirtualLanes <= run.count; i += kVirtualLanes) {
      MeasureBlock(rule, run, i, squares);
      for (std::size_t t = 0; t < Rule::kTotals; ++t) AddSquares(squares[t], lanes[t]);
    }
    if (i < run.count) {
      const ShortRun rest(run, i, kSlots);
      MeasureBlock(rule, rest.run, 0, squares);
      rest.CopySlotsTo(run, i, Rule::kStepMovesSlots ? 0 : kSlots);
      for (std::size_t t = 0; t < Rule::kTotals; ++t) {
        std::fill(squares[t] + rest.run.count, squares[t] + kVirtualLanes, 0.0F);
        AddSquares(squares[t], lanes[t]);
      }
    }
    for (std::size_t t = 0; t < Rule::kTotals; ++t) totals[t] += SumOfLanes(lanes[t]);
  }

  static HWY_INLINE void StepBlock(const Rule& rule, const MeasuredRun& run, std::size_t i,
                                   float* step) {
    const V distance = Distance(run, i, B::Load(run.w + i));
    V s[kSlots + 1] = {B::Load(run.slots[S] + i)...};
    V g = B::Lit()(0);
    if constexpr (Rule::kStepReadsGradient) g = B::Load(run.g + i);
    const V taken = rule.Step(B::Lit(), distance, g, s[S]...);
    if constexpr (Rule::kStepMovesSlots) (B::Store(s[S], run.slots[S] + i), ...);
    B::Store(taken, step);
  }

  static void Step(const MeasuredRun& given, const TensorInput& in, float* step) {
    const Rule rule(in);
    const MeasuredRun run = given;
    std::size_t i = 0;
    for (; i + B::Lanes() <= run.count; i += B::Lanes()) StepBlock(rule, run, i, step + i);
    if (i == run.count) return;
    const ShortRun rest(run, i, kSlots);
    float taken[kVirtualLanes];
    StepBlock(rule, rest.run, 0, taken);
    rest.CopySlotsTo(run, i, Rule::kStepMovesSlots ? kSlots : 0);
    std::copy_n(taken, rest.run.count, step + i);
  }
};

template <class Rule>
using LoopsOf = MeasuredLoops<Rule, std::make_index_sequence<Rule::kSlots.size()>>;

template <class Rule>
MeasuredKernels KernelsOf(void (*measure)(const MeasuredRun&, const TensorInput&, double*),
                          void (*step)(const MeasuredRun&, const TensorInput&, float*)) {
  const RuleVariant variant = VariantFrom<Rule>();
  return {&Rule::kSpec,
          variant.slots,
          variant.grain,
          RuleTable<Rule>::Scalars(),
          &RuleTable<Rule>::AdvanceScalars,
          Rule::kStepReadsGradient,
          measure,
          step};
}

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
