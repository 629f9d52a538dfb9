// One piece of a CSV body, a whole number of records, and its reader, which puts the cells into
// columns: numbers, or codes of texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "data/csv_cell.h"
#include "data/csv_coder.h"
#include "data/csv_document.h"
#include "data/csv_plain_cells.h"

namespace halflife {

struct CsvChunk {
  std::size_t begin = 0;  // bytes [begin, end) of the document
  std::size_t end = 0;
  std::size_t first_row = 0;  // where its rows go in the columns
  std::size_t room = 0;       // for how many of them
  std::size_t rows = 0;
  bool whole = false;            // all of it was read; if not, it or an earlier one has a fault
  CsvFault fault;                // the first fault of the grammar, at which reading stopped
  std::vector<uint8_t> seen;     // a field: bits (1 << CsvCell) of what shows that it is no column
                                 // of plain numbers, or of one of the last that it is not empty
  std::vector<uint16_t> coders;  // a field: 1 + the coder whose codes its cells are, or 0
};

constexpr uint8_t SeenBit(CsvCell cell) {
  return static_cast<uint8_t>(1U << static_cast<unsigned>(cell));
}

// The bits of cells that no column of plain numbers has.
inline constexpr uint8_t kSeenText =
    SeenBit(CsvCell::kCode) | SeenBit(CsvCell::kLong) | SeenBit(CsvCell::kOther);

// What is made of each field, and where that goes: row by row, from the chunk's first on; null
// where nobody wants it.
struct CsvPlan {
  struct Column {
    double* numbers = nullptr;
    int32_t* codes = nullptr;
  };
  std::vector<CsvUse> uses;
  std::vector<Column> columns;
};

// Reads one chunk once, by blocks of rows that stay in the cache until they are put into columns.
class CsvChunkReader {
 public:
  // A field of numbers is passed over from the first of kSeenText on.
  CsvChunkReader(const CsvDocument& document, CsvPlan plan, CsvCoder* coder, CsvChunk* chunk);

  // Sets the chunk's rows and fault, and for fields that are used what they have seen and coded.
  void Read();

 private:
  bool ReadRecord(double* cells);
  void TakeCell(const CsvField& text, std::size_t field, double* cell);
  void FindRagged(std::size_t row_start);
  void PutBlock();

  const CsvDocument& document_;
  CsvPlainCells plain_cells_;
  std::vector<CsvUse> uses_;
  std::vector<CsvPlan::Column> columns_;
  CsvCoder* coder_;
  CsvChunk* chunk_;
  CsvScanner scanner_;
  std::size_t block_rows_ = 0;  // that the block holds now
};

}  // namespace halflife
