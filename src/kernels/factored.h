// Second moments of a matrix kept as one row and one column: what Adafactor stands on.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "kernels/tensor_rule.h"

namespace halflife {

// Of the gradient g of `count` elements from `begin` on: columns[i] += g[i]^2. Returns the sum of
// g[i]^2, and adds that of w[i]^2, both in the order of kernels/sums.h.
double AddSquaresTo(const TensorJob& job, std::size_t begin, std::size_t count, double* columns,
                    double* squares_of_w);

// u = g min(row columns[i], most): what elements of one row of a matrix are divided by, as factors.
struct Factors {
  const float* columns = nullptr;
  float row = 1;
  float most = 1;
  double rate = 1;
};

// The sum of u^2 of `count` elements from `begin` on.
double SumOfSquares(const TensorJob& job, std::size_t begin, std::size_t count, const Factors& by);

// w -= rate u for them, by the law.
void TakeStep(const TensorJob& job, std::size_t begin, std::size_t count, const Factors& by);

// to[i] = 1 / sqrt(from[i]).
void InverseRoots(const float* from, std::size_t count, float* to);

// Matrices of one size, one after the other, and the tiles that they are cut in. A tile is part of
// one matrix or holds whole ones, in which case it is one run.
struct MatrixTiles {
  std::size_t matrices = 1, rows = 1, columns = 1;
  std::size_t tile_rows = 1, tile_columns = 1;

  // The last two dimensions of `shape` are a matrix's; a vector is one row.
  explicit MatrixTiles(std::span<const std::int64_t> shape);

  std::size_t strips() const { return (columns + tile_columns - 1) / tile_columns; }
  std::size_t bands() const { return (rows + tile_rows - 1) / tile_rows; }
  bool whole() const { return strips() == 1 && bands() == 1; }
  std::vector<TensorPart> Parts() const;
};

// The largest width of a tile.
inline constexpr std::size_t kTileColumns = 2048;

}  // namespace halflife
