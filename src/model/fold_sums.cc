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

// A strip of rows a piece, which adds up all folds: small sums.
std::vector<RowSums> SumByStrips(const SummedRows& of, const Folds& folds, int strips,
                                 int threads) {
  const auto parts = static_cast<std::size_t>(folds.count) + 1;
  const auto count = static_cast<std::size_t>(strips);
  const std::size_t rows = folds.of_row.size();
  std::vector<std::vector<RowSums>> of_strip(count);
  ParallelFor(count, threads, [&](std::size_t s) {
    of_strip[s].assign(parts, NoRows(of.design.size()));
    AddToFolds(of, {s * rows / count, (s + 1) * rows / count}, folds, &of_strip[s]);
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
  AddWeights(of.weights, folds, &sums);
  return sums;
}

// Rows [begin, begin + count) of a design in the order of their folds, and where in it each fold
// begins.
struct RowsByFold {
  std::vector<uint32_t> of_design;
  std::vector<uint32_t> of_folds;
  std::vector<std::size_t> bounds;
};

RowsByFold OrderByFold(const RowSpan& span, std::size_t start, std::size_t count,
                       const Folds& folds) {
  RowsByFold rows{std::vector<uint32_t>(count), std::vector<uint32_t>(count),
                  std::vector<std::size_t>(static_cast<std::size_t>(folds.count) + 2, 0)};
  const auto part = [&](std::size_t i) {
    return Folds::PartOf(folds.of_row[span.offset + start + i]);
  };
  for (std::size_t i = 0; i < count; ++i) ++rows.bounds[part(i) + 1];
  for (std::size_t f = 1; f < rows.bounds.size(); ++f) rows.bounds[f] += rows.bounds[f - 1];
  std::vector<std::size_t> next = rows.bounds;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = next[part(i)]++;
    rows.of_design[at] = static_cast<uint32_t>(start + i);
    rows.of_folds[at] = static_cast<uint32_t>(span.offset + start + i);
  }
  return rows;
}

}  // namespace

void AddToFolds(const SummedRows& of, const RowSpan& span, const Folds& folds,
                std::vector<RowSums>* sums) {
  const Eigen::Index p = of.design.size();
  Matrix cells(static_cast<Eigen::Index>(std::min(kWindow, span.end - span.begin)), p + 2);
  for (std::size_t start = span.begin; start < span.end; start += kWindow) {
    const RowsByFold rows = OrderByFold(span, start, std::min(kWindow, span.end - start), folds);
    auto used = cells.topRows(static_cast<Eigen::Index>(rows.of_design.size()));
    ReadCells(of.design, rows.of_design, 0, used.leftCols(p));
    used.col(p) = of.target(rows.of_folds);
    used.col(p + 1).setOnes();
    const Vector weights = of.weights(rows.of_folds);
    for (std::size_t f = 0; f < sums->size(); ++f) {
      const auto first = static_cast<Eigen::Index>(rows.bounds[f]);
      const auto count = static_cast<Eigen::Index>(rows.bounds[f + 1]) - first;
      if (count > 0)
        AddCells(of.design, 0, p + 2, weights.segment(first, count), used.middleRows(first, count),
                 &(*sums)[f]);
    }
  }
}

void AddWeights(const Vector& weights, const Folds& folds, std::vector<RowSums>* sums) {
  for (RowSums& each : *sums) each.weight = 0.0;
  for (std::size_t row = 0; row < folds.of_row.size(); ++row)
    (*sums)[Folds::PartOf(folds.of_row[row])].weight += weights(static_cast<Eigen::Index>(row));
}

FoldSums::FoldSums(const SummedRows& of, const Folds& folds, int threads)
    : FoldSums(SumParts(of, folds, threads), folds) {}

FoldSums::FoldSums(std::vector<RowSums> parts, const Folds& folds)
    : folds_(folds), never_held_(NoRows(0)) {
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
