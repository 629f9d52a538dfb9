// The distinct texts of one CSV field, and how a column is filled from them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "data/column_reading.h"
#include "data/csv_body.h"
#include "halflife/table.h"

namespace halflife {

// Those of field `field`, in the order in which the file first has them; views into the document
// and the coders of `body`. Its codes, which are those of many coders, become indexes of the texts.
std::vector<TextCount> CollectTexts(std::size_t field, CsvBody* body);

// The texts by where the file first has them, and which of them each code is.
std::vector<TextCount> InFileOrder(const TextCodes& codes, std::vector<int32_t>* index);

// The number of each text; NaN where it is none.
std::vector<double> ValuesOf(const std::vector<TextCount>& texts, const ColumnReading& reading);

// The first row that holds a text which is none of the missing words and yet no number; the number
// of rows where there is none. `indexes` are those of the rows' texts, `values` their numbers.
std::size_t FirstForced(const std::vector<TextCount>& texts, std::span<const int32_t> indexes,
                        std::span<const double> values);

// Makes `column` text of the levels that `texts` are; which of them each text is.
std::vector<int32_t> MakeLevels(const std::vector<TextCount>& texts, Column* column);

// Fills `column`, whose codes are indexes of `texts`, as `reading` says it is: its numbers, or
// its codes and levels, and what was found. `keep_text` keeps the texts of numbers too.
void FillFromTexts(const std::vector<TextCount>& texts, ColumnReading reading, bool keep_text,
                   Column* column);

}  // namespace halflife
