#include "model/fold_sums.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "base/parallel.h"

namespace halflife {
namespace {

constexpr double kMostStripBytes = 32e6;  // of the sums of all strips
constexpr int kMostStrips = 16;
constexpr int kFewestStrips = 4;
constexpr std::size_t kWindow = 2048;  // rows read at a time
constexpr int kMostInWindow = 32;      // folds, so that each has some 64 rows there

// Some rows in the order of their folds: cells of (features, target, 1), which come scaled by the
// roots of the weights.
struct Window {
  std::vector<uint32_t> of_design;
  std::vector<std::size_t> bounds;  // where each fold begins: -1, 0, 1, ..., and the end
  Vector weights;
  Vector roots;  // of the weights
  Matrix cells;  // rows x (p + 2); rows of an earlier, longer window may follow

  std::size_t parts() const { return bounds.size() - 1; }
  Eigen::Index First(std::size_t part) const { return static_cast<Eigen::Index>(bounds[part]); }
  Eigen::Index Count(std::size_t part) const { return First(part + 1) - First(part); }
};

// Gives the rows `of_design` their weights and their cells but for those of features. Row i of the
// design is row offset + i of target and weights.
void Fill(const SummedRows& of, std::size_t offset, Window* window) {
  const Eigen::Index p = of.design.size();
  const auto rows = static_cast<Eigen::Index>(window->of_design.size());
  if (window->cells.rows() < rows) window->cells.resize(rows, p + 2);
  window->weights.resize(rows);
  for (Eigen::Index i = 0; i < rows; ++i) {
    const auto from =
        static_cast<Eigen::Index>(offset + window->of_design[static_cast<std::size_t>(i)]);
    window->weights(i) = of.weights(from);
    window->cells(i, p) = of.target(from);
  }
  window->roots = window->weights.cwiseSqrt();
  window->cells.col(p).head(rows).array() *= window->roots.array();
  window->cells.col(p + 1).head(rows) = window->roots;
}

// Makes the rows of `window` those of `span`, in the order of their folds.
void Order(const RowSpan& span, const Folds& folds, Window* window) {
  const std::size_t count = span.end - span.begin;
  const auto part = [&](std::size_t i) {
    return Folds::PartOf(folds.of_row[span.offset + span.begin + i]);
  };
  window->bounds.assign(static_cast<std::size_t>(folds.count) + 2, 0);
  for (std::size_t i = 0; i < count; ++i) ++window->bounds[part(i) + 1];
  for (std::size_t f = 1; f < window->bounds.size(); ++f)
    window->bounds[f] += window->bounds[f - 1];
  window->of_design.resize(count);
  std::vector<std::size_t> next = window->bounds;
  for (std::size_t i = 0; i < count; ++i)
    window->of_design[next[part(i)]++] = static_cast<uint32_t>(span.begin + i);
}

// The part of `span` from `start` on that a window takes.
RowSpan WindowOf(const RowSpan& span, std::size_t start) {
  return {start, std::min(start + kWindow, span.end), span.offset};
}

// Reads features [first, first + count), whole columns of the table; `sums` are of the window's
// folds.
void ReadFeatures(const Design& design, Eigen::Index first, Eigen::Index count, Window* window,
                  std::span<RowSums> sums) {
  auto cells = window->cells.block(0, first, window->weights.size(), count);
  ReadCells(design, window->of_design, first, cells);
  for (std::size_t f = 0; f < window->parts(); ++f) {
    const Eigen::Index rows = window->Count(f);
    sums[f].range.Add(design, first, count, cells.middleRows(window->First(f), rows),
                      window->weights.segment(window->First(f), rows));
  }
  if ((window->roots.array() != 1.0).any()) cells.array().colwise() *= window->roots.array();
}

// Adds the window's rows of one fold to columns [first, first + count) of its products.
void AddProducts(const Window& window, std::size_t part, Eigen::Index first, Eigen::Index count,
                 RowSums* sums) {
  if (window.Count(part) == 0) return;
  const Eigen::Index rows = sums->products.rows() - first;
  AddLowerProducts(window.cells.block(window.First(part), first, window.Count(part), rows),
                   sums->products.block(first, first, rows, count));
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

// Where pieces of the features begin, and their end: whole columns of the table.
std::vector<Eigen::Index> PiecesOf(const Design& design, Eigen::Index pieces) {
  std::vector<Eigen::Index> bounds = {0};
  for (const DesignColumn& column : design.columns) {
    if ((column.end() - bounds.back()) * pieces >= design.size()) bounds.push_back(column.end());
  }
  if (bounds.back() < design.size()) bounds.push_back(design.size());
  return bounds;
}

// Every window is read by all threads, some columns a piece; then some columns of one fold's
// products are a piece: large sums.
std::vector<RowSums> SumByPanels(const SummedRows& of, const Folds& folds, int threads) {
  constexpr int kPieces = 10;  // of all folds' products, at least
  constexpr int kReadPieces = 64;
  const int panels = (kPieces + folds.count - 1) / folds.count;
  std::vector<RowSums> sums(static_cast<std::size_t>(folds.count) + 1, NoRows(of.design.size()));
  const Eigen::Index columns = of.design.size() + 2;
  const std::vector<Eigen::Index> bounds = PiecesOf(of.design, kReadPieces);
  const RowSpan all{0, folds.of_row.size(), 0};
  Window window;
  for (std::size_t start = 0; start < all.end; start += kWindow) {
    Order(WindowOf(all, start), folds, &window);
    Fill(of, all.offset, &window);
    ParallelFor(bounds.size() - 1, threads, [&](std::size_t i) {
      ReadFeatures(of.design, bounds[i], bounds[i + 1] - bounds[i], &window, sums);
    });
    ParallelFor(sums.size() * static_cast<std::size_t>(panels), threads, [&](std::size_t i) {
      const std::size_t fold = i / static_cast<std::size_t>(panels);
      const int panel = static_cast<int>(i % static_cast<std::size_t>(panels));
      const Eigen::Index first = PanelStart(columns, panel, panels);
      AddProducts(window, fold, first, PanelStart(columns, panel + 1, panels) - first, &sums[fold]);
    });
  }
  return sums;
}

// One fold a piece: large sums of which a window has but a few rows each.
std::vector<RowSums> SumByFolds(const SummedRows& of, const Folds& folds, int threads) {
  constexpr std::size_t kChunk = 512;
  const Eigen::Index p = of.design.size();
  Window rows;
  Order({0, folds.of_row.size(), 0}, folds, &rows);
  std::vector<RowSums> sums(rows.parts(), NoRows(p));
  ParallelFor(rows.parts(), threads, [&](std::size_t f) {
    Window window;
    for (std::size_t start = rows.bounds[f]; start < rows.bounds[f + 1]; start += kChunk) {
      const std::size_t count = std::min(kChunk, rows.bounds[f + 1] - start);
      const auto chunk = std::span(rows.of_design).subspan(start, count);
      window.of_design.assign(chunk.begin(), chunk.end());
      window.bounds = {0, count};
      Fill(of, 0, &window);
      ReadFeatures(of.design, 0, p, &window, std::span(&sums[f], 1));
      AddProducts(window, 0, 0, p + 2, &sums[f]);
    }
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
                              : folds.count <= kMostInWindow ? SumByPanels(of, folds, threads)
                                                             : SumByFolds(of, folds, threads);
  AddWeights(of.weights, folds, &sums);
  return sums;
}

}  // namespace

void AddToFolds(const SummedRows& of, const RowSpan& span, const Folds& folds,
                std::vector<RowSums>* sums) {
  const Eigen::Index p = of.design.size();
  Window window;
  for (std::size_t start = span.begin; start < span.end; start += kWindow) {
    Order(WindowOf(span, start), folds, &window);
    Fill(of, span.offset, &window);
    ReadFeatures(of.design, 0, p, &window, *sums);
    for (std::size_t f = 0; f < sums->size(); ++f) AddProducts(window, f, 0, p + 2, &(*sums)[f]);
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
