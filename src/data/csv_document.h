// A CSV file before its cells are read: where its parts begin, its delimiter, its column names; and
// the messages about what is wrong with it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "data/csv_scan.h"
#include "halflife/column_list.h"

namespace halflife {

inline constexpr std::size_t kMaxCsvColumns = 100000;

struct CsvDocument {
  std::string_view bytes;  // the whole file; all offsets count from its start
  std::string source;
  char delimiter = ',';          // ' ' stands for runs of blanks
  std::size_t begin = 0;         // where the header begins
  std::size_t body = 0;          // where the first row of cells begins
  std::size_t end = 0;           // before the blank lines at the end of the file
  std::size_t usual_fields = 0;  // of the first rows; 0 where there is none

  std::vector<std::string> names;  // one a field; "" for a field that is no column of the table
  std::size_t header_fields = 0;   // how many of them the header itself has
  bool names_rows = false;         // the first field only names the rows
  std::size_t unnamed = 0;         // the last fields, which have no name and must be empty
  std::size_t unnamed_at = 0;      // where the header has the first of these, or begins
  std::vector<Finding> findings;   // how the file is laid out
  bool has_trailing_delimiter = false;

  CsvScanner Scan(std::size_t from) const { return {bytes, delimiter, from, end}; }
  // Blank lines are rows only where a row is one cell.
  bool SkipsBlankLines() const { return names.size() != 1; }
  // Whether a field is a column of the table.
  bool IsColumn(std::size_t field) const {
    return (field > 0 || !names_rows) && field + unnamed < names.size();
  }
};

// Throws Error for a file of another format, told by its first bytes.
void RefuseOtherFormats(const CsvDocument& document);

// The number of the line that holds the byte at `offset`, from 1.
std::size_t LineAt(std::string_view bytes, std::size_t offset);

// Throws Error "source:LINE:FIELD: message" for the byte at `offset` in field `field` (from 0).
[[noreturn]] void FailAt(const CsvDocument& document, std::size_t offset, std::size_t field,
                         ErrorKind kind, ErrorArguments arguments = {}, ErrorCause cause = nullptr);

// Throws Error for `fault`.
[[noreturn]] void FailFault(const CsvDocument& document, const CsvFault& fault);

// Throws Error: field `field` of the header at `offset` has no name.
[[noreturn]] void FailUnnamed(const CsvDocument& document, std::size_t offset, std::size_t field);

// How messages call field `field` (from 0): by its name where there is one.
std::string ColumnText(const CsvDocument& document, std::size_t field);

}  // namespace halflife
