// What is checked of a CSV file once its chunks have been read.
#pragma once

#include <cstddef>
#include <vector>

#include "data/csv_chunk.h"
#include "halflife/column_list.h"

namespace halflife {

// Throws Error for the first fault of the file. Every chunk before the first that reports one is
// sound, so that one began where a record begins.
void FailOnFaults(const CsvDocument& document, const std::vector<CsvChunk>& chunks);

// The rows of all chunks. Throws Error where there are too few, or too many.
std::size_t CountRows(const CsvDocument& document, const std::vector<CsvChunk>& chunks,
                      bool one_row_will_do);

// The fields of the file that are no columns of the table.
std::vector<ColumnSummary> RemovedFields(const CsvDocument& document);

}  // namespace halflife
