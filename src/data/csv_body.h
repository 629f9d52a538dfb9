// The rows of a CSV file: cut into chunks, read by all threads, and kept as one vector a field.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "data/csv_chunk.h"
#include "data/csv_survey.h"

namespace halflife {

// The cells of a field, row by row: either, both for a while, or neither where it is no column.
struct CsvCells {
  std::vector<double> numbers;
  std::vector<int32_t> codes;  // of their texts
};

struct CsvBody {
  std::size_t room = 0;  // rows that columns are made for
  std::vector<CsvChunk> chunks;
  std::vector<CsvCells> cells;   // a field
  std::vector<CsvCoder> coders;  // as many as threads work on it
};

// The body cut at the starts of records. A chunk has room for as many rows as it has line ends, or
// as its bytes can hold, for each row but the last has a byte a field: so there is room for all
// rows before a fault, and the record that has it.
std::vector<CsvChunk> CutBody(const CsvDocument& document, const CsvSurvey& survey);

// What each field is read as before anything is known of its cells: numbers, or codes of
// `as_texts`.
std::vector<CsvUse> FirstUses(const CsvDocument& document, const std::vector<bool>& as_texts);

// Reads every field as plain numbers, but those of `as_texts` as codes of their texts, and so every
// other field once it has shown a text. Stops in each chunk at its first fault.
CsvBody ReadBody(const CsvDocument& document, const CsvSurvey& survey,
                 const std::vector<bool>& as_texts, int threads);

// Once every chunk is whole: closes the gaps that rows expected, and not there, have left.
void CloseGaps(CsvBody* body);

// Makes the cells of the fields in `wanted` codes of their texts wherever they are not yet.
void ReadCodes(const CsvDocument& document, const std::vector<bool>& wanted, CsvBody* body);

}  // namespace halflife
