// The distinct texts of one CSV field, and how a column is filled from them.
#pragma once

#include <cstddef>
#include <vector>

#include "data/column_reading.h"
#include "data/csv_chunk.h"
#include "halflife/table.h"

namespace halflife {

// The texts of each chunk, one chunk after the other.
struct CsvTexts {
  std::vector<TextCount> all;      // a text comes once a chunk that holds it
  std::vector<std::size_t> first;  // a chunk: where its texts begin
  std::vector<std::size_t> rows;   // a chunk: how many rows it has
};

// Those of field `field`; views into the chunks.
CsvTexts CollectTexts(const std::vector<CsvChunk>& chunks, std::size_t field);

// Fills `column`, whose numbers are codes into the texts of each row's chunk, as `reading` says it
// is: its numbers, or its codes and levels, and what was found. `keep_text` keeps the texts of
// numbers too.
void FillFromTexts(const CsvTexts& texts, ColumnReading reading, bool keep_text, Column* column);

}  // namespace halflife
