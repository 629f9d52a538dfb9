#include "kernels/factored_moments.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/parallel.h"
#include "kernels/sums.h"

namespace halflife {
namespace {

// (1 - fresh) old + fresh now, in double: so that only what a float cannot hold is infinite.
float Mean(float old, double fresh, double now) {
  const double mean = (1 - fresh) * old + fresh * now;
  return mean < kGrainOfSquares ? 0.0F : static_cast<float>(mean);
}

constexpr std::size_t kShortRow = 64;  // shorter rows are done several together
constexpr std::size_t kRowsTogether = 16;
constexpr std::size_t kJoinedColumns = 256;
constexpr std::size_t kFloatsOfDouble = sizeof(double) / sizeof(float);

}  // namespace

// The gradients of rows too short for a kernel's loop: as many as follow each other in memory are
// taken together. Weights are added up on the way.
class ShortRows {
 public:
  ShortRows(const TensorJob& job, std::size_t end, std::size_t width)
      : job_(job), end_(end), most_(kRun / width * width) {}
  const float* At(std::size_t begin) {
    if (begin >= begin_ + count_) {
      begin_ = begin;
      count_ = std::min(most_, end_ - begin);
      TakeGradient(job_, begin_, count_, buffer_);
      squares_of_w_ += SumOfSquares(job_.w + begin_, count_);
    }
    return buffer_ + (begin - begin_);
  }
  double squares_of_w() const { return squares_of_w_; }

