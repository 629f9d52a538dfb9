// Weighted, centred rows as a linear map between features and rows, and the bases that its products
// span.
#pragma once

#include <span>
#include <vector>

#include "data/dataset.h"
#include "model/coded_rows.h"

namespace halflife {

// A = (1 - Q Q') R (Z - 1 m') for the rows Z: each row times the root R of its weight, its weighted
// mean m taken away, as an intercept that is fitted along does, and what the `free` features
// explain (Q), for the same reason (Frisch and Waugh 1933, Econometrica 1:387). Of these A has
// nothing: they are 0 in whatever it gives.
class CentredRows {
 public:
  // `weights`: one a row, not negative. `rows` must outlive it.
  CentredRows(const CodedRows& rows, const Vector& weights,
              std::span<const Eigen::Index> free = {});

  const CodedRows& rows() const { return rows_; }
  const Vector& roots() const { return roots_; }
  Vector Times(const Vector& features) const;
  Vector Against(const Vector& values) const;

  Eigen::Index free_rank() const { return explained_.cols(); }
  const Matrix& explained() const { return explained_; }  // Q: rows x free_rank()
  void WithoutFree(Eigen::Ref<Vector> features) const;
  // The features' weights, given those that are not free: these fit what the others leave of `b`,
  // with the least norm.
  void FitFree(const Vector& b, Eigen::Ref<Vector> features) const;

 private:
  Vector Weighted(const Vector& features) const;
  Vector WithoutMean(Vector values) const;

  const CodedRows& rows_;
  Vector roots_;
  Vector unit_;  // roots, of norm 1
  std::vector<Eigen::Index> free_;
  Matrix explained_;  // Q
  Matrix back_;       // free x rank: from values along Q to weights
};

// Whether the dataset's features that are not decayed are few enough for Q.
bool ExplainsFree(const Dataset& data);

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
