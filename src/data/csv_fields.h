// What the fields of a CSV file are: plain numbers, or what their texts say; decided from the whole
// file, whether its cells are in memory or read again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "data/column_reading.h"
#include "data/csv_asked.h"
#include "data/csv_chunk.h"
#include "halflife/table.h"

namespace halflife {

// A field whose cells were read as text.
struct CsvTextField {
  std::size_t field = 0;
  std::vector<TextCount> texts;  // the distinct ones, in the order of the file
  ColumnSurvey survey;
  ColumnReading reading;
};

// Whether the points of plain numbers are decimal ones; of two that differ, the larger holds for
// both.
enum class CsvPoints : uint8_t {
  kNone,
  kEither,  // 84, 2.986 and 20.933 may as well be whole numbers with points between thousands
  kDecimal,
};
CsvPoints PointsOf(std::span<const double> numbers);

// Whether one of the plain numbers is not whole, and so shows a decimal point; and the marks of a
// column of them.
bool ShowsPoint(std::span<const double> numbers);
inline NumberMarks MarksOfPlain(bool point) { return {.decimal = point ? '.' : '\0'}; }

// What deciding asks of the cells of a file.
class CsvFieldCells {
 public:
  virtual ~CsvFieldCells() = default;

  // Whether some cell of a field that was read as plain numbers is one.
  virtual bool HoldsNumbers(std::size_t field) const = 0;
  // One a field; kNone for fields that are not `wanted`.
  virtual std::vector<CsvPoints> Points(const std::vector<bool>& wanted) = 0;
  // The `wanted` fields, read as texts and surveyed.
  virtual std::vector<CsvTextField> ReadTexts(const std::vector<bool>& wanted) = 0;
};

// The fields that are not all plain numbers, and what each of them is; `chunks` have been read.
// Throws Error for a field that must be empty and is not, for a number that is not finite in a
// column of numbers, and for a column asked to be numbers that has none.
std::vector<CsvTextField> DecideFields(const CsvDocument& document, const ReadOptions& options,
                                       const CsvAsked& asked, const std::vector<CsvChunk>& chunks,
                                       CsvFieldCells* cells);

}  // namespace halflife
