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

// Calls body(run, i, at, used) for the kVirtualLanes elements from run's i on, which are those from
// `at` on, whole blocks and then the rest, `used` of them, copied with zeros after it.
template <class Body>
HWY_INLINE void ForEachBlock(const MeasuredRun& run, const Body& body) {
  std::size_t i = 0;
  for (; i + kVirtualLanes <= run.count; i += kVirtualLanes) body(run, i, i, kVirtualLanes);
  if (i == run.count) return;
  const ShortRun rest(run, i, run.slots[0] == nullptr ? 0 : 1);
  body(rest.run, std::size_t{0}, i, rest.run.count);
}

using B = VectorBackend;
using V = B::V;

// Floats that are asked for ahead: one or two streams that are only read come slowly by themselves.
constexpr std::size_t kAhead = 256;

HWY_INLINE V DistanceAt(const MeasuredRun& run, std::size_t i) {
  const V w = B::Load(run.w + i);
  return run.center == nullptr ? w : V(w - B::Load(run.center + i));
}

double AddSquaresTo(const TensorJob& job, std::size_t begin, std::size_t count, double* columns,
                    double* squares_of_w) {
  const Taking<B> taking(job);
  SquareLanes g_lanes, w_lanes;
  float g[kVirtualLanes];
  ForEachBlock(MeasuredRun(job, begin, count),
               [&](const MeasuredRun& run, std::size_t i, std::size_t column, std::size_t used) {
                 for (std::size_t k = 0; k < kVirtualLanes; k += B::Lanes())
                   B::Store(taking(B::Load(run.g + i + k), DistanceAt(run, i + k)), g + k);
                 __builtin_prefetch(run.g + i + kAhead);
                 __builtin_prefetch(run.w + i + kAhead);
                 std::fill(g + used, g + kVirtualLanes, 0.0F);
                 g_lanes.Add(g);
                 w_lanes.Add(run.w + i);
                 if (used == kVirtualLanes) return AddSquares(g, columns + column);
                 for (std::size_t k = 0; k < used; ++k)
                   columns[column + k] += static_cast<double>(g[k]) * g[k];
               });
  *squares_of_w += w_lanes.Sum();
  return g_lanes.Sum();
}

// Adafactor's step as a measured rule: its one slot is the columns' factors.
struct FactoredStep {
  static constexpr Names<1> kSlots{"factors"};
  static constexpr bool kStepMovesSlots = false;
  static constexpr bool kStepReadsGradient = true;
  double row, most, rate;

  template <class L>
  HWY_INLINE V U(L lit, V g, V factor) const {
    return g * AtMost(V(lit(row) * factor), V(lit(most)));
  }
  template <class L>
  HWY_INLINE V Step(L lit, V /*distance*/, V g, V factor) const {
    return lit(rate) * U(lit, g, factor);
  }
};

MeasuredRun RunWith(const TensorJob& job, std::size_t begin, std::size_t count, const Factors& by) {
  MeasuredRun run(job, begin, count);
  run.slots[0] = const_cast<float*>(by.columns);  // which kStepMovesSlots leaves alone
  return run;
}

double SumOfSquares(const TensorJob& job, std::size_t begin, std::size_t count, const Factors& by) {
  const Taking<B> taking(job);
  const FactoredStep step{by.row, by.most, by.rate};
  SquareLanes lanes;
  float u[kVirtualLanes];
  ForEachBlock(RunWith(job, begin, count, by),
               [&](const MeasuredRun& run, std::size_t i, std::size_t /*at*/, std::size_t used) {
                 for (std::size_t k = 0; k < kVirtualLanes; k += B::Lanes()) {
                   const V distance = job.couples ? DistanceAt(run, i + k) : B::Lit()(0);
                   const V g = taking(B::Load(run.g + i + k), distance);
                   B::Store(step.U(B::Lit(), g, B::Load(run.slots[0] + i + k)), u + k);
                 }
                 __builtin_prefetch(run.g + i + kAhead);
                 std::fill(u + used, u + kVirtualLanes, 0.0F);
                 lanes.Add(u);
               });
  return lanes.Sum();
}

void TakeStep(const TensorJob& job, std::size_t begin, std::size_t count, const Factors& by) {
  StepRun(FactoredStep{by.row, by.most, by.rate}, job, RunWith(job, begin, count, by));
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
HWY_EXPORT(InverseRoots);

double AddSquaresTo(const TensorJob& job, std::size_t begin, std::size_t count, double* columns,
                    double* squares_of_w) {
  return HWY_DYNAMIC_DISPATCH(AddSquaresTo)(job, begin, count, columns, squares_of_w);
}
double SumOfSquares(const TensorJob& job, std::size_t begin, std::size_t count, const Factors& by) {
  return HWY_DYNAMIC_DISPATCH(SumOfSquares)(job, begin, count, by);
}
void TakeStep(const TensorJob& job, std::size_t begin, std::size_t count, const Factors& by) {
  HWY_DYNAMIC_DISPATCH(TakeStep)(job, begin, count, by);
}
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
