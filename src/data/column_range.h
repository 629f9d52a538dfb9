// What one look at every cell of a column tells: how many are missing, and between which numbers
// the others lie.
#pragma once

#include <limits>
#include <vector>

#include "data/row_set.h"
#include "halflife/table.h"

namespace halflife {

struct ColumnRange {
  std::size_t missing = 0;
  double lowest = std::numeric_limits<double>::infinity();    // numbers only; above `highest` where
  double highest = -std::numeric_limits<double>::infinity();  // every cell is missing

  bool empty() const { return !(lowest <= highest); }
};

ColumnRange RangeOf(const Column& column, const RowSet& rows);

// Of every column of `table`.
std::vector<ColumnRange> RangesOf(const Table& table, const RowSet& rows, int threads);

}  // namespace halflife
