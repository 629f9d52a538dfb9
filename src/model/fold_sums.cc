#include "model/fold_sums.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"

namespace halflife {
namespace {

constexpr double kMostStripBytes = 32e6;  // of the sums of all strips
constexpr int kMostStrips = 16;
constexpr int kFewestStrips = 4;
constexpr std::size_t kWindow = 2048;  // rows read at a time

std::vector<std::vector<uint32_t>> RowsOfFolds(const Folds& folds) {
  std::vector<std::vector<uint32_t>> rows(static_cast<std::size_t>(folds.count) + 1);
  for (uint32_t row = 0; row < folds.of_row.size(); ++row)
    rows[Folds::PartOf(folds.of_row[row])].push_back(row);
  return rows;
}

// Rows [begin, end), window by window: each is read once, ordered by fold.
void AddStrip(const SummedRows& of, const Folds& folds, std::size_t begin, std::size_t end,
              std::vector<RowSums>* sums) {
  const Eigen::Index p = of.design.size();
  Matrix cells(static_cast<Eigen::Index>(std::min(kWindow, end - begin)), p + 2);
  for (std::size_t start = begin; start < end; start += kWindow) {
    std::vector<uint32_t> rows(std::min(kWindow, end - start));
    std::vector<std::size_t> next(sums->size() + 1, 0);
    const auto part = [&](std::size_t row) { return Folds::PartOf(folds.of_row[row]); };
    for (std::size_t i = 0; i < rows.size(); ++i) ++next[part(start + i) + 1];
    for (std::size_t f = 1; f < next.size(); ++f) next[f] += next[f - 1];
    const std::vector<std::size_t> bounds = next;
    for (std::size_t i = 0; i < rows.size(); ++i)
      rows[next[part(start + i)]++] = static_cast<uint32_t>(start + i);
    auto used = cells.topRows(static_cast<Eigen::Index>(rows.size()));
    ReadCells(of.design, rows, 0, used.leftCols(p));
    used.col(p) = of.target(rows);
    used.col(p + 1).setOnes();
    const Vector weights = of.weights(rows);
    for (std::size_t f = 0; f < sums->size(); ++f) {
      const auto first = static_cast<Eigen::Index>(bounds[f]);
      const auto count = static_cast<Eigen::Index>(bounds[f + 1]) - first;
      if (count > 0)
        AddCells(of.design, 0, p + 2, weights.segment(first, count), used.middleRows(first, count),
                 &(*sums)[f]);
    }
  }
}

// A strip of rows a piece, which adds up all folds: small sums.
std::vector<RowSums> SumByStrips(const SummedRows& of, const Folds& folds, int strips,
                                 int threads) {
  const auto parts = static_cast<std::size_t>(folds.count) + 1;
  const auto count = static_cast<std::size_t>(strips);
  const std::size_t rows = folds.of_row.size();
  std::vector<std::vector<RowSums>> of_strip(count);
  ParallelFor(count, threads, [&](std::size_t s) {
    of_strip[s].assign(parts, NoRows(of.design.size()));
    AddStrip(of, folds, s * rows / count, (s + 1) * rows / count, &of_strip[s]);
  });
  ParallelFor(parts, threads, [&](std::size_t f) {
    for (std::size_t s = 1; s < count; ++s) of_strip[0][f].Add(of_strip[s][f]);
  });
  return std::move(of_strip[0]);
}

// Where column c of the lower triangle begins that leaves (parts - i)/parts of its area behind it.
Eigen::Index PanelStart(Eigen::Index columns, int i, int parts) {
  const double left = static_cast<double>(parts - i) / parts;
  return columns -
         static_cast<Eigen::Index>(std::llround(static_cast<double>(columns) * std::sqrt(left)));
}

// Some columns of one fold's sums a piece: large sums.
std::vector<RowSums> SumByPanels(const SummedRows& of, const Folds& folds, int threads) {
  constexpr int kPieces = 10;
  const std::vector<std::vector<uint32_t>> rows = RowsOfFolds(folds);
  const int panels = (kPieces + folds.count - 1) / folds.count;
  std::vector<RowSums> sums(rows.size(), NoRows(of.design.size()));
  const Eigen::Index columns = of.design.size() + 2;
  ParallelFor(rows.size() * static_cast<std::size_t>(panels), threads, [&](std::size_t i) {
    const std::size_t fold = i / static_cast<std::size_t>(panels);
    const int panel = static_cast<int>(i % static_cast<std::size_t>(panels));
    const Eigen::Index first = PanelStart(columns, panel, panels);
    AddRows(of, rows[fold], first, PanelStart(columns, panel + 1, panels) - first, &sums[fold]);
  });
  return sums;
}

std::vector<RowSums> SumParts(const SummedRows& of, const Folds& folds, int threads) {
  const auto side = static_cast<double>(of.design.size() + 2);
  const double bytes = 8.0 * side * side * (folds.count + 1);
  const int most = static_cast<int>(std::min<double>(kMostStrips, kMostStripBytes / bytes));
  const auto windows = static_cast<int>((folds.of_row.size() + kWindow - 1) / kWindow);
  std::vector<RowSums> sums = most >= kFewestStrips
                                  ? SumByStrips(of, folds, std::min(most, windows), threads)
                                  : SumByPanels(of, folds, threads);
  for (RowSums& each : sums) each.weight = 0.0;
  for (std::size_t row = 0; row < folds.of_row.size(); ++row)
    sums[Folds::PartOf(folds.of_row[row])].weight += of.weights(static_cast<Eigen::Index>(row));
  return sums;
}

}  // namespace

FoldSums::FoldSums(const SummedRows& of, const Folds& folds, int threads)
    : folds_(folds), never_held_(NoRows(0)) {
  std::vector<RowSums> parts = SumParts(of, folds, threads);
  never_held_ = std::move(parts.front());
  held_.assign(std::make_move_iterator(parts.begin() + 1), std::make_move_iterator(parts.end()));
  constexpr int kFew = 12;  // folds, of which adding all is quick
  block_ = folds.count > kFew ? static_cast<int>(std::sqrt(folds.count)) : folds.count + 1;
  for (int first = 0; first + block_ <= folds.count; first += block_) {
    RowSums sum = held_[static_cast<std::size_t>(first)];
    for (int f = first + 1; f < first + block_; ++f) sum.Add(held_[static_cast<std::size_t>(f)]);
    blocks_.push_back(std::move(sum));
  }
}

RowSums FoldSums::TrainingOf(int fold, int other) const {
  const auto trains = [&](int of) { return Trains(of, fold) && Trains(of, other); };
  RowSums sums = never_held_;
  for (int f = 0; f < folds_.count;) {
    const auto block = static_cast<std::size_t>(f / block_);
    const int end = f + block_;
    const bool starts = f % block_ == 0 && block < blocks_.size();
    bool whole = starts;
    for (int in = f; whole && in < end; ++in) whole = trains(in);
    if (whole) {
      sums.Add(blocks_[block]);
      f = end;
      continue;
    }
    if (trains(f)) sums.Add(held_[static_cast<std::size_t>(f)]);
    ++f;
  }
  return sums;
}

}  // namespace halflife
