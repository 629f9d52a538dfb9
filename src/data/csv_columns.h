// From the cells of a CSV body to columns: plain numbers as they are; for every other field, what
// its texts are, and its numbers or levels.
#pragma once

#include <vector>

#include "data/csv_asked.h"
#include "data/csv_body.h"
#include "halflife/table.h"

namespace halflife {

// The columns of `body`, which is read and without gaps, and taken apart. Throws Error for a number
// that is not finite in a column of numbers, and for a column asked to be numbers that has none.
std::vector<Column> MakeColumns(const CsvDocument& document, const ReadOptions& options,
                                const CsvAsked& asked, CsvBody* body);

}  // namespace halflife
