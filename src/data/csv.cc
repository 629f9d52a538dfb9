#include "data/csv.h"

#include <algorithm>
#include <limits>

#include "base/check.h"
#include "base/error.h"
#include "base/parallel.h"
#include "data/csv_chunk.h"
#include "data/csv_columns.h"
#include "data/csv_header.h"
#include "data/csv_layout.h"
#include "data/csv_survey.h"

namespace halflife {
namespace {

constexpr std::size_t kMaxRows = std::numeric_limits<int32_t>::max();

// The body cut at the starts of records.
std::vector<CsvChunk> CutBody(const CsvDocument& document, const std::vector<std::size_t>& starts) {
  std::vector<CsvChunk> chunks(1);
  chunks[0].begin = document.body;
  for (const std::size_t start : starts) {
    if (start <= chunks.back().begin || start >= document.end) continue;
    chunks.back().end = start;
    chunks.emplace_back().begin = start;
  }
  chunks.back().end = std::max(document.end, chunks.back().begin);
  return chunks;
}

// Every chunk before the first that reports a fault is sound, so that one began where a record
// begins, and its fault is the first of the file.
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

// The fields of the file that are no columns of the table.
std::vector<ColumnSummary> RemovedFields(const CsvDocument& document) {
  std::vector<ColumnSummary> removed;
  const auto add = [&](Finding::Kind kind) {
    removed.push_back({.kind = ColumnSummary::Kind::kLeftOut, .findings = {{.kind = kind}}});
  };
  if (document.names_rows) add(Finding::Kind::kRowNames);
  if (document.has_trailing_delimiter) add(Finding::Kind::kTrailingDelimiter);
  return removed;
}

}  // namespace

Table ParseCsvInChunks(std::string_view bytes, const std::string& source,
                       const ReadOptions& options, std::size_t chunk_bytes) {
  HALFLIFE_CHECK(chunk_bytes > 0);
  CsvHead head;
  CsvDocument document = OpenCsv(bytes, source, &head);
  const std::vector<std::size_t> starts = SurveyCsv(document, options.threads, chunk_bytes);
  ReadHeader(head, &document);
  std::vector<CsvChunk> chunks = CutBody(document, starts);
  ParallelFor(chunks.size(), options.threads,
              [&](std::size_t i) { ReadNumbers(document, &chunks[i]); });
  FailOnFaults(document, chunks);
  Table table;
  table.source = source;
  table.rows = CountRows(document, chunks, options.one_row_will_do);
  table.columns = MakeColumns(document, options, table.rows, &chunks);
  table.findings = std::move(document.findings);
  table.removed = RemovedFields(document);
  return table;
}

Table ParseCsv(std::string_view bytes, const std::string& source, const ReadOptions& options) {
  return ParseCsvInChunks(bytes, source, options, kCsvChunkBytes);
}

}  // namespace halflife
