// What one look at every cell of a column tells: how many are missing, between which numbers the
// others lie, and how many hold each level.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "data/row_set.h"
#include "halflife/table.h"

namespace halflife {

// Of a level: how many rows hold it, and the first of them.
struct LevelUse {
  uint32_t rows = 0;
  uint32_t first = 0;
};

struct ColumnRange {
  std::size_t missing = 0;
  double lowest = std::numeric_limits<double>::infinity();    // numbers only; above `highest` where
  double highest = -std::numeric_limits<double>::infinity();  // every cell is missing

  std::vector<LevelUse> levels;  // text only

  bool empty() const { return !(lowest <= highest); }
  // How many different values there are, a missing cell being one more; text only.
  std::size_t DifferentTexts() const;
};

// Adds the cells of some rows, which come in any order; the first of them is row `first`. Of text
// the range has a place for each level.
void AddNumbers(std::span<const double> numbers, ColumnRange* range);
void AddCells(const Column& column, const RowSet& rows, std::size_t first, ColumnRange* range);

ColumnRange RangeOf(const Column& column, const RowSet& rows);

// Of every column of `table`.
std::vector<ColumnRange> RangesOf(const Table& table, const RowSet& rows, int threads);

}  // namespace halflife