 private:
  const TensorJob& job_;
  std::size_t end_, most_, begin_ = 0, count_ = 0;
  double squares_of_w_ = 0;
  float buffer_[kRun];
};

FactoredMoments::Memory::Memory(const MatrixTiles& tiles, float* scratch) {
  std::size_t at = 0;
  const auto doubles = [&](std::size_t count) {
    double* begin = scratch == nullptr ? nullptr : reinterpret_cast<double*>(scratch + at);
    at += count * kFloatsOfDouble;
    return begin;
  };
  const auto singles = [&](std::size_t count) {
    float* begin = scratch == nullptr ? nullptr : scratch + at;
    at += count;
    return begin;
  };
  row_sums = doubles(tiles.strips() > 1 ? tiles.matrices * tiles.rows * tiles.strips() : 0);
  column_sums = doubles(tiles.bands() > 1 ? tiles.matrices * tiles.bands() * tiles.columns : 0);
  row_totals = doubles(tiles.whole() || tiles.strips() > 1 ? 0 : tiles.matrices * tiles.bands());
  means = singles(tiles.matrices);
  roots = singles(tiles.matrices * tiles.columns);
  floats = at;
}

FactoredMoments::FactoredMoments(const TensorJob& job, double eps1)
    : job_(job),
      tiles_(job.shape),
      memory_(tiles_, job.scratch),
      row_(job.shape.size() < 2 ? nullptr : job.slots[0]),
      col_(job.slots[job.shape.size() < 2 ? 0 : 1]),
      eps1_(eps1) {}

std::size_t FactoredMoments::Scratch(std::span<const std::int64_t> shape) {
  return Memory(MatrixTiles(shape), nullptr).floats;
}

void FactoredMoments::SetMean(std::size_t matrix, double total) const {
  const double mean = total / static_cast<double>(tiles_.rows);
  memory_.means[matrix] = static_cast<float>(std::max(mean, eps1_));
}

void FactoredMoments::UpdateColumns(std::size_t at, const double* sums, std::size_t count,
                                    double fresh) const {
  const auto rows = static_cast<double>(tiles_.rows);
  for (std::size_t j = 0; j < count; ++j) col_[at + j] = Mean(col_[at + j], fresh, sums[j] / rows);
  InverseRoots(col_ + at, count, memory_.roots + at);
}

void FactoredMoments::MeasureRows(const TensorPart& rows, ShortRows* short_rows, double* sums,
                                  double* row_sums, double* squares_of_w) const {
  if (tiles_.columns >= kShortRow) return AddSquaresTo(job_, rows, sums, row_sums, squares_of_w);
  for (std::size_t i = 0; i < rows.rows; ++i) {
    const float* g = short_rows->At(rows.begin + i * rows.stride);
    row_sums[i] = 0;
    for (std::size_t j = 0; j < rows.count; ++j) {
      const double square = static_cast<double>(g[j]) * g[j];
      row_sums[i] += square;
      sums[j] += square;
    }
  }
}

void FactoredMoments::MeasureTile(const Tile& tile, double fresh, ShortRows* short_rows,
                                  double* squares_of_w) const {
  double own_sums[kTileColumns];
  const std::size_t band = tile.matrix * tiles_.bands() + tile.row / tiles_.tile_rows;
  const std::size_t strip = tile.column / tiles_.tile_columns;
  double* sums = own_sums;
  if (tiles_.bands() > 1) sums = memory_.column_sums + band * tiles_.columns + tile.column;
  std::fill_n(sums, tile.width, 0.0);
  double total = 0;
  for (std::size_t i = 0; i < tile.height; i += kRowsTogether) {
    double row_sums[kRowsTogether];
    const std::size_t first = tile.matrix * tiles_.rows + tile.row + i;
    const TensorPart rows{first * tiles_.columns + tile.column, tile.width,
                          std::min(kRowsTogether, tile.height - i), tiles_.columns};
    MeasureRows(rows, short_rows, sums, row_sums, squares_of_w);
    for (std::size_t row = first; row_ != nullptr && row < first + rows.rows; ++row) {
      const double sum = row_sums[row - first];
      if (tiles_.strips() > 1) {
        memory_.row_sums[row * tiles_.strips() + strip] = sum;
      } else {
        row_[row] = Mean(row_[row], fresh, sum / static_cast<double>(tiles_.columns));
        total += row_[row];
      }
    }
  }
  if (tiles_.bands() == 1)
    UpdateColumns(tile.matrix * tiles_.columns + tile.column, sums, tile.width, fresh);
  if (tiles_.whole()) {
    SetMean(tile.matrix, total);
  } else if (tiles_.strips() == 1) {
    memory_.row_totals[band] = total;
  }
}

double FactoredMoments::Measure(const TensorPart& part, double fresh) const {
  const std::size_t size = tiles_.rows * tiles_.columns;
  const std::size_t end = part.begin + part.count;
  ShortRows short_rows(job_, end, std::min(tiles_.columns, kShortRow));
  double squares_of_w = 0;
  Tile tile{part.begin / size, part.begin % size / tiles_.columns, part.begin % tiles_.columns,
            part.rows, part.count};
  if (tiles_.strips() == 1) {
    tile.width = tiles_.columns;
    tile.height = std::min(part.count / tiles_.columns, tiles_.rows);
  }
  do {
    MeasureTile(tile, fresh, &short_rows, &squares_of_w);
  } while (tiles_.whole() && ++tile.matrix * size < end);
  return squares_of_w + short_rows.squares_of_w();
}

// Updates the rows, where strips share them, and returns their total.
double FactoredMoments::JoinRows(std::size_t matrix, double fresh) const {
  double total = 0;
  if (tiles_.strips() == 1) {
    const double* bands = memory_.row_totals + matrix * tiles_.bands();
    for (std::size_t band = 0; band < tiles_.bands(); ++band) total += bands[band];
    return total;
  }
  for (std::size_t row = matrix * tiles_.rows; row < (matrix + 1) * tiles_.rows; ++row) {
    double sum = 0;
    for (std::size_t s = 0; s < tiles_.strips(); ++s)
      sum += memory_.row_sums[row * tiles_.strips() + s];
    row_[row] = Mean(row_[row], fresh, sum / static_cast<double>(tiles_.columns));
    total += row_[row];
  }
  return total;
}

// Adds up the bands' sums of some columns.
void FactoredMoments::JoinColumns(std::size_t matrix, std::size_t first, double fresh) const {
  double sums[kJoinedColumns] = {};
  const std::size_t count = std::min(kJoinedColumns, tiles_.columns - first);
  for (std::size_t band = 0; band < tiles_.bands(); ++band) {
    const double* of_band =
        memory_.column_sums + (matrix * tiles_.bands() + band) * tiles_.columns + first;
    for (std::size_t j = 0; j < count; ++j) sums[j] += of_band[j];
  }
  UpdateColumns(matrix * tiles_.columns + first, sums, count, fresh);
}

void FactoredMoments::Join(double fresh, int threads) const {
  if (tiles_.whole()) return;
  const std::size_t pieces = (tiles_.columns + kJoinedColumns - 1) / kJoinedColumns;
  for (std::size_t b = 0; b < tiles_.matrices; ++b) {
    if (row_ != nullptr) SetMean(b, JoinRows(b, fresh));
    if (tiles_.bands() == 1) continue;
    const auto join = [&](std::size_t k) { JoinColumns(b, k * kJoinedColumns, fresh); };
    ParallelFor(pieces, threads, std::cref(join));
  }
}

float FactoredMoments::FactorOf(std::size_t row) const {
  if (row_ == nullptr) return 1;
  const float share = OrZero(row_[row] / memory_.means[row / tiles_.rows], kGrainOfSquares);
  return 1 / std::sqrt(share);
}

template <class Body>
void FactoredMoments::ForEachRows(const TensorPart& part, double rate, const Body& body) const {
  const std::size_t columns = tiles_.columns;
  Factors by;
  by.most = 1 / static_cast<float>(eps1_);
  by.rate = rate;
  if (columns < kShortRow) return ForEachShortRows(part, by, body);
  const std::size_t first = part.begin % columns;
  const std::size_t width = std::min(part.count, columns - first);
  const std::size_t end = part.begin / columns + part.rows * (part.count / width);
  for (std::size_t row = part.begin / columns; row < end;) {
    const std::size_t matrix = row / tiles_.rows;
    const std::size_t end_of_matrix = std::min(end, (matrix + 1) * tiles_.rows);
    by.columns = memory_.roots + matrix * columns + first;
    const float largest = Largest(by.columns, width);
    for (; row < end_of_matrix;) {
      float rows[kRowsTogether];
      const std::size_t count = std::min(kRowsTogether, end_of_matrix - row);
      float most = 0;
      for (std::size_t i = 0; i < count; ++i) {
        rows[i] = FactorOf(row + i);
        if (rows[i] > most) most = rows[i];
      }
      by.rows = rows;
      by.bounded = !(most * largest <= by.most);
      body(TensorPart{row * columns + first, width, count, columns}, by);
      row += count;
    }
  }
}

// Their factors are multiplied beforehand.
template <class Body>
void FactoredMoments::ForEachShortRows(const TensorPart& part, Factors by, const Body& body) const {
  const std::size_t columns = tiles_.columns;
  float factors[kRun];
  const float one = 1;
  by.columns = factors;
  by.rows = &one;
  const std::size_t most = kRun / columns;
  const std::size_t end = (part.begin + part.count) / columns;
  for (std::size_t row = part.begin / columns; row < end; row += most) {
    const std::size_t rows = std::min(most, end - row);
    for (std::size_t i = 0; i < rows; ++i) {
      const float factor = FactorOf(row + i);
      const float* roots = memory_.roots + (row + i) / tiles_.rows * columns;
      for (std::size_t j = 0; j < columns; ++j) factors[i * columns + j] = factor * roots[j];
    }
    body(TensorPart{row * columns, rows * columns}, by);
  }
}

double FactoredMoments::SquaresOfU(const TensorPart& part) const {
  double sum = 0;
  ForEachRows(part, 1, [&](const TensorPart& rows, const Factors& by) {
    sum += SumOfSquares(job_, rows, by);
  });
  return sum;
}

void FactoredMoments::Step(const TensorPart& part, double rate) const {
  ForEachRows(part, rate,
              [&](const TensorPart& rows, const Factors& by) { TakeStep(job_, rows, by); });
}

}  // namespace halflife
