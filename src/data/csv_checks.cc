#include "data/csv_checks.h"

#include <cstdint>
#include <limits>

#include "base/error.h"

namespace halflife {
namespace {

constexpr std::size_t kMaxRows = std::numeric_limits<int32_t>::max();

}  // namespace

void FailOnFaults(const CsvDocument& document, const std::vector<CsvChunk>& chunks) {
  for (const CsvChunk& chunk : chunks) {
    if (chunk.fault.kind != CsvFault::Kind::kNone) FailFault(document, chunk.fault);
  }
}

std::size_t CountRows(const CsvDocument& document, const std::vector<CsvChunk>& chunks,
                      bool one_row_will_do) {
  std::size_t rows = 0;
  for (const CsvChunk& chunk : chunks) rows += chunk.rows;
  if (rows < (one_row_will_do ? 1 : 2)) {
    CsvScanner scanner = document.Scan(rows == 0 ? document.begin : document.body);
    scanner.SkipBlankLines();
    const ErrorKind none = one_row_will_do ? ErrorKind::kCsvNoRow : ErrorKind::kCsvNoRows;
    FailAt(document, scanner.offset(), 0, rows == 0 ? none : ErrorKind::kCsvOneRow);
  }
  if (rows > kMaxRows) FailAt(document, document.end, 0, ErrorKind::kCsvRowsTooMany, {kMaxRows});
  return rows;
}

std::vector<ColumnSummary> RemovedFields(const CsvDocument& document) {
  std::vector<ColumnSummary> removed;
  const auto add = [&](Finding::Kind kind) {
    removed.push_back({.kind = ColumnSummary::Kind::kLeftOut, .findings = {{.kind = kind}}});
  };
  if (document.names_rows) add(Finding::Kind::kRowNames);
  if (document.has_trailing_delimiter) add(Finding::Kind::kTrailingDelimiter);
  return removed;
}

}  // namespace halflife
