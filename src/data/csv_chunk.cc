#include "data/csv_chunk.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "data/csv_number.h"

namespace halflife {
namespace {

// Rows that fill a part of the nearest cache, and whole cache lines of every column.
std::size_t RowsOfBlock(std::size_t fields) {
  constexpr std::size_t kCells = 2048;
  constexpr std::size_t kLine = 8;
  return std::max(kCells / fields, kLine) / kLine * kLine;
}

bool IsBlankOrEnd(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// The number of bytes of the line end at `at`, whose next byte may be read too; 0 where there is
// none, or a lone carriage return.
std::size_t LineEndAt(const char* at) {
  if (*at == '\n') return 1;
  return *at == '\r' && at[1] == '\n' ? 2 : 0;
}

// Outside of the loop over cells, which no blank shall slow down.
[[gnu::noinline]] const char* ReadPlainAfterBlank(const char* at, double* value) {
  return ReadPlainNumber(at + 1, value);
}

}  // namespace

CsvChunkReader::CsvChunkReader(const CsvDocument& document, const std::vector<double*>& columns,
                               std::vector<CsvUse> uses, CsvCoder* coder, CsvChunk* chunk)
    : document_(document),
      columns_(columns),
      uses_(std::move(uses)),
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
    // There is room for all rows but where a fault before them moves the starts of records.
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
    field = ReadPlainNumbers(field, cells);
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

// Reads cells from `field` on as long as they are plain numbers or empty; returns the field that
// comes next, which is none where the record has ended.
std::size_t CsvChunkReader::ReadPlainNumbers(std::size_t field, double* cells) {
  constexpr auto kMargin = static_cast<std::ptrdiff_t>(kPlainNumberBytes);
  const std::size_t fields = uses_.size();
  const CsvUse* const uses = uses_.data();
  const char delimiter = document_.delimiter;
  const char* at = scanner_.at();
  const char* const end = scanner_.end();
  for (; field < fields && uses[field] == CsvUse::kNumber && end - at > kMargin; ++field) {
    const char* stop = ReadPlainNumber(at, cells + field);
    if (stop == nullptr && *at == ' ') stop = ReadPlainAfterBlank(at, cells + field);
    if (stop == nullptr) {
      if (*at != delimiter || delimiter == ' ') break;
      cells[field] = std::numeric_limits<double>::quiet_NaN();
      stop = at;
    }
    if (field + 1 == fields) {
      const std::size_t line_end = LineEndAt(stop);
      if (line_end == 0) break;
      at = stop + line_end;
    } else {
      if (*stop != delimiter || (delimiter == ' ' && IsBlankOrEnd(stop[1]))) break;
      at = stop + 1;
    }
  }
  scanner_.MoveTo(at);
  return field;
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
  if (use == CsvUse::kEmpty || (SeenBit(kind) & kSeenText) == 0) return;
  use = CsvUse::kPassed;
  found_text_ = true;
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

// Before any row is put into columns: reads the rows of the block again for the fields that turned
// out to be no plain numbers, and goes on with their texts.
void CsvChunkReader::CodeFirstBlock() {
  const CsvScanner here = scanner_;
  std::vector<CsvUse> uses = std::exchange(uses_, std::vector<CsvUse>(uses_.size()));
  for (std::size_t f = 0; f < uses.size(); ++f) {
    if (uses[f] == CsvUse::kPassed && (chunk_->seen[f] & kSeenText) != 0)
      uses[f] = uses_[f] = CsvUse::kCode;
  }
  scanner_ = CsvScanner(document_.bytes, document_.delimiter, chunk_->begin, chunk_->end);
  for (std::size_t row = 0; row < block_rows_; ++row) {
    if (document_.SkipsBlankLines()) scanner_.SkipBlankLines();
    ReadRecord(coder_->block.data() + row * uses.size());
  }
  scanner_ = here;
  uses_ = std::move(uses);
}

void CsvChunkReader::PutBlock() {
  if (std::exchange(found_text_, false) && chunk_->rows == 0) CodeFirstBlock();
  const std::size_t fields = uses_.size();
  for (std::size_t f = 0; f < fields; ++f) {
    if (columns_[f] == nullptr) continue;
    double* to = columns_[f] + chunk_->first_row + chunk_->rows;
    const double* from = coder_->block.data() + f;
    if (uses_[f] == CsvUse::kCode) {
      coder_->Code(document_.bytes.data(), f, from, fields, block_rows_, to);
    } else if (uses_[f] == CsvUse::kNumber) {
      for (std::size_t row = 0; row < block_rows_; ++row) to[row] = from[row * fields];
    }
  }
  chunk_->rows += block_rows_;
  block_rows_ = 0;
}

}  // namespace halflife
