// Rows that repeat another row in every input and in the target.
#pragma once

#include <cstddef>
#include <vector>

#include "data/column_use.h"
#include "data/folds.h"

namespace halflife {

struct Duplicates {
  std::size_t rows = 0;   // that repeat an earlier row
  std::size_t split = 0;  // of those, held out in another fold than the first such row
};

// Counts them over the rows in use. None are counted where about as many are to be expected by
// chance: a third of what is found, or more, where each column is shuffled by itself.
Duplicates CountDuplicates(const Table& table, const RowSet& rows,
                           const std::vector<ColumnUse>& uses, const Folds& folds);

}  // namespace halflife
