// A CSV file before its cells are read: where its parts begin, its delimiter, its column names; and
// every message about what is wrong with it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "data/csv_scan.h"

namespace halflife {

inline constexpr std::size_t kMaxCsvColumns = 100000;

struct CsvDocument {
  std::string_view bytes;  // the whole file; all offsets count from its start
  std::string source;
  char delimiter = ',';
  std::size_t begin = 0;  // after the byte order mark
  std::size_t body = 0;   // after the header
  std::size_t end = 0;    // before the blank lines at the end of the file
  std::vector<std::string> names;

  CsvScanner Scan(std::size_t from) const { return {bytes, delimiter, from, end}; }
  // Blank lines are rows only where a row is one cell.
  bool SkipsBlankLines() const { return names.size() != 1; }
};

// Finds where the file begins and ends and its delimiter. Throws Error for a file that is no CSV at
// all or is empty. Checks no bytes beyond the signature.
CsvDocument OpenCsv(std::string_view bytes, const std::string& source);

// Reads the names and where the body begins. Throws Error for a header that cannot be used.
void ReadHeader(CsvDocument* document);

// Throws Error "source:LINE:FIELD: message" for the byte at `offset` in field `field` (from 0).
[[noreturn]] void FailAt(const CsvDocument& document, std::size_t offset, std::size_t field,
                         const std::string& message);

// Throws Error for `fault`.
[[noreturn]] void FailFault(const CsvDocument& document, const CsvFault& fault);

// How messages call field `field` (from 0): by its name where there is one.
std::string ColumnText(const CsvDocument& document, std::size_t field);

}  // namespace halflife
