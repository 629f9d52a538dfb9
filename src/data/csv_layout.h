// How a CSV file is laid out: what stands above the table, what separates its cells, and where its
// header is.
#pragma once

#include <string>
#include <string_view>

#include "data/csv_document.h"
#include "data/csv_head.h"

namespace halflife {

// Where the header has fewer fields than every row: how the rest is meant.
enum class ShortHeader {
  kNone,
  kRowNames,  // the rows begin with a name of their own, as R writes them
  kTrailing,  // the rows end in empty fields
};

// Whether record `at` of `head` is such a header of all records below it.
ShortHeader HowShort(const CsvHead& head, std::size_t at);

// Finds where the table begins and ends and its delimiter; *head gets its first records, the header
// first. Throws Error for a file that is no CSV at all or is empty. Checks no bytes beyond the
// signature.
CsvDocument OpenCsv(std::string_view bytes, const std::string& source, CsvHead* head);

}  // namespace halflife
