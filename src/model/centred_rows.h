// Weighted, centred rows as a linear map between features and rows, and the bases that its products
// span.
#pragma once

#include "model/coded_rows.h"

namespace halflife {

// A = R (Z - 1 m') for the rows Z: each row times the root R of its weight, its weighted mean m
// taken away, as an intercept that is fitted along does.
class CentredRows {
 public:
  // `weights`: one a row, not negative. `rows` must outlive it.
  CentredRows(const CodedRows& rows, const Vector& weights);

  const CodedRows& rows() const { return rows_; }
  const Vector& roots() const { return roots_; }
  Vector Times(const Vector& features) const;
  Vector Against(const Vector& values) const;

 private:
  Vector WithoutMean(Vector values) const;

  const CodedRows& rows_;
  Vector roots_;
  Vector unit_;  // roots, of norm 1
};

// Orthonormal columns, in memory that grows with their number.
class KrylovBasis {
 public:
  explicit KrylovBasis(Eigen::Index size) : columns_(size, 32) {}

  void Add(const Vector& column);
  auto Columns() const { return columns_.leftCols(count_); }
  // Makes `vector` orthogonal to all columns.
  void Orthogonalise(Vector* vector) const;

 private:
  Matrix columns_;
  Eigen::Index count_ = 0;
};

}  // namespace halflife
