#include "kernels/factored.h"

#include <algorithm>

#include "halflife/custom/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/factored.cc"
#include "hwy/foreach_target.h"
// clang-format off
#include "kernels/measured-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

using B = VectorBackend;
using V = B::V;

// Floats that are asked for ahead: streams that are only read come slowly by themselves.
constexpr std::size_t kAhead = 256;

template <bool kPlain>
HWY_INLINE V GradientAt(const Taking<B, kPlain>& taking, const MeasuredRun& run, std::size_t i) {
  V distance = B::Lit()(0);
  if (!kPlain && taking.couples) {
    distance = B::Load(run.w + i);
    if (run.center != nullptr) distance = distance - B::Load(run.center + i);
  }
  return taking(B::Load(run.g + i), distance);
}

// Rows of a matrix side by side: what is added to a column is loaded and stored once for all.
template <std::size_t kRows, bool kPlain>
class RowsTogether {
 public:
  RowsTogether(const TensorJob& job, const TensorPart& part, std::size_t first)
      : stride_(part.stride), count_(part.count) {
    for (std::size_t r = 0; r < kRows; ++r)
      runs_[r] = MeasuredRun(job, part.begin + (first + r) * part.stride, part.count);
  }

  void AddSquaresTo(const Taking<B, kPlain>& taking, double* columns, double* row_sums,
                    double* squares_of_w) {
    std::size_t i = 0;
    for (; i + kVirtualLanes <= count_; i += kVirtualLanes) {
      // The next rows follow the end of these.
      const std::size_t ahead = i + kAhead + (i + kAhead < count_ ? 0 : kRows * stride_ - count_);
      SquareLanes of_columns(columns + i);
      for (std::size_t r = 0; r < kRows; ++r) {
        AddBlock(taking, r, runs_[r], i, kVirtualLanes, &of_columns);
        __builtin_prefetch(runs_[r].g + ahead);
        __builtin_prefetch(runs_[r].w + ahead);
      }
      of_columns.StoreTo(columns + i);
    }
    if (i < count_) AddRest(taking, i, columns);
    for (std::size_t r = 0; r < kRows; ++r) row_sums[r] = of_rows_[r].Sum();
    *squares_of_w += of_w_.Sum();
  }

 private:
  // The elements of row r from run's i on; those from `used` on count as zeros, as those of w are.
  HWY_INLINE void AddBlock(const Taking<B, kPlain>& taking, std::size_t r, const MeasuredRun& run,
                           std::size_t i, std::size_t used, SquareLanes* of_columns) {
    float g[kVirtualLanes];
    for (std::size_t k = 0; k < kVirtualLanes; k += B::Lanes())
      B::Store(GradientAt(taking, run, i + k), g + k);
    std::fill(g + used, g + kVirtualLanes, 0.0F);
    of_rows_[r].Add(g);
    of_columns->Add(g);
    of_w_.Add(run.w + i);
  }

  void AddRest(const Taking<B, kPlain>& taking, std::size_t i, double* columns) {
    const std::size_t used = count_ - i;
    double copy[kVirtualLanes] = {};
    std::copy_n(columns + i, used, copy);
    SquareLanes of_columns(copy);
    for (std::size_t r = 0; r < kRows; ++r)
      AddBlock(taking, r, ShortRun(runs_[r], i, 0).run, 0, used, &of_columns);
    of_columns.StoreTo(copy);
    std::copy_n(copy, used, columns + i);
  }

  std::size_t stride_, count_;
  MeasuredRun runs_[kRows];
  SquareLanes of_rows_[kRows], of_w_;
};

template <bool kPlain>
void AddSquares(const TensorJob& job, const TensorPart& part, double* columns, double* row_sums,
                double* squares_of_w) {
  constexpr std::size_t kRows = 4;
  const Taking<B, kPlain> taking(job);
  std::size_t row = 0;
  for (; row + kRows <= part.rows; row += kRows)
    RowsTogether<kRows, kPlain>(job, part, row)
        .AddSquaresTo(taking, columns, row_sums + row, squares_of_w);
  for (; row < part.rows; ++row)
    RowsTogether<1, kPlain>(job, part, row)
        .AddSquaresTo(taking, columns, row_sums + row, squares_of_w);
}

