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

// Counts them over `table`. None are counted where repeats are to be expected: where no column of
// numbers has at least a quarter as many values as there are different rows, or where fewer than a
// fifth of the rows are different.
Duplicates CountDuplicates(const Table& table, const std::vector<ColumnUse>& uses,
                           const Folds& folds);

}  // namespace halflife
