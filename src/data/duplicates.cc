#include "data/duplicates.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <unordered_map>

namespace halflife {
namespace {

// The finaliser of MurmurHash3 (Appleby 2011): every bit of `x` reaches every bit of the result.
uint64_t Mixed(uint64_t x) {
  x = (x ^ (x >> 33)) * 0xFF51AFD7ED558CCD;
  x = (x ^ (x >> 33)) * 0xC4CEB9FE1A85EC53;
  return x ^ (x >> 33);
}

uint64_t CellBits(const Column& column, std::size_t row) {
  if (column.missing(row)) return 1;
  if (column.kind == Column::Kind::kText) return 2 + static_cast<uint64_t>(column.codes[row]);
  return std::bit_cast<uint64_t>(column.numbers[row] + 0.0);  // -0 is 0
}

bool IsCompared(const ColumnUse& use) {
  return use.input() || use.role == ColumnSummary::Role::kTarget;
}

std::size_t DistinctNumbers(const Column& column) {
  std::vector<double> values;
  for (const double value : column.numbers) {
    if (value == value) values.push_back(value);
  }
  std::sort(values.begin(), values.end());
  return static_cast<std::size_t>(std::unique(values.begin(), values.end()) - values.begin());
}

bool RepeatsAreOdd(const Table& table, const std::vector<ColumnUse>& uses, std::size_t different) {
  if (5 * different < table.rows) return false;
  for (std::size_t c = 0; c < uses.size(); ++c) {
    const Column& column = table.columns[c];
    if (!IsCompared(uses[c]) || column.kind == Column::Kind::kText) continue;
    if (4 * DistinctNumbers(column) >= different) return true;
  }
  return false;
}

}  // namespace

Duplicates CountDuplicates(const Table& table, const std::vector<ColumnUse>& uses,
                           const Folds& folds) {
  std::vector<uint64_t> hash(table.rows, 0);
  for (std::size_t c = 0; c < uses.size(); ++c) {
    if (!IsCompared(uses[c])) continue;
    for (std::size_t row = 0; row < table.rows; ++row)
      hash[row] = Mixed(hash[row] + 0x9E3779B97F4A7C15 + CellBits(table.columns[c], row));
  }
  // Of a million rows two different ones share 64 bits with a chance of 3e-8.
  std::unordered_map<uint64_t, std::size_t> first;
  first.reserve(table.rows);
  Duplicates found;
  for (std::size_t row = 0; row < table.rows; ++row) {
    const auto [at, fresh] = first.emplace(hash[row], row);
    if (fresh) continue;
    ++found.rows;
    found.split += folds.of_row[row] != folds.of_row[at->second] ? 1 : 0;
  }
  if (found.rows == 0 || !RepeatsAreOdd(table, uses, first.size())) return {};
  return found;
}

}  // namespace halflife
