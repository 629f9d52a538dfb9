// One piece of a CSV body, a whole number of records: first read as numbers, then, for the columns
// that some piece found to hold text, read again as codes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "data/csv_cell.h"
#include "data/csv_document.h"

namespace halflife {

struct CsvChunk {
  // Bits of `seen`.
  static constexpr uint8_t kText = 1;    // a cell that no rule could read as a number
  static constexpr uint8_t kAlmost = 2;  // a cell that is nearly a number: kNotFinite or kComma

  std::size_t begin = 0;  // bytes [begin, end) of the document
  std::size_t end = 0;
  std::size_t rows = 0;
  CsvFault fault;  // the first fault of the grammar, at which reading stopped
  std::vector<double>
      cells;  // row by row: numbers, NaN where missing; then codes, -1 where missing
  std::vector<uint8_t> seen;  // what each column holds

  // The distinct texts of each text column, in the order of their codes; empty for other columns.
  std::vector<std::vector<std::string_view>> levels;
  std::deque<std::string> unescaped;  // holds those of them that the file holds otherwise
};

// Fills rows, cells, seen and fault.
void ReadNumbers(const CsvDocument& document, CsvChunk* chunk);

// Replaces the cells of the columns in `is_text` by codes into levels; after ReadNumbers.
void ReadCodes(const CsvDocument& document, const std::vector<bool>& is_text, CsvChunk* chunk);

// Throws Error for the first cell of the columns in `columns` that is nearly a number.
[[noreturn]] void FailAtAlmostNumber(const CsvDocument& document, const std::vector<bool>& columns);

// The kind of a cell as the file holds it, and its number.
CsvCell ReadField(const CsvField& field, char delimiter, double* value);

}  // namespace halflife
