// A pass over the rows of a CSV file that keeps none of them: chunk after chunk is read into the
// same few cells, by all threads, each on a strip of the file.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "data/csv_body.h"

namespace halflife {

// The cells of one chunk, until the next one is read.
class CsvChunkCells {
 public:
  explicit CsvChunkCells(const CsvDocument& document)
      : document_(document), cells_(document.names.size()) {}

  // Reads `chunk`, a field for each of `uses`. `with_codes`: codes too; otherwise texts are only
  // passed over.
  void Read(const std::vector<CsvUse>& uses, bool with_codes, CsvChunk* chunk);

  // Of a field that was read as such, a value a row.
  std::span<const double> numbers(std::size_t field) const {
    return std::span(cells_[field].numbers).first(rows_);
  }
  // Numbers leave for `others`, whose place they take.
  void SwapNumbers(std::size_t field, std::vector<double>* others) {
    cells_[field].numbers.resize(rows_);
    cells_[field].numbers.swap(*others);
  }
  std::span<const int32_t> codes(std::size_t field) const {
    return std::span(cells_[field].codes).first(rows_);
  }
  // What the codes stand for.
  const TextCodes& texts(std::size_t field) const { return *coder_.texts[field]; }
  std::size_t rows() const { return rows_; }

 private:
  const CsvDocument& document_;
  std::vector<CsvCells> cells_;
  CsvCoder coder_;
  std::size_t rows_ = 0;
};

// Is shown chunk `chunk` of all, with what was found in it.
using CsvVisit = std::function<void(std::size_t chunk, const CsvChunk&, CsvChunkCells*)>;

using CsvStripBegin = std::function<CsvVisit(std::size_t strip)>;

struct CsvPass {
  // What is read of the next chunk of a strip; may change from one to the next.
  std::function<std::vector<CsvUse>(std::size_t strip)> uses;
  bool with_codes = false;
  CsvStripBegin begin;  // makes what the chunks of a strip are shown to
  CsvBytesDone done;    // may be empty
};

// Reads every chunk once. Strip s of `strips` is its share of the chunks, visited in order by one
// thread.
void PassOver(const CsvDocument& document, const std::vector<CsvChunk>& chunks, const CsvPass& pass,
              std::size_t strips, int threads);

}  // namespace halflife
