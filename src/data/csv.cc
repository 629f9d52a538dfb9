#include "data/csv.h"

#include <limits>

#include "base/check.h"
#include "base/error.h"
#include "data/csv_asked.h"
#include "data/csv_body.h"
#include "data/csv_columns.h"
#include "data/csv_header.h"
#include "data/csv_layout.h"
#include "data/csv_survey.h"

namespace halflife {
namespace {

constexpr std::size_t kMaxRows = std::numeric_limits<int32_t>::max();

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
  const CsvSurvey survey = SurveyCsv(document, options.threads, chunk_bytes);
  ReadHeader(head, &document);
  CsvAsked asked(options);
  if (options.most_texts > 0) asked.ForgetMany(document, options.most_texts);
  CsvBody body = ReadBody(document, survey, asked.AsTexts(document), options.threads);
  FailOnFaults(document, body.chunks);
  Table table;
  table.source = source;
  table.rows = CountRows(document, body.chunks, options.one_row_will_do);
  CloseGaps(&body);
  table.columns = MakeColumns(document, options, asked, &body);
  table.findings = std::move(document.findings);
  table.removed = RemovedFields(document);
  return table;
}

Table ParseCsv(std::string_view bytes, const std::string& source, const ReadOptions& options) {
  return ParseCsvInChunks(bytes, source, options, kCsvChunkBytes);
}

}  // namespace halflife
