#include "data/duplicates.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <numeric>
#include <span>
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

// The compared columns of the rows in use.
struct Compared {
  std::vector<const Column*> columns;
  RowSet rows;
};

// Makes `hash`, a number a row that equal rows share, tell column c too. Where `order` is not empty
// the cells are in that order.
void AddColumn(const Compared& of, std::size_t c, std::span<const uint32_t> candidates,
               std::span<const uint32_t> order, std::vector<uint64_t>* hash) {
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const uint32_t row = order.empty() ? candidates[i] : order[candidates[i]];
    (*hash)[i] = Mixed((*hash)[i] + 0x9E3779B97F4A7C15 + CellBits(*of.columns[c], of.rows[row]));
  }
}

// Which of `hash` stand there more than once.
std::vector<char> Repeated(const std::vector<uint64_t>& hash) {
  // Two bits a place of a table four times as large: seen once, seen again. What only looks
  // repeated is looked at again with the next column.
  const std::size_t places = std::bit_ceil(4 * hash.size() + 1);
  std::vector<uint8_t> seen(places, 0);
  for (const uint64_t each : hash) {
    uint8_t& times = seen[each & (places - 1)];
    times = static_cast<uint8_t>(std::min(2, times + 1));
  }
  std::vector<char> repeated(hash.size());
  for (std::size_t i = 0; i < hash.size(); ++i) repeated[i] = seen[hash[i] & (places - 1)] > 1;
  return repeated;
}

// Rows that may repeat another, and a hash of each over all columns. Of a million rows two
// different ones share 64 bits with a chance of 3e-8. Columns whose values single rows out leave
// few for the others to look at.
struct Candidates {
  std::vector<uint32_t> rows;
  std::vector<uint64_t> hash;
};

Candidates FindCandidates(const Compared& of) {
  Candidates found;
  found.rows.resize(of.rows.size());
  std::iota(found.rows.begin(), found.rows.end(), 0U);
  found.hash.assign(found.rows.size(), 0);
  for (std::size_t c = 0; c < of.columns.size() && !found.rows.empty(); ++c) {
    AddColumn(of, c, found.rows, {}, &found.hash);
    const std::vector<char> repeated = Repeated(found.hash);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < repeated.size(); ++i) {
      if (repeated[i] == 0) continue;
      found.rows[kept] = found.rows[i];
      found.hash[kept++] = found.hash[i];
    }
    found.rows.resize(kept);
    found.hash.resize(kept);
  }
  return found;
}

// How many rows repeat an earlier one, if the columns had nothing to do with each other: the mean
// over a few shuffles.
double RepeatsByChance(const Compared& of) {
  const std::size_t rows = of.rows.size();
  const uint64_t shuffles = rows * of.columns.size() > 5'000'000 ? 1 : 4;  // cells
  std::vector<uint32_t> all(rows);
  std::iota(all.begin(), all.end(), 0U);
  double repeats = 0.0;
  for (uint64_t s = 0; s < shuffles; ++s) {
    std::vector<uint64_t> hash(rows, 0);
    for (std::size_t c = 0; c < of.columns.size(); ++c)
      AddColumn(of, c, all, Shuffled(rows, Random(s, uint64_t{c})), &hash);
    std::sort(hash.begin(), hash.end());
    const auto different = std::unique(hash.begin(), hash.end()) - hash.begin();
    repeats += static_cast<double>(rows) - static_cast<double>(different);
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

Duplicates CountDuplicates(const Table& table, const RowSet& rows,
                           const std::vector<ColumnUse>& uses, const Folds& folds) {
  Compared compared{{}, rows};
  for (std::size_t c = 0; c < uses.size(); ++c) {
    if (IsCompared(uses[c])) compared.columns.push_back(&table.columns[c]);
  }
  const Candidates candidates = FindCandidates(compared);
  std::unordered_map<uint64_t, FoldsOfRow> known;
  known.reserve(candidates.rows.size());
  for (std::size_t i = 0; i < candidates.rows.size(); ++i) {
    const uint32_t row = candidates.rows[i];
    const int fold = folds.of_row[row];
    FoldsOfRow& same = known.emplace(candidates.hash[i], FoldsOfRow{row, fold, fold}).first->second;
    if (fold < same.least) same = {row, fold, same.most};
    same.most = std::max(same.most, fold);
  }
  Duplicates found;
  for (std::size_t i = 0; i < candidates.rows.size(); ++i) {
    const uint32_t row = candidates.rows[i];
    const FoldsOfRow& same = known.at(candidates.hash[i]);
    if (row == same.first) continue;
    ++found.rows;
    const int fold = folds.of_row[row];
    const bool trains = folds.Trains(same.least, fold) || folds.Trains(same.most, fold);
    found.split += fold >= 0 && trains ? 1 : 0;
  }
  if (found.rows == 0) return {};
  // A table of few columns, or of categories, repeats rows without any being there twice.
  const double chance = RepeatsByChance(compared);
  const bool odd = static_cast<double>(found.rows) > 3.0 * chance + (chance > 0.0 ? 3.0 : 0.0);
  return odd ? found : Duplicates();
}

}  // namespace halflife
