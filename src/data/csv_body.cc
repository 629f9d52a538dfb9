#include "data/csv_body.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <utility>

#include "base/check.h"
#include "base/parallel.h"
#include "base/release.h"
#include "data/csv.h"

namespace halflife {
namespace {

// How many bytes a chunk has at least. It remembers some for every field, and of a wide table that
// shall be little of its file.
std::size_t LeastChunk(std::size_t fields) {
  constexpr std::size_t kBytesAField = 64;
  const std::size_t least = kBytesAField * fields;
  return least > kCsvChunkBytes ? least : 1;
}

void MakeCoders(int threads, CsvBody* body) {
  constexpr std::size_t kMost = 1024;
  const auto wanted = static_cast<std::size_t>(threads > 0 ? threads : AvailableThreads());
  body->coders.resize(std::min({wanted, body->chunks.size(), kMost}));
  for (std::size_t i = 0; i < body->coders.size(); ++i)
    body->coders[i].index = static_cast<uint16_t>(i);
}

// Reads the first rows to see which fields of numbers are none, before columns are made.
void FindTexts(const CsvDocument& document, CsvBody* body, std::vector<CsvUse>* uses) {
  constexpr std::size_t kCells = 4096;
  const std::size_t fields = uses->size();
  CsvChunk first = body->chunks.front();
  first.room = std::min(first.room, kCells / fields + 1);
  CsvPlan plan{.uses = *uses, .columns = std::vector<CsvPlan::Column>(fields)};
  CsvChunkReader(document, std::move(plan), &body->coders.front(), &first).Read();
  for (std::size_t f = 0; f < fields; ++f) {
    const bool text = (*uses)[f] == CsvUse::kNumber && (first.seen[f] & kSeenText) != 0;
    if (text) (*uses)[f] = CsvUse::kCode;
  }
}

void MakeCells(CsvUse use, std::size_t room, CsvCells* cells) {
  if (use == CsvUse::kNumber) cells->numbers.resize(room);
  if (use == CsvUse::kCode) cells->codes.resize(room);
}

// Calls body(i) for each of `count` on as many threads as there are coders.
void OnItsThreads(const CsvBody& body, std::size_t count,
                  const std::function<void(std::size_t)>& piece) {
  ParallelFor(count, static_cast<int>(body.coders.size()), piece);
}

// Where the cells go that `chunk` is read for; columns that nobody has needed yet are made.
CsvPlan PlanFor(const CsvChunk& chunk, std::vector<CsvUse> uses, Gate* gate, CsvBody* body) {
  CsvPlan plan{.uses = std::move(uses)};
  plan.columns.resize(plan.uses.size());
  gate->Pass([&] {
    for (std::size_t f = 0; f < plan.uses.size(); ++f) {
      CsvCells& cells = body->cells[f];
      MakeCells(plan.uses[f], body->room, &cells);
      if (plan.uses[f] == CsvUse::kNumber)
        plan.columns[f].numbers = cells.numbers.data() + chunk.first_row;
      if (plan.uses[f] == CsvUse::kCode)
        plan.columns[f].codes = cells.codes.data() + chunk.first_row;
    }
  });
  return plan;
}

// Reads the chunks on all threads, each for what uses_of(chunk) says, if anything, and then calls
// after(chunk).
template <typename UsesOf, typename After>
void ReadChunks(const CsvDocument& document, CsvBody* body, const UsesOf& uses_of,
                const After& after) {
  Gate gate;
  std::atomic<std::size_t> next{0};
  OnItsThreads(*body, body->coders.size(), [&](std::size_t coder) {
    for (std::size_t i = next++; i < body->chunks.size(); i = next++) {
      CsvChunk& chunk = body->chunks[i];
      std::vector<CsvUse> uses = uses_of(chunk);
      if (uses.empty()) continue;
      CsvPlan plan = PlanFor(chunk, std::move(uses), &gate, body);
      CsvChunkReader(document, std::move(plan), &body->coders[coder], &chunk).Read();
      after(chunk);
    }
  });
}

// Some rows that go elsewhere.
struct Move {
  std::size_t from = 0;
  std::size_t to = 0;
  std::size_t rows = 0;
};

template <typename Cell>
void MoveRows(const std::vector<Move>& moves, std::vector<Cell>* cells) {
  constexpr std::size_t kSpareShare = 16;
  if (cells->empty()) return;
  for (const Move& move : moves) {
    if (move.from == move.to) continue;
    const auto from = cells->begin() + static_cast<std::ptrdiff_t>(move.from);
    std::copy(from, from + static_cast<std::ptrdiff_t>(move.rows),
              cells->begin() + static_cast<std::ptrdiff_t>(move.to));
  }
  const std::size_t rows = moves.back().to + moves.back().rows;
  cells->resize(rows);
  if (cells->capacity() - rows > rows / kSpareShare) cells->shrink_to_fit();
}

}  // namespace

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
  const std::size_t least = LeastChunk(document.names.size());
  for (const CsvCut& cut : survey.cuts) {
    if (cut.start < chunks.back().begin + least || cut.start >= document.end) continue;
    end_chunk(cut.start, cut.line_ends);
    const std::size_t first_row = chunks.back().first_row + chunks.back().room;
    chunks.push_back({.begin = cut.start, .first_row = first_row});
  }
  end_chunk(document.end, survey.line_ends + 1);  // the last row ends with the body
  return chunks;
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

CsvBody ReadBody(const CsvDocument& document, const CsvSurvey& survey,
                 const std::vector<bool>& as_texts, int threads) {
  CsvBody body;
  body.chunks = CutBody(document, survey);
  body.room = body.chunks.back().first_row + body.chunks.back().room;
  MakeCoders(threads, &body);
  std::vector<CsvUse> first = FirstUses(document, as_texts);
  FindTexts(document, &body, &first);
  body.cells.resize(first.size());
  OnItsThreads(body, first.size(),
               [&](std::size_t f) { MakeCells(first[f], body.room, &body.cells[f]); });
  // What one chunk finds spares the next ones from trying; it changes no answer, for a field of
  // texts is read as such in every chunk in the end.
  std::vector<std::atomic<bool>> is_text(first.size());
  const auto uses_of = [&](const CsvChunk&) {
    std::vector<CsvUse> uses = first;
    for (std::size_t f = 0; f < uses.size(); ++f) {
      if (is_text[f].load(std::memory_order_relaxed)) uses[f] = CsvUse::kCode;
    }
    return uses;
  };
  ReadChunks(document, &body, uses_of, [&](const CsvChunk& chunk) {
    for (std::size_t f = 0; f < first.size(); ++f) {
      if (first[f] == CsvUse::kNumber && (chunk.seen[f] & kSeenText) != 0)
        is_text[f].store(true, std::memory_order_relaxed);
    }
  });
  return body;
}

void CloseGaps(CsvBody* body) {
  std::vector<Move> moves;
  std::size_t rows = 0;
  for (CsvChunk& chunk : body->chunks) {
    HALFLIFE_CHECK(chunk.whole);
    moves.push_back({.from = chunk.first_row, .to = rows, .rows = chunk.rows});
    chunk.first_row = rows;
    rows += chunk.room = chunk.rows;
  }
  if (rows == body->room) return;
  body->room = rows;
  OnItsThreads(*body, body->cells.size(), [&](std::size_t f) {
    MoveRows(moves, &body->cells[f].numbers);
    MoveRows(moves, &body->cells[f].codes);
  });
}

void ReadCodes(const CsvDocument& document, const std::vector<bool>& wanted, CsvBody* body) {
  for (std::size_t f = 0; f < wanted.size(); ++f) {
    if (wanted[f]) Release(&body->cells[f].numbers);
  }
  const auto uses_of = [&](const CsvChunk& chunk) {
    std::vector<CsvUse> uses(wanted.size(), CsvUse::kPassed);
    for (std::size_t f = 0; f < uses.size(); ++f) {
      if (wanted[f] && chunk.coders[f] == 0) uses[f] = CsvUse::kCode;
    }
    return std::count(uses.begin(), uses.end(), CsvUse::kCode) > 0 ? uses : std::vector<CsvUse>();
  };
  ReadChunks(document, body, uses_of, [](const CsvChunk& chunk) {
    HALFLIFE_CHECK(chunk.whole && chunk.rows == chunk.room);
  });
}

}  // namespace halflife
