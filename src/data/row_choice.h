// Which rows of a table can be learnt from, and how many rows each of them stands for.
#pragma once

#include <cstdint>
#include <vector>

#include "data/column_use.h"
#include "linalg/linalg.h"

namespace halflife {

struct RowChoice {
  std::vector<uint32_t> rows;      // used, ascending
  std::size_t without_target = 0;  // left out, by the first reason that holds
  std::size_t without_weight = 0;  // of weight 0
  std::size_t with_missing = 0;    // under MissingPolicy::kDrop
};

// Leaves out rows without a target, of weight 0, and with a missing input under
// MissingPolicy::kDrop, which are those that `incomplete` marks (1 a row; empty: none). Throws
// Error for a weight that is missing, negative or no number, and where fewer than two rows are
// left.
RowChoice ChooseRows(const Table& table, const std::vector<ColumnUse>& uses,
                     const std::vector<char>& incomplete);

// The weights of the rows in use: the cells of the column whose role is kWeight, or all 1.
Vector RowWeights(const Table& table, const std::vector<ColumnUse>& uses, const RowSet& rows);

}  // namespace halflife
