// Mean squares of gradients kept as one row and one column a matrix, updated tile by tile. A vector
// is a matrix of one row whose own mean is left out.
#pragma once

#include "kernels/factored.h"

namespace halflife {

class ShortRows;

class FactoredMoments {
 public:
  // Of the slots (row, col), or (v) of a vector. What is divided by is at least `eps1`, and so is
  // the mean of the rows.
  FactoredMoments(const TensorJob& job, double eps1);

  // The floats of TensorJob::scratch.
  static std::size_t Scratch(std::span<const std::int64_t> shape);

  // x <- (1 - fresh) x + fresh mean of g^2: adds up the squares of one of MatrixTiles' parts, and
  // updates what this part alone decides; the rest is updated after all parts. Returns the sum of
  // the part's w^2, which is read on the way.
  double Measure(const TensorPart& part, double fresh) const;
  void Join(double fresh, int threads) const;
  // U = g / sqrt(max(row col / mean(row), eps1^2)): the sum of a part's U^2, and w <- w - rate U.
  double SquaresOfU(const TensorPart& part) const;
  void Step(const TensorPart& part, double rate) const;

 private:
  // What lies in the scratch; sums of tiles first, where one tile does not hold whole matrices.
  struct Memory {
    Memory(const MatrixTiles& tiles, float* scratch);
    double* row_sums;     // of each row's strips, one after the other
    double* column_sums;  // of each band's columns
    double* row_totals;   // the updated rows' total in each band, where no strips share a row
    float* means;         // of each matrix's rows, at least eps1
    float* roots;         // 1 / sqrt(col)
    std::size_t floats;   // of all of it
  };

  // One tile: where it lies in its matrix.
  struct Tile {
    std::size_t matrix, row, column, height, width;
  };
  void MeasureTile(const Tile& tile, double fresh, ShortRows* short_rows,
                   double* squares_of_w) const;
  void MeasureRows(const TensorPart& rows, ShortRows* short_rows, double* sums, double* row_sums,
                   double* squares_of_w) const;
  float FactorOf(std::size_t row) const;
  template <class Body>
  void ForEachRows(const TensorPart& part, double rate, const Body& body) const;
  template <class Body>
  void ForEachShortRows(const TensorPart& part, Factors by, const Body& body) const;
  double JoinRows(std::size_t matrix, double fresh) const;
  void JoinColumns(std::size_t matrix, std::size_t first, double fresh) const;
  void UpdateColumns(std::size_t at, const double* sums, std::size_t count, double fresh) const;
  void SetMean(std::size_t matrix, double total) const;

  const TensorJob& job_;
  MatrixTiles tiles_;
  Memory memory_;
  float* row_;  // null: a vector
  float* col_;
  double eps1_;
};

}  // namespace halflife
