#include "data/csv_strips.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/parallel.h"

namespace halflife {

void CsvChunkCells::Read(const std::vector<CsvUse>& uses, bool with_codes, CsvChunk* chunk) {
  CsvPlan plan{.uses = uses, .columns = std::vector<CsvPlan::Column>(uses.size())};
  coder_.texts.clear();  // those of earlier chunks
  for (std::size_t f = 0; f < uses.size(); ++f) {
    CsvCells& cells = cells_[f];
    if (uses[f] == CsvUse::kNumber) {
      cells.numbers.resize(std::max(cells.numbers.size(), chunk->room));
      plan.columns[f].numbers = cells.numbers.data();
    } else if (uses[f] == CsvUse::kCode && with_codes) {
      cells.codes.resize(std::max(cells.codes.size(), chunk->room));
      plan.columns[f].codes = cells.codes.data();
    }
  }
  coder_.texts.resize(uses.size());
  for (std::size_t f = 0; with_codes && f < uses.size(); ++f) {
    if (uses[f] == CsvUse::kCode) coder_.texts[f] = std::make_unique<TextCodes>();
  }
  CsvChunkReader(document_, std::move(plan), &coder_, chunk).Read();
  rows_ = chunk->rows;
}

void PassOver(const CsvDocument& document, const std::vector<CsvChunk>& chunks, const CsvPass& pass,
              std::size_t strips, int threads) {
  const std::size_t count = chunks.size();
  strips = std::min(strips, count);
  ParallelFor(strips, threads, [&](std::size_t strip) {
    CsvChunkCells cells(document);
    const CsvVisit visit = pass.begin(strip);
    for (std::size_t i = strip * count / strips; i < (strip + 1) * count / strips; ++i) {
      CsvChunk chunk = chunks[i];
      cells.Read(pass.uses(strip), pass.with_codes, &chunk);
      visit(i, chunk, &cells);
      if (pass.done) pass.done(chunk.begin, chunk.end);
    }
  });
}

}  // namespace halflife
