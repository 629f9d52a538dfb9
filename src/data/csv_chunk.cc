#include "data/csv_chunk.h"

#include <algorithm>
#include <utility>

namespace halflife {
namespace {

// Rows that fill a part of the nearest cache, and whole cache lines of every column.
std::size_t RowsOfBlock(std::size_t fields) {
  constexpr std::size_t kCells = 2048;
  constexpr std::size_t kLine = 8;
  return std::max(kCells / fields, kLine) / kLine * kLine;
}

}  // namespace

CsvChunkReader::CsvChunkReader(const CsvDocument& document, CsvPlan plan, CsvCoder* coder,
                               CsvChunk* chunk)
    : document_(document),
      plain_cells_(document),
      uses_(std::move(plan.uses)),
      columns_(std::move(plan.columns)),
      coder_(coder),
      chunk_(chunk),
      scanner_(document.bytes, document.delimiter, chunk->begin, chunk->end) {
  const std::size_t fields = uses_.size();
  coder->block.resize(RowsOfBlock(fields) * fields);
  coder->texts.resize(fields);
  chunk->seen.resize(fields);
  chunk->coders.resize(fields);
  chunk->rows = 0;
}

void CsvChunkReader::Read() {
  const std::size_t fields = uses_.size();
  const std::size_t most = RowsOfBlock(fields);
  const bool skips_blank_lines = document_.SkipsBlankLines();
  for (;;) {
    if (skips_blank_lines) scanner_.SkipBlankLines();
    // There is room for all rows, but where a fault of an earlier chunk moves the starts of
    // records.
    if (scanner_.done() || chunk_->rows + block_rows_ == chunk_->room) break;
    if (!ReadRecord(coder_->block.data() + block_rows_ * fields)) break;
    if (++block_rows_ == most) PutBlock();
  }
  PutBlock();
  chunk_->whole = scanner_.done();
  for (std::size_t f = 0; f < fields; ++f) {
    if (uses_[f] == CsvUse::kCode) chunk_->coders[f] = static_cast<uint16_t>(coder_->index + 1);
  }
}

// Reads one record; false at a fault.
bool CsvChunkReader::ReadRecord(double* cells) {
  const std::size_t row_start = scanner_.offset();
  const std::size_t fields = uses_.size();
  CsvField text;
  std::size_t field = 0;
  for (;;) {
    field = plain_cells_.Read(uses_, field, cells, &scanner_);
    if (field == fields) return true;
    if (!scanner_.Next(&text)) {
      chunk_->fault = scanner_.fault();
      chunk_->fault.field = field;
      return false;
    }
    TakeCell(text, field, cells + field);
    ++field;
    const bool more = text.ending == CsvField::Ending::kDelimiter;
    if (more && field < fields) continue;
    if (more || field < fields) FindRagged(row_start);
    return !more && field == fields;
  }
}

void CsvChunkReader::TakeCell(const CsvField& text, std::size_t field, double* cell) {
  CsvUse& use = uses_[field];
  if (use == CsvUse::kPassed) return;
  if (use == CsvUse::kCode) {
    *cell = PackText(document_.bytes.data(), text);
    return;
  }
  const CsvCell kind = ReadCell(text, cell);
  if (use == CsvUse::kEmpty ? kind == CsvCell::kMissing : kind <= CsvCell::kNumber) return;
  chunk_->seen[field] |= SeenBit(kind);
  if (use == CsvUse::kNumber && (SeenBit(kind) & kSeenText) != 0) use = CsvUse::kPassed;
}

// Sets the fault of the record that began at `row_start` and has more or fewer fields than there
// are.
void CsvChunkReader::FindRagged(std::size_t row_start) {
  CsvScanner scanner(document_.bytes, document_.delimiter, row_start, chunk_->end);
  CsvFault& fault = chunk_->fault;
  CsvField text;
  std::size_t fields = 0;
  do {
    if (!scanner.Next(&text)) {
      fault = scanner.fault();
      fault.field = fields;
      return;
    }
    ++fields;
  } while (text.ending == CsvField::Ending::kDelimiter);
  fault = {.kind = CsvFault::Kind::kRagged, .offset = row_start, .fields = fields};
}

void CsvChunkReader::PutBlock() {
  const std::size_t fields = uses_.size();
  const std::size_t first_row = chunk_->rows;
  for (std::size_t f = 0; f < fields; ++f) {
    const CsvPlan::Column& column = columns_[f];
    const double* from = coder_->block.data() + f;
    if (uses_[f] == CsvUse::kCode && column.codes != nullptr) {
      const PackedTexts texts{.cells = from, .stride = fields, .count = block_rows_};
      coder_->Code(document_.bytes, f, texts, column.codes + first_row);
    } else if (uses_[f] == CsvUse::kNumber && column.numbers != nullptr) {
      double* to = column.numbers + first_row;
      for (std::size_t row = 0; row < block_rows_; ++row) to[row] = from[row * fields];
    }
  }
  chunk_->rows += block_rows_;
  block_rows_ = 0;
}

}  // namespace halflife
