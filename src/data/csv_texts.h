// The distinct texts of one CSV field, and how a column is filled from them.
#pragma once

#include <cstddef>
#include <vector>

#include "data/column_reading.h"
#include "data/csv_body.h"
#include "halflife/table.h"

namespace halflife {

// Those of field `field`, in the order in which the file first has them; views into the document
// and the coders of `body`. Its codes, which are those of many coders, become indexes of the texts.
std::vector<TextCount> CollectTexts(std::size_t field, CsvBody* body);

// Fills `column`, whose codes are indexes of `texts`, as `reading` says it is: its numbers, or
// its codes and levels, and what was found. `keep_text` keeps the texts of numbers too.
void FillFromTexts(const std::vector<TextCount>& texts, ColumnReading reading, bool keep_text,
                   Column* column);

}  // namespace halflife
