#include "data/csv.h"

#include "base/check.h"
#include "data/csv_asked.h"
#include "data/csv_body.h"
#include "data/csv_checks.h"
#include "data/csv_columns.h"
#include "data/csv_header.h"
#include "data/csv_layout.h"
#include "data/csv_survey.h"

namespace halflife {

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
