// A CSV file whose rows stay in the file: what its columns are, as ReadCsv has them, and passes
// over its cells, chunk after chunk.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "data/column_range.h"
#include "data/csv_fields.h"
#include "data/csv_stream_fields.h"
#include "data/csv_strips.h"
#include "halflife/table.h"

namespace halflife {

// How a file is read again and again; tests make files small enough to look at large.
struct CsvStreamOptions {
  std::size_t chunk_bytes = std::size_t{1} << 20;
  std::size_t most_texts = 250'000;  // distinct ones that are kept of a column whose cells are not
  CsvBytesDone done;                 // may be empty
};

// Some rows of the table. Its columns are those of the table, of which those asked for hold the
// cells of these rows; levels are the table's.
struct CsvBlock {
  std::size_t first_row = 0;
  const Table& table;
};

class CsvStream {
 public:
  // Opens the file and finds where records begin; `bytes` must outlive it. Throws Error for a file
  // that is no CSV, or without a usable header.
  CsvStream(std::string_view bytes, const std::string& source, ReadOptions options,
            CsvStreamOptions settings);

  // Bytes of a table of as many numbers, before any cell was read.
  double TableBytes() const;

  // Reads every cell to say what the columns are; cells of the columns `kept` stay in the table.
  // Throws Error for what ReadCsv throws one. Cells' own texts (ReadOptions::keep_text) are not
  // kept.
  void Load(const std::vector<std::string>& kept);

  // The table as ReadCsv has it, but without the cells of columns that were not to be kept.
  const Table& table() const { return table_; }
  // Of all rows, a column.
  const std::vector<ColumnRange>& ranges() const { return ranges_; }
  // Whether `column` has more distinct texts than are kept: then none of its levels is known.
  bool TooManyTexts(std::size_t column) const { return too_many_[column] != 0; }
  std::size_t most_texts() const { return settings_.most_texts; }
  // Empties the columns that were kept.
  void DropCells();

  // Reads all rows of the columns `wanted`, none of which has too many texts. Strip s of `strips`
  // is its share of the file, whose blocks one thread shows to begin(s) in order.
  using Visit = std::function<void(const CsvBlock&)>;
  using BeginStrip = std::function<Visit(std::size_t strip)>;
  void Read(const std::vector<bool>& wanted, std::size_t strips, int threads,
            const BeginStrip& begin) const;

 private:
  // How a column that is not all plain numbers is read: numbers as `as` says, or levels.
  struct TextReading {
    bool is_text = false;
    ColumnReading as;
    TextCodes texts;                // of levels: all of them
    std::vector<int32_t> level_of;  // a code of `texts`
  };

  std::vector<CsvPlainField> ReadPlain(const CsvAsked& asked, const std::vector<bool>& kept);
  void MakeColumns(const std::vector<CsvPlainField>& plain, std::vector<CsvTextField> fields);
  void ReadTextCells(const std::vector<bool>& kept);
  void FindForced(std::size_t column, const CsvChunk& chunk, const CsvChunkCells& cells);
  void FillCells(std::size_t column, CsvChunkCells* cells, Column* block) const;
  void PassOverFile(std::vector<CsvUse> uses, std::size_t strips, int threads,
                    const CsvStripBegin& begin) const;

  ReadOptions options_;
  CsvStreamOptions settings_;
  CsvDocument document_;
  std::vector<CsvChunk> chunks_;
  Table table_;
  std::vector<std::size_t> field_of_;  // a column
  std::vector<TextReading> readings_;  // a column
  std::vector<ColumnRange> ranges_;
  std::vector<char> too_many_;
};

}  // namespace halflife
