// One piece of a CSV body, a whole number of records: first read as plain numbers, then, for the
// columns that some piece found to hold anything else, read again as codes of texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "data/column_survey.h"
#include "data/csv_cell.h"
#include "data/csv_document.h"

namespace halflife {

struct CsvChunk {
  std::size_t begin = 0;  // bytes [begin, end) of the document
  std::size_t end = 0;
  std::size_t rows = 0;
  CsvFault fault;  // the first fault of the grammar, at which reading stopped
  std::vector<double>
      cells;  // row by row: numbers, NaN where missing; then codes, -1 where missing
  std::vector<uint8_t> seen;  // a field: bits (1 << CsvCell) of what it holds beyond kNumber

  // The distinct texts of each field read again, in the order of their codes, which is that in
  // which they first come; empty for other fields.
  std::vector<std::vector<TextCount>> texts;
  std::deque<std::string> unescaped;  // holds those of them that the file holds otherwise
};

constexpr uint8_t SeenBit(CsvCell cell) {
  return static_cast<uint8_t>(1U << static_cast<unsigned>(cell));
}

// Fills rows, cells, seen and fault.
void ReadNumbers(const CsvDocument& document, CsvChunk* chunk);

// Replaces the cells of the fields in `wanted` by codes into texts; after ReadNumbers.
void ReadCodes(const CsvDocument& document, const std::vector<bool>& wanted, CsvChunk* chunk);

// Throws Error for the first cell of the fields in `wanted` that is a number but not finite.
[[noreturn]] void FailAtNotFinite(const CsvDocument& document, const std::vector<bool>& wanted);

}  // namespace halflife
