#include "kernels/panels.h"

#include <algorithm>

#include "kernels/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/panels.cc"
#include "hwy/foreach_target.h"
// clang-format off
#include "hwy/highway.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace halflife::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<float, 16>;
using V = hn::Vec<D>;
constexpr std::size_t kLanes = hn::MaxLanes(D());

// Sums that are kept in registers: rows x 2 vectors, of 32 or 16 registers.
constexpr std::size_t kTileRows = kLanes == 16 ? 8 : 4;
constexpr std::size_t kTileColumns = 2 * kLanes;

// Depth done at once: a panel of it and the rows of A stay in the first-level cache.
constexpr std::size_t kDepth = 192;

struct Sums {
  V left, right;
};

template <std::size_t kRows>
HWY_INLINE void AddDepth(const ProductJob& job, const float* a, const float* b, std::size_t depth,
                         Sums* sums) {
  const D d;
  for (std::size_t k = 0; k < depth; ++k) {
    const V left = hn::Load(d, b);
    const V right = hn::Load(d, b + kLanes);
    for (std::size_t i = 0; i < kRows; ++i) {
      const V each = hn::Set(d, a[i * job.a_row]);
      sums[i].left = hn::MulAdd(each, left, sums[i].left);
      sums[i].right = hn::MulAdd(each, right, sums[i].right);
    }
    a += job.a_depth;
    b += kPanel;
  }
}

HWY_INLINE V LoadSome(const float* from, std::size_t count) {
  const D d;
  if (count >= kLanes) return hn::LoadU(d, from);
  return hn::MaskedLoad(hn::FirstN(d, count), d, from);
}

HWY_INLINE void StoreSome(V v, float* to, std::size_t count) {
  const D d;
  if (count >= kLanes) return hn::StoreU(v, d, to);
  hn::BlendedStore(v, hn::FirstN(d, count), d, to);
}

// Rows [row, row + kRows) and two vectors of columns from `column` on, all blocks, depth k..k+depth.
template <std::size_t kRows>
HWY_NOINLINE void Tile(const ProductJob& job, std::size_t row, std::size_t column, std::size_t k,
                       std::size_t depth) {
  const D d;
  Sums sums[kRows];
  const std::size_t left = job.columns - column;
  const std::size_t right = left > kLanes ? left - kLanes : 0;
  float* c = job.c + row * job.c_row + column;
  for (std::size_t i = 0; i < kRows; ++i) {
    if (k == 0) {
      sums[i] = {hn::Zero(d), hn::Zero(d)};
    } else {
      sums[i] = {LoadSome(c + i * job.c_row, left), LoadSome(c + i * job.c_row + kLanes, right)};
    }
  }
  for (std::size_t block = 0; block < job.blocks; ++block) {
    AddDepth<kRows>(job, job.a + row * job.a_row + block * job.a_block + k * job.a_depth,
                    job.b + block * job.b_block + k * kPanel + column, depth, sums);
  }
  for (std::size_t i = 0; i < kRows; ++i) {
    StoreSome(sums[i].left, c + i * job.c_row, left);
    if (right > 0) StoreSome(sums[i].right, c + i * job.c_row + kLanes, right);
  }
}

template <std::size_t kRows>
HWY_INLINE std::size_t Rows(const ProductJob& job, std::size_t row, std::size_t k,
                            std::size_t depth) {
  for (; row + kRows <= job.rows; row += kRows) {
    for (std::size_t column = 0; column < job.columns; column += kTileColumns)
      Tile<kRows>(job, row, column, k, depth);
  }
  return row;
}

void MultiplyPanel(const ProductJob& job) {
  const std::size_t most = job.blocks > 1 ? job.depth : kDepth;
  for (std::size_t k = 0; k < job.depth; k += most) {
    const std::size_t depth = std::min(most, job.depth - k);
    std::size_t row = Rows<kTileRows>(job, 0, k, depth);
    if constexpr (kTileRows > 4) row = Rows<4>(job, row, k, depth);
    row = Rows<2>(job, row, k, depth);
    Rows<1>(job, row, k, depth);
  }
}

// to[j][i] = from[i][j], 4 x 4, rows `kPanel` apart.
#if HWY_TARGET == HWY_SCALAR
HWY_INLINE void Transpose4(const float* from, float* to) {
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j) to[j * kPanel + i] = from[i * kPanel + j];
  }
}
#else
HWY_INLINE void Transpose4(const float* from, float* to) {
  const hn::FixedTag<float, 4> d;
  const auto a = hn::Load(d, from);
  const auto b = hn::Load(d, from + kPanel);
  const auto c = hn::Load(d, from + 2 * kPanel);
  const auto e = hn::Load(d, from + 3 * kPanel);
  const auto ac_low = hn::InterleaveLower(d, a, c);
  const auto be_low = hn::InterleaveLower(d, b, e);
  const auto ac_high = hn::InterleaveUpper(d, a, c);
  const auto be_high = hn::InterleaveUpper(d, b, e);
  hn::Store(hn::InterleaveLower(d, ac_low, be_low), d, to);
  hn::Store(hn::InterleaveUpper(d, ac_low, be_low), d, to + kPanel);
  hn::Store(hn::InterleaveLower(d, ac_high, be_high), d, to + 2 * kPanel);
  hn::Store(hn::InterleaveUpper(d, ac_high, be_high), d, to + 3 * kPanel);
}
#endif

void TransposePanels(const float* from, std::size_t rows, std::size_t units, float* to) {
  for (std::size_t p = 0; p < Panels(rows); ++p) {
    for (std::size_t q = 0; q < Panels(units); ++q) {
      const float* source = from + (p * Rounded(units) + q * kPanel) * kPanel;
      float* target = to + (q * Rounded(rows) + p * kPanel) * kPanel;
      for (std::size_t i = 0; i < kPanel; i += 4) {
        for (std::size_t j = 0; j < kPanel; j += 4)
          Transpose4(source + i * kPanel + j, target + j * kPanel + i);
      }
    }
  }
}

}  // namespace halflife::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace halflife {
HWY_EXPORT(MultiplyPanel);
HWY_EXPORT(TransposePanels);

void MultiplyPanel(const ProductJob& job) { HWY_DYNAMIC_DISPATCH(MultiplyPanel)(job); }

void TransposePanels(const float* from, std::size_t rows, std::size_t units, float* to) {
  HWY_DYNAMIC_DISPATCH(TransposePanels)(from, rows, units, to);
}

}  // namespace halflife
#endif
