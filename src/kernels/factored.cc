#include "kernels/factored.h"

#include <algorithm>

#include "kernels/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/factored.cc"
#include "hwy/foreach_target.h"
// clang-format off
#include "kernels/math-inl.h"
#include "kernels/squares-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {

double AddSquaresTo(const float* a, std::size_t count, double* columns) {
  double lanes[kVirtualLanes] = {};
  std::size_t i = 0;
  for (; i + kVirtualLanes <= count; i += kVirtualLanes) {
    AddSquares(a + i, lanes);
    AddSquares(a + i, columns + i);
  }
  for (; i < count; ++i) {
    const double square = static_cast<double>(a[i]) * a[i];
    lanes[i % kVirtualLanes] += square;
    columns[i] += square;
  }
  return SumOfLanes(lanes);
}

template <class B>
HWY_INLINE void MultiplyBlock(const Factors& by, std::size_t i, float* a) {
  using V = typename B::V;
  const typename B::Lit lit;
  const V factor = Smaller(V(lit(by.row) * B::Load(by.columns + i)), V(lit(by.most)));
  B::Store(lit(by.rate) * (B::Load(a + i) * factor), a + i);
}

void MultiplyByFactors(const Factors& given, std::size_t count, float* a) {
  const Factors by = given;
  std::size_t i = 0;
  for (; i + VectorBackend::Lanes() <= count; i += VectorBackend::Lanes())
    MultiplyBlock<VectorBackend>(by, i, a);
  for (; i < count; ++i) MultiplyBlock<ScalarBackend>(by, i, a);
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
HWY_EXPORT(MultiplyByFactors);
HWY_EXPORT(InverseRoots);

double AddSquaresTo(const float* a, std::size_t count, double* columns) {
  return HWY_DYNAMIC_DISPATCH(AddSquaresTo)(a, count, columns);
}
void MultiplyByFactors(const Factors& by, std::size_t count, float* a) {
  HWY_DYNAMIC_DISPATCH(MultiplyByFactors)(by, count, a);
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
