// What one CSV cell is: missing, a number, almost a number, or text.
#pragma once

#include <cstdint>
#include <string_view>

namespace halflife {

enum class CsvCell : uint8_t {
  kMissing,    // empty, NA, NaN, null (in any case) or ?
  kNumber,     // a finite decimal number
  kNotFinite,  // inf, infinity, a signed nan, or a number beyond the range of a double
  kComma,      // a number but for decimal or thousands commas
  kText,       // anything else
};

// Reads a cell without blanks at its ends; stores the number in *value, or NaN if it is none.
CsvCell ReadCell(std::string_view text, char delimiter, double* value);

}  // namespace halflife
