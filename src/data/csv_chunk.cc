#include "data/csv_chunk.h"

#include <cstdlib>
#include <unordered_map>

#include "base/check.h"
#include "data/blanks.h"

namespace halflife {
namespace {

// Calls visit(column, field, offset) for each field of [begin, end), and end_row() after each
// record; stops at a fault, which it returns with the field's number.
template <typename Visit, typename EndRow>
CsvFault ForEachField(const CsvDocument& document, std::size_t begin, std::size_t end,
                      const Visit& visit, const EndRow& end_row) {
  CsvScanner scanner(document.bytes, document.delimiter, begin, end);
  const std::size_t expected = document.names.size();
  const bool skips_blank_lines = document.SkipsBlankLines();
  CsvField field;
  for (;;) {
    if (skips_blank_lines) scanner.SkipBlankLines();
    if (scanner.done()) return {};
    const std::size_t row_start = scanner.offset();
    std::size_t column = 0;
    do {
      const std::size_t offset = scanner.offset();
      if (!scanner.Next(&field)) {
        CsvFault fault = scanner.fault();
        fault.field = column;
        return fault;
      }
      if (column < expected) visit(column, field, offset);
      ++column;
    } while (field.ending == CsvField::Ending::kDelimiter);
    if (column != expected) {
      return {.kind = CsvFault::Kind::kRagged, .offset = row_start, .fields = column};
    }
    end_row();
  }
}

// Gives each distinct text of one column a code, in the order they come.
class Codes {
 public:
  int32_t Count(const CsvField& field, CsvChunk* chunk, std::size_t column) {
    std::string plain;
    std::string_view text = field.quoted ? field.text : TrimBlanks(field.text);
    if (field.escaped) text = plain = field.Unescaped();
    std::vector<TextCount>& texts = chunk->texts[column];
    if (const auto at = codes_.find(text); at != codes_.end()) {
      ++texts[static_cast<std::size_t>(at->second)].count;
      return at->second;
    }
    if (field.escaped) text = chunk->unescaped.emplace_back(std::move(plain));
    const auto code = static_cast<int32_t>(codes_.size());
    codes_.emplace(text, code);
    texts.push_back({text, 1});
    return code;
  }

 private:
  std::unordered_map<std::string_view, int32_t> codes_;
};

}  // namespace

void ReadNumbers(const CsvDocument& document, CsvChunk* chunk) {
  const std::size_t columns = document.names.size();
  chunk->seen.assign(columns, 0);
  // Most tables spend five bytes a cell or more.
  chunk->cells.reserve((chunk->end - chunk->begin) / 5);
  const auto visit = [&](std::size_t column, const CsvField& field, std::size_t) {
    if (column == 0) chunk->cells.resize(chunk->cells.size() + columns);
    uint8_t& seen = chunk->seen[column];
    if ((seen & SeenBit(CsvCell::kOther)) != 0) return;
    double* value = chunk->cells.data() + chunk->rows * columns + column;
    const CsvCell cell = ReadCell(field, value);
    if (cell > CsvCell::kNumber) seen |= SeenBit(cell);
  };
  chunk->fault = ForEachField(document, chunk->begin, chunk->end, visit, [&] { ++chunk->rows; });
}

void ReadCodes(const CsvDocument& document, const std::vector<bool>& wanted, CsvChunk* chunk) {
  const std::size_t columns = document.names.size();
  chunk->texts.resize(columns);
  std::vector<Codes> codes(chunk->rows == 0 ? 0 : columns);
  std::size_t row = 0;
  const auto visit = [&](std::size_t column, const CsvField& field, std::size_t) {
    if (!wanted[column]) return;
    double number = 0.0;
    const bool missing = ReadCell(field, &number) == CsvCell::kMissing;
    const int32_t code = missing ? -1 : codes[column].Count(field, chunk, column);
    chunk->cells[row * columns + column] = code;
  };
  const CsvFault fault = ForEachField(document, chunk->begin, chunk->end, visit, [&] { ++row; });
  HALFLIFE_CHECK(fault.kind == CsvFault::Kind::kNone && row == chunk->rows);
}

void FailAtNotFinite(const CsvDocument& document, const std::vector<bool>& wanted) {
  const auto visit = [&](std::size_t column, const CsvField& field, std::size_t offset) {
    if (!wanted[column] || field.escaped || !IsNotFinite(field.text)) return;
    FailAt(document, offset, column, ErrorKind::kCsvNotFinite,
           {field.text, ColumnText(document, column)});
  };
  ForEachField(document, document.body, document.end, visit, [] {});
  std::abort();
}

}  // namespace halflife
