#include "data/column_range.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/parallel.h"

namespace halflife {
namespace {

// Several chains of comparisons side by side, for one alone waits for itself.
template <typename At>
ColumnRange RangeInChains(std::size_t count, const At& at) {
  constexpr std::size_t kChains = 8;
  std::array<ColumnRange, kChains> chains;
  const auto look = [&](std::size_t i, ColumnRange* range) {
    const double value = at(i);
    range->lowest = value < range->lowest ? value : range->lowest;
    range->highest = value > range->highest ? value : range->highest;
    range->missing += std::isnan(value) ? 1 : 0;
  };
  std::size_t i = 0;
  for (; count - i >= kChains; i += kChains) {
    for (std::size_t c = 0; c < kChains; ++c) look(i + c, &chains[c]);
  }
  for (; i < count; ++i) look(i, &chains[0]);
  ColumnRange all;
  for (const ColumnRange& chain : chains) {
    all.lowest = std::min(all.lowest, chain.lowest);
    all.highest = std::max(all.highest, chain.highest);
    all.missing += chain.missing;
  }
  return all;
}

void AddTexts(const Column& column, const RowSet& rows, std::size_t first, ColumnRange* range) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const int32_t code = column.codes[rows[i]];
    if (code == Column::kMissing) {
      ++range->missing;
      continue;
    }
    LevelUse& level = range->levels[static_cast<std::size_t>(code)];
    const auto row = static_cast<uint32_t>(first + i);
    if (level.rows++ == 0 || row < level.first) level.first = row;
  }
}

void AddRange(const ColumnRange& more, ColumnRange* range) {
  range->missing += more.missing;
  range->lowest = std::min(range->lowest, more.lowest);
  range->highest = std::max(range->highest, more.highest);
}

}  // namespace

std::size_t ColumnRange::DifferentTexts() const {
  const auto held = std::count_if(levels.begin(), levels.end(),
                                  [](const LevelUse& level) { return level.rows > 0; });
  return static_cast<std::size_t>(held) + (missing > 0 ? 1 : 0);
}

void AddNumbers(std::span<const double> numbers, ColumnRange* range) {
  AddRange(RangeInChains(numbers.size(), [&](std::size_t i) { return numbers[i]; }), range);
}

void AddCells(const Column& column, const RowSet& rows, std::size_t first, ColumnRange* range) {
  const double* const numbers = column.numbers.data();
  if (column.kind == Column::Kind::kText) {
    AddTexts(column, rows, first, range);
  } else if (rows.all()) {
    AddNumbers({numbers, rows.size()}, range);
  } else {
    AddRange(RangeInChains(rows.size(), [&](std::size_t i) { return numbers[rows[i]]; }), range);
  }
}

ColumnRange RangeOf(const Column& column, const RowSet& rows) {
  ColumnRange range;
  range.levels.resize(column.levels.size());
  AddCells(column, rows, 0, &range);
  return range;
}

std::vector<ColumnRange> RangesOf(const Table& table, const RowSet& rows, int threads) {
  std::vector<ColumnRange> ranges(table.columns.size());
  ParallelFor(ranges.size(), threads,
              [&](std::size_t c) { ranges[c] = RangeOf(table.columns[c], rows); });
  return ranges;
}

}  // namespace halflife
