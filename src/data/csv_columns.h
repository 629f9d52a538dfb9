// From the pieces of a CSV body to columns: plain numbers as they are; for every other field, what
// its texts are, and its numbers or levels.
#pragma once

#include <cstddef>
#include <vector>

#include "data/csv_chunk.h"
#include "halflife/table.h"

namespace halflife {

// The columns of `rows` rows in `chunks`, which ReadNumbers has filled. Throws Error for a number
// that is not finite in a column of numbers, and for a column asked to be numbers that has none.
std::vector<Column> MakeColumns(const CsvDocument& document, const ReadOptions& options,
                                std::size_t rows, std::vector<CsvChunk>* chunks);

}  // namespace halflife
