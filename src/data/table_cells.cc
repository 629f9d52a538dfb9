#include "data/table_cells.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "data/duplicates.h"

namespace halflife {
namespace {

std::optional<double> MedianOf(const Column& column, const std::vector<uint32_t>& rows) {
  std::vector<double> present;
  for (const uint32_t row : rows) {
    const double value = column.numbers[row];
    if (!std::isnan(value)) present.push_back(value);
  }
  if (present.empty()) return std::nullopt;
  const auto middle = present.begin() + static_cast<std::ptrdiff_t>(present.size() / 2);
  std::nth_element(present.begin(), middle, present.end());
  return *middle;
}

}  // namespace

std::vector<ColumnRange> CellsInMemory::Ranges(const RowSet& rows) {
  return RangesOf(table_, rows, threads_);
}

std::vector<char> CellsInMemory::Incomplete(const std::vector<ColumnUse>& uses) {
  std::vector<char> incomplete(table_.rows, 0);
  for (std::size_t c = 0; c < uses.size(); ++c) {
    if (!uses[c].input()) continue;
    for (std::size_t row = 0; row < table_.rows; ++row) {
      if (table_.columns[c].missing(row)) incomplete[row] = 1;
    }
  }
  return incomplete;
}

SampledCells CellsInMemory::Sample(const RowSet& rows, const std::vector<ColumnUse>&,
                                   std::vector<uint32_t>) {
  return {&table_, [rows](uint32_t row) { return rows[row]; }};
}

std::optional<double> CellsInMemory::FirstNumber(std::size_t column, const RowSet& rows) {
  const std::vector<double>& numbers = table_.columns[column].numbers;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!std::isnan(numbers[rows[i]])) return numbers[rows[i]];
  }
  return std::nullopt;
}

void CellsInMemory::Finish(const RowSet& rows, const std::vector<ColumnUse>& uses,
                           Dataset* dataset) {
  const Duplicates duplicates = CountDuplicates(table_, rows, uses, dataset->folds.front());
  if (duplicates.rows == 0) return;
  dataset->findings.push_back({.kind = Finding::Kind::kDuplicateRows, .count = duplicates.rows});
  if (duplicates.split > 0) {
    dataset->findings.push_back(
        {.kind = Finding::Kind::kSplitDuplicates, .count = duplicates.split});
  }
}

std::vector<uint32_t> OriginSample(std::size_t rows) {
  constexpr std::size_t kSampled = 255;
  const std::size_t count = std::min(kSampled, rows);
  std::vector<uint32_t> sample(count);
  for (std::size_t i = 0; i < count; ++i) sample[i] = static_cast<uint32_t>(i * rows / count);
  return sample;
}

void SetOrigins(TableCells* cells, const RowSet& rows, const SampledCells& sample, int threads,
                Design* design) {
  std::vector<uint32_t> places = OriginSample(rows.size());
  for (uint32_t& row : places) row = sample.place(row);
  const Column* const first = cells->table().columns.data();
  ParallelFor(design->columns.size(), threads, [&](std::size_t c) {
    const DesignColumn& own = design->columns[c];
    if (own.is_text()) return;
    const auto column = static_cast<std::size_t>(own.column - first);
    std::optional<double> origin = MedianOf(sample.table->columns[column], places);
    if (!origin) origin = cells->FirstNumber(column, rows);
    design->origin[static_cast<std::size_t>(own.first)] = origin.value_or(0.0);
  });
}

}  // namespace halflife
