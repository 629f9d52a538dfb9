// The quick way through the cells of a CSV record: plain numbers, and texts without blanks around
// them and without quotes inside. Whatever is anything else is left to CsvScanner and ReadCell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "data/csv_document.h"
#include "data/csv_scan.h"

namespace halflife {

// What is made of the cells of a field.
enum class CsvUse : uint8_t {
  kPassed,  // nothing
  kEmpty,   // they are checked to be empty
  kNumber,  // numbers, NaN where missing
  kCode,    // codes of their texts
};

class CsvPlainCells {
 public:
  explicit CsvPlainCells(const CsvDocument& document)
      : file_(document.bytes.data()), delimiter_(document.delimiter) {}

  // Reads cells from `field` on for as long as they are plain: numbers, and packed texts
  // (csv_coder.h). Moves the scanner behind them and returns the field that comes next: one more
  // than the last where the record has ended.
  std::size_t Read(const std::vector<CsvUse>& uses, std::size_t field, double* cells,
                   CsvScanner* scanner) const;

 private:
  const char* ReadNumber(const char* at, double* cell) const;
  const char* ReadText(const char* at, const char* end, CsvUse use, double* cell) const;
  std::size_t EndOfCell(const char* stop, bool is_last) const;

  const char* file_;
  char delimiter_;
};

}  // namespace halflife
