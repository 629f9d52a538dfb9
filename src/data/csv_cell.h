// What one CSV cell is at first sight: missing, a plain number, or something to look at again.
#pragma once

#include <cstdint>

#include "data/csv_scan.h"

namespace halflife {

enum class CsvCell : uint8_t {
  kMissing,        // empty, NA, NaN, null (in any case) or ?, not quoted unless empty
  kNumber,         // a finite decimal number, with a decimal point
  kCode,           // one of nothing but digits, two or more, the first a 0
  kLong,           // one beyond 2^53 written without an exponent
  kQuotedMissing,  // a quoted word for missing
  kOther,          // anything else: text, or a number in another style
};

// Reads a cell as the file holds it; stores the number in *value, or NaN if it is none.
CsvCell ReadCell(const CsvField& field, double* value);

}  // namespace halflife
