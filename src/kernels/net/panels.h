// Batches in panels, the layout in which nets are trained: blocks of 32 floats side by side, so
// that a product needs no packing and everything else works on whole vectors of rows.
//
// Row panels:  element (row r, unit u) at [(r / 32) Rounded(units) + u] 32 + r % 32
// Unit panels: element (row r, unit u) at [(u / 32) Rounded(rows) + r] 32 + u % 32
//
// Units and rows past the end are zeros; Rounded is the next multiple of 32.
#pragma once

#include <cstddef>

namespace halflife {

inline constexpr std::size_t kPanel = 32;

constexpr std::size_t Panels(std::size_t count) { return (count + kPanel - 1) / kPanel; }
constexpr std::size_t Rounded(std::size_t count) { return Panels(count) * kPanel; }

// Turns row panels into unit panels; and the other way round, with rows and units exchanged.
void TransposePanels(const float* from, std::size_t rows, std::size_t units, float* to);

// One panel of a product C = A B: at most 32 columns of B and C. The depth is cut in `blocks` of
// `depth` each. Every element is one sum in the order of the depth, so neither the tile it falls in
// nor what is computed beside it changes a bit of it.
struct ProductJob {
  std::size_t rows = 0;
  std::size_t columns = kPanel;
  std::size_t blocks = 1;
  std::size_t depth = 0;
  const float* a = nullptr;  // element (i, k) of a block at a[i a_row + block a_block + k a_depth]
  std::size_t a_row = 0;
  std::size_t a_block = 0;
  std::size_t a_depth = 1;
  const float* b = nullptr;  // row k of a block at b[block b_block + k 32]: 32 aligned floats
  std::size_t b_block = 0;
  float* c = nullptr;  // row i at c[i c_row]: `columns` floats are written
  std::size_t c_row = kPanel;
  bool adds = false;  // to what is in C
  bool fused = true;  // multiply-add as one operation where the target has it; else two everywhere
};

void MultiplyPanel(const ProductJob& job);

}  // namespace halflife
