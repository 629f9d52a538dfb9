#include "data/column_range.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/parallel.h"

namespace halflife {
namespace {

// Several chains of comparisons side by side, for one alone waits for itself.
template <typename At>
ColumnRange RangeOfNumbers(std::size_t count, const At& at) {
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

}  // namespace

ColumnRange RangeOf(const Column& column, const RowSet& rows) {
  if (column.kind == Column::Kind::kText) {
    ColumnRange range;
    for (std::size_t i = 0; i < rows.size(); ++i)
      range.missing += column.codes[rows[i]] == Column::kMissing ? 1 : 0;
    return range;
  }
  const double* const numbers = column.numbers.data();
  if (rows.all()) return RangeOfNumbers(rows.size(), [&](std::size_t i) { return numbers[i]; });
  return RangeOfNumbers(rows.size(), [&](std::size_t i) { return numbers[rows[i]]; });
}

std::vector<ColumnRange> RangesOf(const Table& table, const RowSet& rows, int threads) {
  std::vector<ColumnRange> ranges(table.columns.size());
  ParallelFor(ranges.size(), threads,
              [&](std::size_t c) { ranges[c] = RangeOf(table.columns[c], rows); });
  return ranges;
}

}  // namespace halflife
