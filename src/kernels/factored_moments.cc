#include "kernels/factored_moments.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/parallel.h"

namespace halflife {
namespace {

// (1 - fresh) old + fresh now, in double: so that only what a float cannot hold is infinite.
float Mean(float old, double fresh, double now) {
  const double mean = (1 - fresh) * old + fresh * now;
  return mean < kGrainOfSquares ? 0.0F : static_cast<float>(mean);
}

constexpr std::size_t kFloatsOfDouble = sizeof(double) / sizeof(float);

}  // namespace

// The gradient of a tile, row by row; rows that follow each other in memory up to `end` are read
// together.
class TileGradients {
 public:
  TileGradients(const TensorJob& job, std::size_t end) : job_(job), end_(end) {}
  // Elements [begin, begin + count), at most kRun of them.
  const float* At(std::size_t begin, std::size_t count) {
    if (begin < begin_ || begin + count > begin_ + count_) {
      begin_ = begin;
      count_ = std::min(kRun, std::max(end_ > begin ? end_ - begin : 0, count));
      TakeGradient(job_, begin_, count_, buffer_);
    }
    return buffer_ + (begin - begin_);
  }

 private:
  const TensorJob& job_;
  std::size_t end_, begin_ = 0, count_ = 0;
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
  row_totals = doubles(tiles.whole() ? 0 : tiles.matrices * tiles.bands());
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

void FactoredMoments::MeasureTile(const Tile& tile, double fresh, TileGradients* gradients) const {
  double own_sums[kTileColumns];
  const std::size_t band = tile.matrix * tiles_.bands() + tile.row / tiles_.tile_rows;
  const std::size_t strip = tile.column / tiles_.tile_columns;
  double* sums = own_sums;
  if (tiles_.bands() > 1) sums = memory_.column_sums + band * tiles_.columns + tile.column;
  std::fill_n(sums, tile.width, 0.0);
  double total = 0;
  for (std::size_t i = 0; i < tile.height; ++i) {
    const std::size_t row = tile.matrix * tiles_.rows + tile.row + i;
    const float* g = gradients->At(row * tiles_.columns + tile.column, tile.width);
    const double sum = AddSquaresTo(g, tile.width, sums);
    if (row_ == nullptr) continue;
    if (tiles_.strips() > 1) {
      memory_.row_sums[row * tiles_.strips() + strip] = sum;
    } else {
      row_[row] = Mean(row_[row], fresh, sum / static_cast<double>(tiles_.columns));
      total += row_[row];
    }
  }
  if (tiles_.bands() == 1)
    UpdateColumns(tile.matrix * tiles_.columns + tile.column, sums, tile.width, fresh);
  if (tiles_.whole()) {
    SetMean(tile.matrix, total);
  } else {
    memory_.row_totals[band] = total;
  }
}

void FactoredMoments::Measure(const TensorPart& part, double fresh) const {
  const std::size_t size = tiles_.rows * tiles_.columns;
  const std::size_t end = part.begin + part.count;
  TileGradients gradients(job_, tiles_.strips() == 1 ? end : 0);
  Tile tile{part.begin / size, part.begin % size / tiles_.columns, part.begin % tiles_.columns,
            part.rows, part.count};
  if (tiles_.strips() > 1) return MeasureTile(tile, fresh, &gradients);
  tile.width = tiles_.columns;
  tile.height = std::min(part.count / tiles_.columns, tiles_.rows);
  for (; tile.matrix * size < end; ++tile.matrix) MeasureTile(tile, fresh, &gradients);
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

// Adds up the bands' sums of the columns of one strip.
void FactoredMoments::JoinStrip(std::size_t matrix, std::size_t strip, double fresh) const {
  double sums[kTileColumns] = {};
  const std::size_t first = strip * tiles_.tile_columns;
  const std::size_t width = std::min(tiles_.tile_columns, tiles_.columns - first);
  for (std::size_t band = 0; band < tiles_.bands(); ++band) {
    const double* of_band =
        memory_.column_sums + (matrix * tiles_.bands() + band) * tiles_.columns + first;
    for (std::size_t j = 0; j < width; ++j) sums[j] += of_band[j];
  }
  UpdateColumns(matrix * tiles_.columns + first, sums, width, fresh);
}

void FactoredMoments::Join(double fresh, int threads) const {
  if (tiles_.whole()) return;
  for (std::size_t b = 0; b < tiles_.matrices; ++b) {
    if (row_ != nullptr) SetMean(b, JoinRows(b, fresh));
    if (tiles_.bands() == 1) continue;
    const auto join = [&](std::size_t strip) { JoinStrip(b, strip, fresh); };
    ParallelFor(tiles_.strips(), threads, std::cref(join));
  }
}

void FactoredMoments::Divide(std::size_t begin, std::size_t count, double rate, float* g) const {
  Factors by;
  by.most = 1 / static_cast<float>(eps1_);
  by.rate = static_cast<float>(rate);
  std::size_t row = begin / tiles_.columns;
  std::size_t column = begin % tiles_.columns;
  std::size_t matrix = row / tiles_.rows;
  for (std::size_t done = 0; done < count; ++row, column = 0) {
    while (row >= (matrix + 1) * tiles_.rows) ++matrix;
    if (row_ != nullptr) {
      const float share = OrZero(row_[row] / memory_.means[matrix], kGrainOfSquares);
      by.row = 1 / std::sqrt(share);
    }
    by.columns = memory_.roots + matrix * tiles_.columns + column;
    const std::size_t width = std::min(tiles_.columns - column, count - done);
    MultiplyByFactors(by, width, g + done);
    done += width;
  }
}

}  // namespace halflife
