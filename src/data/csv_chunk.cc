#include "data/csv_chunk.h"

#include <fmt/format.h>

#include <cstdlib>
#include <limits>
#include <unordered_map>

#include "base/check.h"
#include "base/text.h"

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
  int32_t Find(const CsvField& field, CsvChunk* chunk, std::size_t column) {
    std::string plain;
    std::string_view text = field.text;
    if (field.escaped) text = plain = field.Unescaped();
    if (const auto at = codes_.find(text); at != codes_.end()) return at->second;
    if (field.escaped) text = chunk->unescaped.emplace_back(std::move(plain));
    const auto code = static_cast<int32_t>(codes_.size());
    codes_.emplace(text, code);
    chunk->levels[column].push_back(text);
    return code;
  }

 private:
  std::unordered_map<std::string_view, int32_t> codes_;
};

}  // namespace

CsvCell ReadField(const CsvField& field, char delimiter, double* value) {
  if (!field.escaped)
    return ReadCell(field.quoted ? Trim(field.text) : field.text, delimiter, value);
  *value = std::numeric_limits<double>::quiet_NaN();
  return CsvCell::kText;
}

void ReadNumbers(const CsvDocument& document, CsvChunk* chunk) {
  const std::size_t columns = document.names.size();
  chunk->seen.assign(columns, 0);
  // Most tables spend five bytes a cell or more.
  chunk->cells.reserve((chunk->end - chunk->begin) / 5);
  const auto visit = [&](std::size_t column, const CsvField& field, std::size_t) {
    if (column == 0) chunk->cells.resize(chunk->cells.size() + columns);
    uint8_t& seen = chunk->seen[column];
    if ((seen & CsvChunk::kText) != 0) return;
    double* value = chunk->cells.data() + chunk->rows * columns + column;
    const CsvCell cell = ReadField(field, document.delimiter, value);
    if (cell == CsvCell::kText) seen |= CsvChunk::kText;
    if (cell == CsvCell::kNotFinite || cell == CsvCell::kComma) seen |= CsvChunk::kAlmost;
  };
  chunk->fault = ForEachField(document, chunk->begin, chunk->end, visit, [&] { ++chunk->rows; });
}

void ReadCodes(const CsvDocument& document, const std::vector<bool>& is_text, CsvChunk* chunk) {
  const std::size_t columns = document.names.size();
  chunk->levels.resize(columns);
  std::vector<Codes> codes(chunk->rows == 0 ? 0 : columns);
  std::size_t row = 0;
  const auto visit = [&](std::size_t column, const CsvField& field, std::size_t) {
    if (!is_text[column]) return;
    double number = 0.0;
    const bool missing = ReadField(field, document.delimiter, &number) == CsvCell::kMissing;
    const int32_t code = missing ? -1 : codes[column].Find(field, chunk, column);
    chunk->cells[row * columns + column] = code;
  };
  const CsvFault fault = ForEachField(document, chunk->begin, chunk->end, visit, [&] { ++row; });
  HALFLIFE_CHECK(fault.kind == CsvFault::Kind::kNone && row == chunk->rows);
}

void FailAtAlmostNumber(const CsvDocument& document, const std::vector<bool>& columns) {
  const auto visit = [&](std::size_t column, const CsvField& field, std::size_t offset) {
    if (!columns[column]) return;
    double number = 0.0;
    const CsvCell cell = ReadField(field, document.delimiter, &number);
    if (cell != CsvCell::kNotFinite && cell != CsvCell::kComma) return;
    FailAt(document, offset, column,
           fmt::format("{} in {}, a column of numbers, {}", Quoted(field.text),
                       ColumnText(document, column),
                       cell == CsvCell::kNotFinite
                           ? "is not finite; correct it or leave the cell empty"
                           : "has a comma; write a point for decimals and nothing for thousands"));
  };
  ForEachField(document, document.body, document.end, visit, [] {});
  std::abort();
}

}  // namespace halflife
