// The texts of columns whose cells stay in the file: collected chunk by chunk, in whatever order
// chunks are read, into levels, ranges and, where cells are kept, codes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/parallel.h"
#include "data/column_range.h"
#include "data/text_codes.h"
#include "halflife/table.h"

namespace halflife {

class CsvLevels {
 public:
  // `most` texts at most, unless `rows` (of the table) are kept: 0 for none.
  CsvLevels(std::size_t rows, std::size_t most) : codes_(rows), most_(most) {}

  // Adds a chunk's cells, codes of `texts`; may be called from several threads.
  void Add(std::span<const int32_t> codes, const TextCodes& texts, std::size_t first_row);

  bool too_many() const { return too_many_; }
  // Makes `column` the levels found, with its codes where rows are kept, and *range what they are
  // held by. Returns which level each of texts() is.
  std::vector<int32_t> Finish(Column* column, ColumnRange* range);
  TextCodes& texts() { return texts_; }

 private:
  void Merge(const TextCodes& more, std::span<const uint32_t> firsts, std::vector<int32_t>* merged);

  Gate gate_;
  TextCodes texts_;
  std::vector<uint32_t> first_row_;  // a text: the least row that holds it
  std::vector<int32_t> codes_;       // a row: its text
  std::size_t missing_ = 0;
  std::size_t most_;
  bool too_many_ = false;
};

}  // namespace halflife
