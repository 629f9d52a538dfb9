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

// An order of `rows` rows. Of many, row i takes the place (stride i + start) mod n, stride and n
// without a common divisor: quicker than a permutation, but of few rows two such orders are often
// alike.
std::vector<uint32_t> Shuffled(uint64_t rows, Random random) {
  constexpr uint64_t kFew = 100'000;
  if (rows <= kFew) return random.Permutation(static_cast<uint32_t>(rows));
  uint64_t stride = 1;
  do stride = 1 + random.Below(rows);
  while (std::gcd(stride, rows) != 1);
  std::vector<uint32_t> order(rows);
  uint64_t at = random.Below(rows);
  for (uint32_t& from : order) {
    from = static_cast<uint32_t>(at);
    at = (at + stride) % rows;
  }
  return order;
}

// A number for each row that equal rows share. Of a million rows two different ones share 64 bits
// with a chance of 3e-8. Where `shuffled`, each column is first put in an order of its own.
std::vector<uint64_t> HashRows(const Table& table, const std::vector<ColumnUse>& uses,
                               std::optional<uint64_t> shuffled) {
  std::vector<uint32_t> order(table.rows);
  std::iota(order.begin(), order.end(), 0U);
  std::vector<uint64_t> hash(table.rows, 0);
  for (std::size_t c = 0; c < uses.size(); ++c) {
    if (!IsCompared(uses[c])) continue;
    if (shuffled) order = Shuffled(table.rows, Random(*shuffled, uint64_t{c}));
    for (std::size_t row = 0; row < table.rows; ++row)
      hash[row] = Mixed(hash[row] + 0x9E3779B97F4A7C15 + CellBits(table.columns[c], order[row]));
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

// Of equal rows the first of the least fold, which the others repeat, and the least and the largest
// of their folds.
struct FoldsOfRow {
  std::size_t first;
  int least;
  int most;
};

}  // namespace

Duplicates CountDuplicates(const Table& table, const std::vector<ColumnUse>& uses,
                           const Folds& folds) {
  const std::vector<uint64_t> hash = HashRows(table, uses, std::nullopt);
  std::unordered_map<uint64_t, FoldsOfRow> known;
  known.reserve(table.rows);
  for (std::size_t row = 0; row < table.rows; ++row) {
    const int fold = folds.of_row[row];
    FoldsOfRow& same = known.emplace(hash[row], FoldsOfRow{row, fold, fold}).first->second;
    if (fold < same.least) same = {row, fold, same.most};
    same.most = std::max(same.most, fold);
  }
  Duplicates found;
  for (std::size_t row = 0; row < table.rows; ++row) {
    const FoldsOfRow& same = known.at(hash[row]);
    if (row == same.first) continue;
    ++found.rows;
    const int fold = folds.of_row[row];
    const bool trains = folds.Trains(same.least, fold) || folds.Trains(same.most, fold);
    found.split += fold >= 0 && trains ? 1 : 0;
  }
  if (found.rows == 0) return {};
  // A table of few columns, or of categories, repeats rows without any being there twice.
  const double chance = RepeatsByChance(table, uses);
  const bool odd = static_cast<double>(found.rows) > 3.0 * chance + (chance > 0.0 ? 3.0 : 0.0);
  return odd ? found : Duplicates();
}

}  // namespace halflife
