#include "data/duplicates.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <numeric>
#include <optional>
#include <unordered_map>

#include "base/random.h"

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

// A number for each row that equal rows share. Of a million rows two different ones share 64 bits
// with a chance of 3e-8. Where `shuffled`, each column is first put in an order of its own: row i
// takes the cell of row (stride i + start) mod n, stride and n without a common divisor.
std::vector<uint64_t> HashRows(const Table& table, const std::vector<ColumnUse>& uses,
                               std::optional<uint64_t> shuffled) {
  const uint64_t rows = table.rows;
  std::vector<uint64_t> hash(rows, 0);
  for (std::size_t c = 0; c < uses.size(); ++c) {
    if (!IsCompared(uses[c])) continue;
    uint64_t stride = 1;
    uint64_t from = 0;
    if (shuffled) {
      Random random(*shuffled, uint64_t{c});
      do stride = 1 + random.Below(rows);
      while (std::gcd(stride, rows) != 1);
      from = random.Below(rows);
    }
    for (uint64_t row = 0; row < rows; ++row, from = (from + stride) % rows)
      hash[row] = Mixed(hash[row] + 0x9E3779B97F4A7C15 + CellBits(table.columns[c], from));
  }
  return hash;
}

// How many rows repeat an earlier one, if the columns had nothing to do with each other: the mean
// over a few shuffles.
double RepeatsByChance(const Table& table, const std::vector<ColumnUse>& uses) {
  const uint64_t shuffles = table.rows * uses.size() > 5'000'000 ? 1 : 4;  // cells
  double repeats = 0.0;
  for (uint64_t s = 0; s < shuffles; ++s) {
    std::vector<uint64_t> hash = HashRows(table, uses, s);
    std::sort(hash.begin(), hash.end());
    const auto different = std::unique(hash.begin(), hash.end()) - hash.begin();
    repeats += static_cast<double>(table.rows) - static_cast<double>(different);
  }
  return repeats / static_cast<double>(shuffles);
}

}  // namespace

Duplicates CountDuplicates(const Table& table, const std::vector<ColumnUse>& uses,
                           const Folds& folds) {
  const std::vector<uint64_t> hash = HashRows(table, uses, std::nullopt);
  std::unordered_map<uint64_t, std::size_t> first;
  first.reserve(table.rows);
  Duplicates found;
  for (std::size_t row = 0; row < table.rows; ++row) {
    const auto [at, fresh] = first.emplace(hash[row], row);
    if (fresh) continue;
    ++found.rows;
    found.split += folds.of_row[row] != folds.of_row[at->second] ? 1 : 0;
  }
  if (found.rows == 0) return {};
  // A table of few columns, or of categories, repeats rows without any being there twice.
  const double chance = RepeatsByChance(table, uses);
  const bool odd = static_cast<double>(found.rows) > 3.0 * chance + (chance > 0.0 ? 3.0 : 0.0);
  return odd ? found : Duplicates();
}

}  // namespace halflife
