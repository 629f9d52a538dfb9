// Second moments of a matrix kept as one row and one column: what Adafactor stands on.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "kernels/tensor_rule.h"

namespace halflife {

// Of the gradient g of a part of a matrix: columns[j] += g[i][j]^2 over its rows, in order, and
// row_sums[i] = the sum of g[i][j]^2. Adds the sum of w^2.
void AddSquaresTo(const TensorJob& job, const TensorPart& part, double* columns, double* row_sums,
                  double* squares_of_w);

// u = g min(rows[i] columns[j], most): what elements of a matrix are divided by, as factors.
struct Factors {
  const float* columns = nullptr;
  const float* rows = nullptr;
  float most = 1;
  bool bounded = true;  // whether a product may be above `most`
  double rate = 1;
};

// The sum of u^2 over a part.
double SumOfSquares(const TensorJob& job, const TensorPart& part, const Factors& by);

// w -= rate u for it, by the law.
void TakeStep(const TensorJob& job, const TensorPart& part, const Factors& by);

// The largest of 0 and the elements that are numbers.
float Largest(const float* a, std::size_t count);

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
