// The first pass over a CSV file: checks that its bytes are text, and finds where records begin, so
// that the second pass can read many pieces side by side.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

#include "data/csv_document.h"

namespace halflife {

// Where a record begins, and how many line ends outside quotes the table has before it.
struct CsvCut {
  std::size_t start = 0;
  std::size_t line_ends = 0;
};

struct CsvSurvey {
  std::vector<CsvCut> cuts;
  std::size_t line_ends = 0;  // outside quotes, up to the end of the document
};

// Told of bytes [begin, end) of the document that have been read.
using CsvBytesDone = std::function<void(std::size_t begin, std::size_t end)>;

// Finds cuts, ascending, about `chunk_bytes` apart; they and their counts are right up to the first
// misplaced quote of the file. Throws Error where a byte is NUL or no UTF-8. `done` may be empty.
CsvSurvey SurveyCsv(const CsvDocument& document, int threads, std::size_t chunk_bytes,
                    const CsvBytesDone& done = {});

// The line ends outside quotes in bytes[begin, end), which begins outside.
std::size_t CountLineEnds(std::string_view bytes, std::size_t begin, std::size_t end);

}  // namespace halflife
