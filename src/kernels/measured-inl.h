// The loops of rules that are elementwise but for norms over the tensor. Such a rule holds
// kOptions, kSpec, kSlots, kSquares, kScalars and Advance as an elementwise rule does, and
//   kTotals            how many sums of squares over the tensor it needs
//   kStepMovesSlots    whether Step or else Measure moves its state, to the grain
//   kStepReadsGradient whether Step looks at g
//   kPlain             whether it is for jobs with IsPlain alone
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
#include <array>
#include <utility>

#include "halflife/custom/rule-inl.h"
#include "kernels/measured_rule.h"
#include "kernels/squares-inl.h"
#include "kernels/taking-inl.h"

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

// A run of elements; all pointers at its first one.
struct MeasuredRun {
  float* w = nullptr;
  const float* g = nullptr;
  const float* center = nullptr;  // null: zero
  std::array<float*, kMaxSlots> slots{};
  std::size_t count = 0;

  MeasuredRun() = default;
  MeasuredRun(const TensorJob& job, std::size_t begin, std::size_t given)
      : w(job.w + begin),
        g(job.g + begin),
        center(job.center == nullptr ? nullptr : job.center + begin),
        count(given) {}
};

// The last elements of a run, fewer than kVirtualLanes, in memory of their own, zeros after them.
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

  // The kVirtualLanes elements from i on; the roots of their squares to `squares`.
  template <bool kCentered>
  static HWY_INLINE void MeasureBlock(const Rule& rule, const Taking<B>& taking,
                                      const MeasuredRun& run, std::size_t i,
                                      float (*squares)[kVirtualLanes]) {
    for (std::size_t k = i; k < i + kVirtualLanes; k += B::Lanes()) {
      const V w = B::Load(run.w + k);
      V distance = w;
      if constexpr (kCentered) distance = w - B::Load(run.center + k);
      const V g = taking(B::Load(run.g + k), distance);
      V s[kSlots + 1] = {B::Load(run.slots[S] + k)...};
      V of[Rule::kTotals];
      rule.Measure(B::Lit(), w, distance, g, of, s[S]...);
      for (std::size_t t = 0; t < Rule::kTotals; ++t) B::Store(of[t], squares[t] + (k - i));
      if constexpr (!Rule::kStepMovesSlots) (B::Store(s[S], run.slots[S] + k), ...);
    }
  }

  template <bool kCentered>
  static void Measure(const Rule& given_rule, const TensorJob& job, const MeasuredRun& given,
                      double* totals) {
    const Rule rule = given_rule;  // copies: nothing that is stored to may be one of them
    const MeasuredRun run = given;
    const Taking<B> taking(job);
    float squares[Rule::kTotals][kVirtualLanes];
    SquareLanes lanes[Rule::kTotals];
    std::size_t i = 0;
    for (; i + kVirtualLanes <= run.count; i += kVirtualLanes) {
      MeasureBlock<kCentered>(rule, taking, run, i, squares);
      for (std::size_t t = 0; t < Rule::kTotals; ++t) lanes[t].Add(squares[t]);
    }
    if (i < run.count) {
      const ShortRun rest(run, i, kSlots);
      MeasureBlock<kCentered>(rule, taking, rest.run, 0, squares);
      rest.CopySlotsTo(run, i, Rule::kStepMovesSlots ? 0 : kSlots);
      for (std::size_t t = 0; t < Rule::kTotals; ++t) {
        std::fill(squares[t] + rest.run.count, squares[t] + kVirtualLanes, 0.0F);
        lanes[t].Add(squares[t]);
      }
    }
    for (std::size_t t = 0; t < Rule::kTotals; ++t) totals[t] += lanes[t].Sum();
  }

  template <LawShape kShape, bool kCentered>
  static HWY_INLINE void StepBlock(const Rule& rule, const Taking<B, Rule::kPlain>& taking,
                                   const LawStep& law, const MeasuredRun& run, std::size_t i) {
    const B::Lit lit;
    V w = B::Load(run.w + i);
    V c = lit(0), distance = w, g = lit(0);
    if constexpr (kCentered) {
      c = B::Load(run.center + i);
      distance = w - c;
    }
    if constexpr (Rule::kStepReadsGradient) g = taking(B::Load(run.g + i), distance);
    V s[kSlots + 1] = {B::Load(run.slots[S] + i)...};
    const V step = rule.Step(lit, distance, g, s[S]...);
    const V grid = lit(GridShift(kGrain));
    w = ToGrid(ApplyLaw<kShape, kCentered>(lit, rule, law, w, c, V(ToGrid(step, grid))), grid);
    B::Store(w, run.w + i);
    if constexpr (Rule::kStepMovesSlots) (B::Store(s[S], run.slots[S] + i), ...);
  }

  template <LawShape kShape, bool kCentered>
  static void Step(const Rule& given_rule, const TensorJob& job, const MeasuredRun& given) {
    const Rule rule = given_rule;
    const MeasuredRun run = given;
    const Taking<B, Rule::kPlain> taking(job);
    const LawStep law = job.law;
    std::size_t i = 0;
    for (; i + B::Lanes() <= run.count; i += B::Lanes())
      StepBlock<kShape, kCentered>(rule, taking, law, run, i);
    if (i == run.count) return;
    const ShortRun rest(run, i, kSlots);
    StepBlock<kShape, kCentered>(rule, taking, law, rest.run, 0);
    std::copy_n(rest.run.w, rest.run.count, run.w + i);
    rest.CopySlotsTo(run, i, Rule::kStepMovesSlots ? kSlots : 0);
  }
};

