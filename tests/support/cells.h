// A design as one dense matrix, for tests.
#pragma once

#include <numeric>

#include "data/design.h"

namespace halflife::testing {

// Features x rows: numbers less their origin, 0 where missing.
inline Matrix CellsOf(const Design& design) {
  std::vector<uint32_t> rows(design.row_count);
  std::iota(rows.begin(), rows.end(), 0U);
  Matrix cells(design.rows(), design.size());
  ReadCells(design, rows, 0, cells);
  return cells.transpose();
}

}  // namespace halflife::testing
