// The first records of a CSV file as one delimiter cuts them, to find out how the file is laid out.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "data/csv_scan.h"

namespace halflife {

struct CsvRecord {
  std::size_t offset = 0;
  std::size_t end = 0;  // where the next record begins
  std::vector<CsvField> fields;
  bool broken = false;  // a fault of the grammar; the record is its first line, cut at delimiters
};

// Part of the file, as one delimiter cuts it.
struct CsvHead {
  char delimiter = ',';
  std::vector<CsvRecord> records;
  std::size_t fields = 0;  // that most of the records have; 0 where there is none
  std::size_t alike = 0;   // how many records have so many

  bool Whole(std::size_t record) const {
    return !records[record].broken && records[record].fields.size() == fields;
  }
};

// Cuts the first records of bytes[begin, end): at most 64 of them, within 1 MB.
CsvHead ReadHead(std::string_view bytes, char delimiter, std::size_t begin, std::size_t end);

// How a cell looks by itself.
enum class CellLook { kNothing, kNumber, kText };  // kNothing: missing, also spelt with a word
CellLook LookOf(const CsvField& field);

// Whether some cell of `record` from field `first` on is a number or a date.
bool HoldsNumber(const CsvRecord& record, std::size_t first = 0);

}  // namespace halflife
