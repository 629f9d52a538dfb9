#include "kernels/net/panels.h"

#include <algorithm>

#include "halflife/custom/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/net/panels.cc"
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

// Whether loads and stores under a mask leave the rest of the vector alone; before AVX2 they take
// all of it, past the end of the row, and want it aligned.
#if HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL
constexpr bool kMasks = true;
#else
constexpr bool kMasks = false;
#endif

HWY_INLINE V LoadSome(const float* from, std::size_t count) {
  const D d;
  if (count >= kLanes) return hn::LoadU(d, from);
  if (kMasks) return hn::MaskedLoad(hn::FirstN(d, count), d, from);
  HWY_ALIGN float row[kLanes] = {};
  std::copy_n(from, count, row);
  return hn::Load(d, row);
}

HWY_INLINE void StoreSome(V v, float* to, std::size_t count) {
  const D d;
  if (count >= kLanes) {
    hn::StoreU(v, d, to);
  } else if (kMasks) {
    hn::BlendedStore(v, hn::FirstN(d, count), d, to);
  } else {
    HWY_ALIGN float row[kLanes];
    hn::Store(v, d, row);
    std::copy_n(row, count, to);
  }
}

// The columns of a tile that exist, in its left and its right vector.
struct Width {
  std::size_t left, right;
};

// The sums of a tile: kRows rows of two vectors. One struct inside the other instead of an array:
// compilers then keep them in registers at any level of optimisation.
template <std::size_t kRows>
struct Sums {
  Sums<kRows - 1> above;
  V left, right;

  HWY_INLINE void Clear() {
    above.Clear();
    left = hn::Zero(D());
    right = hn::Zero(D());
  }
  HWY_INLINE void Load(const ProductJob& job, const float* c, Width width) {
    above.Load(job, c, width);
    left = LoadSome(c + (kRows - 1) * job.c_row, width.left);
    right = LoadSome(c + (kRows - 1) * job.c_row + kLanes, width.right);
  }
  template <bool kFused>
  HWY_INLINE void Add(std::size_t a_row, const float* a, V b_left, V b_right) {
    above.template Add<kFused>(a_row, a, b_left, b_right);
    const V each = hn::Set(D(), a[(kRows - 1) * a_row]);
    if constexpr (kFused) {
      left = hn::MulAdd(each, b_left, left);
      right = hn::MulAdd(each, b_right, right);
    } else {
      left = left + each * b_left;
      right = right + each * b_right;
    }
  }
  HWY_INLINE void Store(const ProductJob& job, float* c, Width width) const {
    above.Store(job, c, width);
    StoreSome(left, c + (kRows - 1) * job.c_row, width.left);
    StoreSome(right, c + (kRows - 1) * job.c_row + kLanes, width.right);
  }
};

template <>
struct Sums<0> {
  HWY_INLINE void Clear() {}
  HWY_INLINE void Load(const ProductJob& /*job*/, const float* /*c*/, Width /*width*/) {}
  template <bool kFused>
  HWY_INLINE void Add(std::size_t /*a_row*/, const float* /*a*/, V /*left*/, V /*right*/) {}
  HWY_INLINE void Store(const ProductJob& /*job*/, float* /*c*/, Width /*width*/) const {}
};

// Rows [row, row + kRows), two vectors of columns from `column` on, depth [k, k + depth) of every
// block.
template <std::size_t kRows, bool kFused>
HWY_NOINLINE void Tile(const ProductJob& job, std::size_t row, std::size_t column, std::size_t k,
                       std::size_t depth) {
  const D d;
  const std::size_t left = std::min(job.columns - column, kLanes);
  const Width width{left, std::min(job.columns - column - left, kLanes)};
  float* c = job.c + row * job.c_row + column;
  Sums<kRows> sums;
  if (k == 0 && !job.adds) {
    sums.Clear();
  } else {
    sums.Load(job, c, width);
  }
  for (std::size_t block = 0; block < job.blocks; ++block) {
    const float* a = job.a + row * job.a_row + block * job.a_block + k * job.a_depth;
    const float* b = job.b + block * job.b_block + k * kPanel + column;
    for (std::size_t i = 0; i < depth; ++i, a += job.a_depth, b += kPanel)
      sums.template Add<kFused>(job.a_row, a, hn::Load(d, b), hn::Load(d, b + kLanes));
  }
  sums.Store(job, c, width);
}

template <std::size_t kRows, bool kFused>
HWY_INLINE std::size_t Rows(const ProductJob& job, std::size_t row, std::size_t k,
                            std::size_t depth) {
  for (; row + kRows <= job.rows; row += kRows) {
    for (std::size_t column = 0; column < job.columns; column += kTileColumns)
      Tile<kRows, kFused>(job, row, column, k, depth);
  }
  return row;
}

template <bool kFused>
HWY_INLINE void MultiplyRows(const ProductJob& job) {
  const std::size_t most = job.blocks > 1 ? job.depth : kDepth;
  for (std::size_t k = 0; k < job.depth; k += most) {
    const std::size_t depth = std::min(most, job.depth - k);
    std::size_t row = Rows<kTileRows, kFused>(job, 0, k, depth);
    if constexpr (kTileRows > 4) row = Rows<4, kFused>(job, row, k, depth);
    row = Rows<2, kFused>(job, row, k, depth);
    Rows<1, kFused>(job, row, k, depth);
  }
}

void MultiplyPanel(const ProductJob& job) {
  if (job.fused) {
    MultiplyRows<true>(job);
  } else {
    MultiplyRows<false>(job);
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
