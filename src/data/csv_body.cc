#include "data/csv_body.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <utility>

#include "base/check.h"
#include "base/parallel.h"

namespace halflife {
namespace {

// The body cut at the starts of records. A chunk has room for as many rows as it has line ends, or
// as its bytes can hold: each row but the last has a byte a field.
std::vector<CsvChunk> CutBody(const CsvDocument& document, const CsvSurvey& survey) {
  std::vector<CsvChunk> chunks(1);
  chunks[0].begin = document.body;
  std::size_t lines = CountLineEnds(document.bytes, document.begin, document.body);
  const auto end_chunk = [&](std::size_t end, std::size_t lines_before_end) {
    CsvChunk& chunk = chunks.back();
    chunk.end = std::max(end, chunk.begin);
    const std::size_t by_bytes = (chunk.end - chunk.begin) / document.names.size() + 1;
    chunk.room = std::min(lines_before_end - lines, by_bytes);
    lines = lines_before_end;
  };
  for (const CsvCut& cut : survey.cuts) {
    if (cut.start <= chunks.back().begin || cut.start >= document.end) continue;
    end_chunk(cut.start, cut.line_ends);
    const std::size_t first_row = chunks.back().first_row + chunks.back().room;
    chunks.push_back({.begin = cut.start, .first_row = first_row});
  }
  end_chunk(document.end, survey.line_ends + 1);  // the last row may end the file
  return chunks;
}

void MakeCells(const CsvDocument& document, int threads, CsvBody* body) {
  const std::size_t fields = document.names.size();
  const std::size_t rows = body->chunks.back().first_row + body->chunks.back().room;
  body->cells.resize(fields);
  ParallelFor(fields, threads, [&](std::size_t f) {
    if (document.IsColumn(f)) body->cells[f].resize(rows);
  });
}

void MakeCoders(int threads, CsvBody* body) {
  constexpr std::size_t kMost = 1024;
  const auto wanted = static_cast<std::size_t>(threads > 0 ? threads : AvailableThreads());
  body->coders.resize(std::min({wanted, body->chunks.size(), kMost}));
  for (std::size_t i = 0; i < body->coders.size(); ++i)
    body->coders[i].index = static_cast<uint16_t>(i);
}

// Calls read(columns, coder, chunk) for every chunk, on all threads.
using ReadChunk = std::function<void(const std::vector<double*>&, CsvCoder*, CsvChunk*)>;
void ForEachChunk(int threads, const ReadChunk& read, CsvBody* body) {
  std::vector<double*> columns;
  for (std::vector<double>& cells : body->cells)
    columns.push_back(cells.empty() ? nullptr : cells.data());
  std::atomic<std::size_t> next{0};
  ParallelFor(body->coders.size(), threads, [&](std::size_t coder) {
    for (std::size_t i = next++; i < body->chunks.size(); i = next++)
      read(columns, &body->coders[coder], &body->chunks[i]);
  });
}

std::vector<CsvUse> FirstUses(const CsvDocument& document, const std::vector<bool>& as_texts) {
  const std::size_t fields = document.names.size();
  std::vector<CsvUse> uses(fields, CsvUse::kPassed);
  for (std::size_t f = 0; f < fields; ++f) {
    if (document.IsColumn(f)) uses[f] = as_texts[f] ? CsvUse::kCode : CsvUse::kNumber;
    if (f + document.unnamed >= fields) uses[f] = CsvUse::kEmpty;
  }
  return uses;
}

}  // namespace

CsvBody ReadBody(const CsvDocument& document, const CsvSurvey& survey,
                 const std::vector<bool>& as_texts, int threads) {
  CsvBody body;
  body.chunks = CutBody(document, survey);
  MakeCells(document, threads, &body);
  MakeCoders(threads, &body);
  const std::vector<CsvUse> first = FirstUses(document, as_texts);
  // What one chunk finds spares the next ones from trying; it changes no answer, for a field of
  // texts is read as such in every chunk in the end.
  std::vector<std::atomic<bool>> is_text(first.size());
  ForEachChunk(
      threads,
      [&](const std::vector<double*>& columns, CsvCoder* coder, CsvChunk* chunk) {
        std::vector<CsvUse> uses = first;
        for (std::size_t f = 0; f < uses.size(); ++f) {
          if (uses[f] == CsvUse::kNumber && is_text[f].load(std::memory_order_relaxed))
            uses[f] = CsvUse::kCode;
        }
        CsvChunkReader(document, columns, std::move(uses), coder, chunk).Read();
        for (std::size_t f = 0; f < first.size(); ++f) {
          if ((chunk->seen[f] & kSeenText) != 0) is_text[f].store(true, std::memory_order_relaxed);
        }
      },
      &body);
  return body;
}

void CloseGaps(int threads, CsvBody* body) {
  constexpr std::size_t kSpareShare = 16;
  std::vector<CsvChunk> before = body->chunks;
  std::size_t rows = 0;
  for (CsvChunk& chunk : body->chunks) {
    HALFLIFE_CHECK(chunk.whole);
    chunk.first_row = rows;
    rows += chunk.room = chunk.rows;
  }
  if (rows == before.back().first_row + before.back().room) return;
  ParallelFor(body->cells.size(), threads, [&](std::size_t f) {
    std::vector<double>& cells = body->cells[f];
    if (cells.empty()) return;
    for (std::size_t i = 0; i < before.size(); ++i) {
      const auto from = cells.begin() + static_cast<std::ptrdiff_t>(before[i].first_row);
      std::copy(from, from + static_cast<std::ptrdiff_t>(before[i].rows),
                cells.begin() + static_cast<std::ptrdiff_t>(body->chunks[i].first_row));
    }
    cells.resize(rows);
    if (cells.capacity() - rows > rows / kSpareShare) cells.shrink_to_fit();
  });
}

void ReadCodes(const CsvDocument& document, const std::vector<bool>& wanted, int threads,
               CsvBody* body) {
  ForEachChunk(
      threads,
      [&](const std::vector<double*>& columns, CsvCoder* coder, CsvChunk* chunk) {
        std::vector<CsvUse> uses(wanted.size(), CsvUse::kPassed);
        for (std::size_t f = 0; f < uses.size(); ++f) {
          if (wanted[f] && chunk->coders[f] == 0) uses[f] = CsvUse::kCode;
        }
        if (std::count(uses.begin(), uses.end(), CsvUse::kCode) == 0) return;
        CsvChunkReader(document, columns, std::move(uses), coder, chunk).Read();
        HALFLIFE_CHECK(chunk->whole && chunk->rows == chunk->room);
      },
      body);
}

}  // namespace halflife
