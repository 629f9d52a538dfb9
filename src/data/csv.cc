#include "data/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/check.h"
#include "base/error.h"
#include "base/parallel.h"
#include "data/csv_chunk.h"
#include "data/csv_document.h"
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
    FailAt(document, scanner.offset(), 0,
           rows == 0 ? (one_row_will_do
                            ? "there is a header but no row below it; at least one is needed"
                            : "there is a header but no row below it; at least two are needed")
                     : "there is only one row below the header; at least two are needed");
  }
  if (rows > kMaxRows) {
    FailAt(document, document.end, 0, fmt::format("more than {} rows; leave some out", kMaxRows));
  }
  return rows;
}

// Which columns are text: those with a cell that no rule could read as a number.
std::vector<bool> FindTextColumns(const CsvDocument& document, const std::vector<CsvChunk>& chunks,
                                  const std::vector<std::string>& categories) {
  const std::size_t columns = document.names.size();
  std::vector<bool> text(columns, false);
  std::vector<bool> almost(columns, false);
  bool any_almost = false;
  for (std::size_t c = 0; c < columns; ++c) {
    uint8_t seen = 0;
    for (const CsvChunk& chunk : chunks) seen |= chunk.seen[c];
    const auto asked = std::find(categories.begin(), categories.end(), document.names[c]);
    text[c] = (seen & CsvChunk::kText) != 0 || asked != categories.end();
    almost[c] = !text[c] && seen == CsvChunk::kAlmost;
    any_almost = any_almost || almost[c];
  }
  if (any_almost) FailAtAlmostNumber(document, almost);
  return text;
}

// Copies columns [first, last) of the chunks, row by row: a cache line holds eight cells of a row.
void FillNumbers(const std::vector<CsvChunk>& chunks, std::size_t first, std::size_t last,
                 std::vector<Column>* columns) {
  std::size_t done = 0;
  for (const CsvChunk& chunk : chunks) {
    const double* cells = chunk.cells.data();
    for (std::size_t row = 0; row < chunk.rows; ++row, cells += columns->size()) {
      for (std::size_t c = first; c < last; ++c) (*columns)[c].numbers[done + row] = cells[c];
    }
    done += chunk.rows;
  }
}

// Turns the numbers of a text column, which are the chunks' own codes, into codes of all levels.
void FillCodes(const std::vector<CsvChunk>& chunks, std::size_t c, Column* column) {
  std::vector<std::string_view> levels;
  for (const CsvChunk& chunk : chunks) {
    levels.insert(levels.end(), chunk.levels[c].begin(), chunk.levels[c].end());
  }
  std::sort(levels.begin(), levels.end());
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  column->kind = Column::Kind::kText;
  column->codes.reserve(column->numbers.size());
  std::vector<int32_t> final_code;
  for (const CsvChunk& chunk : chunks) {
    final_code.clear();
    for (const std::string_view level : chunk.levels[c]) {
      const auto at = std::lower_bound(levels.begin(), levels.end(), level);
      final_code.push_back(static_cast<int32_t>(at - levels.begin()));
    }
    const std::size_t done = column->codes.size();
    for (std::size_t row = 0; row < chunk.rows; ++row) {
      const auto code = static_cast<int32_t>(column->numbers[done + row]);
      column->codes.push_back(code < 0 ? Column::kMissing
                                       : final_code[static_cast<std::size_t>(code)]);
    }
  }
  column->levels.assign(levels.begin(), levels.end());
  column->numbers = {};
}

std::vector<Column> Assemble(const CsvDocument& document, const std::vector<CsvChunk>& chunks,
                             const std::vector<bool>& is_text, std::size_t rows, int threads) {
  constexpr std::size_t kGroup = 8;
  const std::size_t count = document.names.size();
  std::vector<Column> columns(count);
  ParallelFor((count + kGroup - 1) / kGroup, threads, [&](std::size_t group) {
    const std::size_t first = group * kGroup;
    const std::size_t last = std::min(first + kGroup, count);
    for (std::size_t c = first; c < last; ++c) columns[c].numbers.resize(rows);
    FillNumbers(chunks, first, last, &columns);
    for (std::size_t c = first; c < last; ++c) {
      columns[c].name = document.names[c];
      if (is_text[c]) FillCodes(chunks, c, &columns[c]);
    }
  });
  return columns;
}

}  // namespace

Table ParseCsvInChunks(std::string_view bytes, const std::string& source,
                       const ReadOptions& options, std::size_t chunk_bytes) {
  HALFLIFE_CHECK(chunk_bytes > 0);
  const int threads = options.threads;
  CsvDocument document = OpenCsv(bytes, source);
  const std::vector<std::size_t> starts = SurveyCsv(document, threads, chunk_bytes);
  ReadHeader(&document);
  std::vector<CsvChunk> chunks = CutBody(document, starts);
  ParallelFor(chunks.size(), threads, [&](std::size_t i) { ReadNumbers(document, &chunks[i]); });
  FailOnFaults(document, chunks);
  Table table;
  table.source = source;
  table.rows = CountRows(document, chunks, options.one_row_will_do);
  const std::vector<bool> is_text = FindTextColumns(document, chunks, options.categories);
  if (std::find(is_text.begin(), is_text.end(), true) != is_text.end()) {
    ParallelFor(chunks.size(), threads,
                [&](std::size_t i) { ReadCodes(document, is_text, &chunks[i]); });
  }
  table.columns = Assemble(document, chunks, is_text, table.rows, threads);
  return table;
}

Table ParseCsv(std::string_view bytes, const std::string& source, const ReadOptions& options) {
  return ParseCsvInChunks(bytes, source, options, kCsvChunkBytes);
}

}  // namespace halflife