void AddSquaresTo(const TensorJob& job, const TensorPart& part, double* columns, double* row_sums,
                  double* squares_of_w) {
  IsPlain(job) ? AddSquares<true>(job, part, columns, row_sums, squares_of_w)
               : AddSquares<false>(job, part, columns, row_sums, squares_of_w);
}

// Adafactor's step as a measured rule: its one slot is the columns' factors. kFast: of a plain
// gradient, and no factor is above `most`.
template <bool kFast>
struct FactoredStep {
  static constexpr Names<1> kSlots{"factors"};
  static constexpr bool kStepMovesSlots = false;
  static constexpr bool kStepReadsGradient = true;
  static constexpr bool kPlain = kFast;
  double row, most, rate;

  FactoredStep(const Factors& by, std::size_t i) : row(by.rows[i]), most(by.most), rate(by.rate) {}
  template <class L>
  HWY_INLINE V U(L lit, V g, V factor) const {
    V by = lit(row) * factor;
    if constexpr (!kFast) by = AtMost(by, V(lit(most)));
    return g * by;
  }
  template <class L>
  HWY_INLINE V Step(L lit, V /*distance*/, V g, V factor) const {
    return lit(rate) * U(lit, g, factor);
  }
};

MeasuredRun RowOf(const TensorJob& job, const TensorPart& part, const Factors& by, std::size_t i) {
  MeasuredRun run(job, part.begin + i * part.stride, part.count);
  run.slots[0] = const_cast<float*>(by.columns);  // which kStepMovesSlots leaves alone
  return run;
}

// The kVirtualLanes elements from run's i on; those from `used` on count as zeros.
template <bool kFast>
HWY_INLINE void AddUpdate(const Taking<B, kFast>& taking, const FactoredStep<kFast>& step,
                          const MeasuredRun& run, std::size_t i, std::size_t used,
                          SquareLanes* lanes) {
  float u[kVirtualLanes];
  for (std::size_t k = 0; k < kVirtualLanes; k += B::Lanes()) {
    const V g = GradientAt(taking, run, i + k);
    B::Store(step.U(B::Lit(), g, B::Load(run.slots[0] + i + k)), u + k);
  }
  std::fill(u + used, u + kVirtualLanes, 0.0F);
  lanes->Add(u);
}

template <bool kFast>
double SumOfUpdates(const TensorJob& job, const TensorPart& part, const Factors& by) {
  const Taking<B, kFast> taking(job);
  SquareLanes lanes;
  for (std::size_t row = 0; row < part.rows; ++row) {
    const FactoredStep<kFast> step(by, row);
    const MeasuredRun run = RowOf(job, part, by, row);
    std::size_t i = 0;
    for (; i + kVirtualLanes <= run.count; i += kVirtualLanes) {
      AddUpdate(taking, step, run, i, kVirtualLanes, &lanes);
      __builtin_prefetch(run.g + i + kAhead);
    }
    if (i < run.count) AddUpdate(taking, step, ShortRun(run, i, 1).run, 0, run.count - i, &lanes);
  }
  return lanes.Sum();
}

bool IsFast(const TensorJob& job, const Factors& by) { return IsPlain(job) && !by.bounded; }

double SumOfSquares(const TensorJob& job, const TensorPart& part, const Factors& by) {
  return IsFast(job, by) ? SumOfUpdates<true>(job, part, by) : SumOfUpdates<false>(job, part, by);
}

void TakeStep(const TensorJob& job, const TensorPart& part, const Factors& by) {
  const bool fast = IsFast(job, by);
  for (std::size_t row = 0; row < part.rows; ++row) {
    const MeasuredRun run = RowOf(job, part, by, row);
    fast ? StepRun(FactoredStep<true>(by, row), job, run)
         : StepRun(FactoredStep<false>(by, row), job, run);
  }
}

