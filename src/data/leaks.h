// How much of the target each column tells by itself: a column that tells nearly all of it was most
// likely made from it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "data/column_use.h"
#include "data/folds.h"
#include "data/table_cells.h"
#include "data/target.h"

namespace halflife {

// Which of `rows` rows in use are looked at, ascending.
std::vector<uint32_t> LeakSample(std::size_t rows);

// For each column of the rows in use that alone explains more than 99.5 % of the held-out target,
// how much: for numbers to predict the R2, pooled over `folds`, of the training rows' line through
// the column (text: of its levels' means); for classes the accuracy, where balanced accuracy is
// above 99.5 % too, of the class that most training rows of the same value, or else of the nearest
// one, have. Looks at the rows of LeakSample, no more than 20,000, and at nothing below 50.
// `target`, `folds` and `weights` are of the rows in use.
std::vector<std::optional<double>> FindLeaks(const SampledCells& cells,
                                             const std::vector<ColumnUse>& uses,
                                             const Target& target, const Folds& folds,
                                             const Vector& weights, int threads);

}  // namespace halflife