template <class Rule>
using LoopsOf = MeasuredLoops<Rule, std::make_index_sequence<Rule::kSlots.size()>>;

// The step of one run, by the law.
template <class Rule>
void StepRun(const Rule& rule, const TensorJob& job, const MeasuredRun& run) {
  using Loops = LoopsOf<Rule>;
  const bool centered = job.center != nullptr;
  switch (job.law.shape) {
    case LawShape::kShrink:
    case LawShape::kCoupled:  // is in the gradient, or in the rule
      return centered ? Loops::template Step<LawShape::kShrink, true>(rule, job, run)
                      : Loops::template Step<LawShape::kShrink, false>(rule, job, run);
    case LawShape::kCautious:
      return centered ? Loops::template Step<LawShape::kCautious, true>(rule, job, run)
                      : Loops::template Step<LawShape::kCautious, false>(rule, job, run);
    case LawShape::kProximal:
      return centered ? Loops::template Step<LawShape::kProximal, true>(rule, job, run)
                      : Loops::template Step<LawShape::kProximal, false>(rule, job, run);
  }
}

// Part of a rule all of whose slots are as long as the tensor: one run.
template <class Rule>
MeasuredRun RunOf(const TensorJob& job, const TensorPart& part) {
  MeasuredRun run(job, part.begin, part.count);
  for (std::size_t s = 0; s < Rule::kSlots.size(); ++s) run.slots[s] = job.slots[s] + part.begin;
  return run;
}

template <class Rule>
void MeasurePart(const TensorJob& job, const TensorPart& part, double* totals) {
  const Rule rule(job.input);
  const MeasuredRun run = RunOf<Rule>(job, part);
  job.center == nullptr ? LoopsOf<Rule>::template Measure<false>(rule, job, run, totals)
                        : LoopsOf<Rule>::template Measure<true>(rule, job, run, totals);
}

template <class Rule>
void StepPart(const TensorJob& job, const TensorPart& part) {
  StepRun(Rule(job.input), job, RunOf<Rule>(job, part));
}

template <class Rule>
MeasuredKernels KernelsOf(void (*measure)(const TensorJob&, const TensorPart&, double*),
                          void (*step)(const TensorJob&, const TensorPart&)) {
  const RuleVariant variant = VariantFrom<Rule>();
  return {&Rule::kSpec,
          variant.slots,
          variant.grain,
          RuleTable<Rule>::Scalars(),
          &RuleTable<Rule>::AdvanceScalars,
          measure,
          step};
}

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