float Largest(const float* a, std::size_t count) {
  V most = B::Lit()(0);
  std::size_t i = 0;
  for (; i + B::Lanes() <= count; i += B::Lanes()) {
    const V x = B::Load(a + i);
    most = hn::IfThenElse(hn::Gt(x, most), x, most);
  }
  float lanes[kVirtualLanes] = {};
  B::Store(most, lanes);
  float largest = *std::max_element(lanes, lanes + B::Lanes());
  for (; i < count; ++i) largest = a[i] > largest ? a[i] : largest;
  return largest;
}

template <class B>
HWY_INLINE void RootBlock(const float* from, float* to) {
  using V = typename B::V;
  B::Store(V(typename B::Lit()(1)) / Sqrt(B::Load(from)), to);
}

void InverseRoots(const float* from, std::size_t count, float* to) {
  std::size_t i = 0;
  for (; i + VectorBackend::Lanes() <= count; i += VectorBackend::Lanes())
    RootBlock<VectorBackend>(from + i, to + i);
  for (; i < count; ++i) RootBlock<ScalarBackend>(from + i, to + i);
}

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace halflife {
HWY_EXPORT(AddSquaresTo);
HWY_EXPORT(SumOfSquares);
HWY_EXPORT(TakeStep);
HWY_EXPORT(Largest);
HWY_EXPORT(InverseRoots);

void AddSquaresTo(const TensorJob& job, const TensorPart& part, double* columns, double* row_sums,
                  double* squares_of_w) {
  HWY_DYNAMIC_DISPATCH(AddSquaresTo)(job, part, columns, row_sums, squares_of_w);
}
double SumOfSquares(const TensorJob& job, const TensorPart& part, const Factors& by) {
  return HWY_DYNAMIC_DISPATCH(SumOfSquares)(job, part, by);
}
void TakeStep(const TensorJob& job, const TensorPart& part, const Factors& by) {
  HWY_DYNAMIC_DISPATCH(TakeStep)(job, part, by);
}
float Largest(const float* a, std::size_t count) { return HWY_DYNAMIC_DISPATCH(Largest)(a, count); }
void InverseRoots(const float* from, std::size_t count, float* to) {
  HWY_DYNAMIC_DISPATCH(InverseRoots)(from, count, to);
}

MatrixTiles::MatrixTiles(std::span<const std::int64_t> shape) {
  constexpr std::size_t kTileRows = 64;  // or more: sums of columns are kept once a band
  if (!shape.empty()) columns = static_cast<std::size_t>(shape.back());
  if (shape.size() >= 2) rows = static_cast<std::size_t>(shape[shape.size() - 2]);
  for (std::size_t i = 0; i + 2 < shape.size(); ++i) matrices *= static_cast<std::size_t>(shape[i]);
  tile_columns = std::clamp(columns, std::size_t{1}, kTileColumns);
  tile_rows = std::max(kTileRows, kPart / tile_columns);
  tile_rows = std::min(tile_rows, std::max(rows, std::size_t{1}));
}

std::vector<TensorPart> MatrixTiles::Parts() const {
  std::vector<TensorPart> parts;
  const std::size_t size = rows * columns;
  if (size == 0) return parts;
  if (whole()) {
    const std::size_t together = std::max(kPart / size, std::size_t{1});
    for (std::size_t b = 0; b < matrices; b += together)
      parts.push_back({b * size, std::min(together, matrices - b) * size});
    return parts;
  }
  for (std::size_t b = 0; b < matrices; ++b) {
    for (std::size_t i = 0; i < rows; i += tile_rows) {
      const std::size_t height = std::min(tile_rows, rows - i);
      if (strips() == 1) parts.push_back({b * size + i * columns, height * columns});
      for (std::size_t j = 0; strips() > 1 && j < columns; j += tile_columns) {
        const std::size_t width = std::min(tile_columns, columns - j);
        parts.push_back({b * size + i * columns + j, width, height, columns});
      }
    }
  }
  return parts;
}

}  // namespace halflife
#endif
