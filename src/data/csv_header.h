// The header of a CSV file: its names, which fields are columns, and a row of units below it.
#pragma once

#include "data/csv_document.h"
#include "data/csv_head.h"

namespace halflife {

// Reads the names and where the body begins; `head` are the first records, the header first. Throws
// Error for a header that cannot be used.
void ReadHeader(const CsvHead& head, CsvDocument* document);

}  // namespace halflife
