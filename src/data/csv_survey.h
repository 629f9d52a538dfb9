// The first pass over a CSV file: checks that its bytes are text, and finds where records begin, so
// that the second pass can read many pieces side by side.
#pragma once

#include <cstddef>
#include <vector>

#include "data/csv_document.h"

namespace halflife {

// Offsets at which records begin, ascending, about `chunk_bytes` apart; they are right up to the
// first misplaced quote of the file. Throws Error where a byte is NUL or no UTF-8.
std::vector<std::size_t> SurveyCsv(const CsvDocument& document, int threads,
                                   std::size_t chunk_bytes);

}  // namespace halflife
