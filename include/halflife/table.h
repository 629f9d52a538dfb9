// A table of named columns as a file holds it, before any encoding; and its reader.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "halflife/column_list.h"

namespace halflife {

// What separates groups of three digits and decimals in the cells of a column of numbers; '\0'
// where no cell shows it.
struct NumberMarks {
  char thousands = '\0';  // , . blank or '
  char decimal = '\0';    // . or ,
};

// One column: numbers, or text as codes into its sorted levels. Thread safety: a value; its const
// functions may be called from any number of threads.
struct Column {
  enum class Kind { kNumeric, kText };
  // kDate: numeric, days since 1970-01-01. kBoolean: text, whose levels are the two of true and
  // false, yes and no, t and f, or y and n, each in one spelling.
  enum class Meaning { kPlain, kDate, kBoolean };
  static constexpr int32_t kMissing = -1;

  std::string name;
  Kind kind = Kind::kNumeric;
  std::vector<double> numbers;  // numeric: a value a row, NaN where missing; else empty
  std::vector<int32_t>
      codes;  // text: an index into `levels` a row, kMissing where missing; else empty
  std::vector<std::string> levels;  // text: the distinct present values, ascending by bytes
  Meaning meaning = Meaning::kPlain;
  NumberMarks marks;  // numeric: how its numbers are written
  // Numeric, where ReadOptions::keep_text asks: the cells' own texts, ascending by number, then by
  // bytes, and which of them each row holds (kMissing: none).
  std::vector<std::string> cell_texts;
  std::vector<int32_t> cell_text;
  std::vector<Finding> findings;  // how it was read, where not plainly

  std::size_t rows() const { return kind == Kind::kNumeric ? numbers.size() : codes.size(); }
  bool missing(std::size_t row) const;  // whether the cell of `row` is missing
  std::size_t missing_count() const;
};

// Columns of equal length. Thread safety: a value, as its columns.
struct Table {
  std::string source;  // where it came from, for messages: the path of the file
  std::size_t rows = 0;
  std::vector<Column> columns;
  std::vector<Finding> findings;       // how the file is laid out, where not plainly
  std::vector<ColumnSummary> removed;  // columns of the file that are none of the table's: names of
                                       // rows, and empty ones without a name

  // The index of the column called `name`, or -1.
  int Find(std::string_view name) const;
  std::vector<std::string> names() const;

  // Throws Error (usage) unless every column has `rows` cells, and codes that are levels. What
  // takes a table calls it, for tables may be made by hand.
  void Check() const;
};

// How the numbers of a column were written elsewhere.
struct KnownMarks {
  std::string column;
  NumberMarks marks;
};

// How a file is read.
struct ReadOptions {
  int threads = 0;  // 0: all; the answer does not depend on it
  bool one_row_will_do =
      false;  // a single row below the header is enough (to predict, not to learn)
  std::vector<std::string> categories;  // columns read as text even if every cell is a number
  std::vector<std::string> numbers;     // columns read as numbers: a cell that is none is missing
  std::vector<std::string> keep_text;   // columns whose cells' texts are kept beside their numbers
  std::size_t most_texts = 0;  // of keep_text: those with more different texts in the first rows
                               // are read without; 0: any number
  std::vector<KnownMarks>
      known_marks;  // settle what 1,234 or 1.234 is, where a column leaves it open
};

// Reads a CSV file (RFC 4180; UTF-8, with or without a byte order mark; LF, CRLF or CR line ends;
// header required; delimiter and what stands above the header found by itself). A column is numeric
// if every present cell reads as a finite number, all in one style, or as an ISO date; a cell is
// missing if it is empty, NA, NaN, null or ?, and in a numeric column also if it is another usual
// spelling. docs/formats.md has the rules. Throws Error with file:line:column for anything wrong.
Table ReadCsv(const std::string& path, const ReadOptions& options = {});

// The same from memory; `source` stands in messages where the path would.
Table ParseCsv(std::string_view bytes, const std::string& source, const ReadOptions& options = {});

// What is understood of every column of `table`; with options.target also what each column tells of
// it. Throws Error for a name that no column has, and with a target for what Tune would refuse.
TableSummary Describe(const Table& table, const DataOptions& options);

}  // namespace halflife
