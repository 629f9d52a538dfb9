// The squared error of a fold's training rows as a sparse fit asks for it: by their Gram matrix
// where rows outnumber features, else by their columns.
#pragma once

#include <optional>
#include <vector>

#include "linalg/linalg.h"
#include "model/gram.h"

namespace halflife {

// 1/2 mean (y - Xw)^2 of standardised columns and a centred target.
class LeastSquares {
 public:
  LeastSquares() = default;
  explicit LeastSquares(StandardizedGram gram);
  // `columns` is n x p, a column a feature; rows come multiplied by `scales` so that plain means
  // are weighted ones.
  LeastSquares(Matrix columns, Vector target, Vector scales);

  Eigen::Index size() const { return cross_.size(); }
  const Vector& cross() const { return cross_; }  // X'y/n: the slopes at w = 0
  double target() const { return target_; }       // mean of y^2
  bool has_columns() const { return columns_.size() > 0; }

  // X'X/n of the features `names`, in their order.
  struct Products {
    const std::vector<Eigen::Index>& names;
    Eigen::Ref<const Matrix> gram;
  };
  // Of `members` and of those that were asked for before, which keep their places. Valid until the
  // next call.
  Products Keep(const std::vector<Eigen::Index>& members);
  // Of `members` alone.
  Matrix Block(const std::vector<Eigen::Index>& members);
  // Gives the memory of what is kept back, where it is no more than a copy.
  void Forget();

  // X'(y - Xw)/n, minus the gradient. Those of weights of 0 need only be right to double precision
  // where they are `certain` or more in size; below they may have the digits of a float.
  Vector Slopes(const Vector& weights, double certain = 0.0) const;

  // The least squares fit of minimum norm where it is beyond doubt: all columns, or with more
  // columns than rows all rows but for their mean, independent, and the least eigenvalue of their
  // products above 1e-9 of the largest. With more columns than rows only where `wide` is let.
  std::optional<Vector> PlainFit(bool wide) const;

  // The mean of (y - Xw)^2 where `slopes` are those of `weights`. From a Gram matrix it is a
  // difference, right to a few eps of target().
  double SquaredError(const Vector& weights, const Vector& slopes) const;

 private:
  Vector Residual(const Vector& weights) const;
  void MakeRoom(Eigen::Index before, Eigen::Index after);

  Matrix gram_;  // p x p; empty where the columns stand
  Matrix columns_;
  Eigen::MatrixXf single_;  // the columns as floats, half the memory to go through
  Vector rows_target_;
  Vector scales_;
  Vector cross_;
  double target_ = 0.0;
  // The products of those asked for so far, place_[j] being feature j's there, or -1.
  std::vector<Eigen::Index> kept_;
  std::vector<Eigen::Index> place_;
  Matrix products_;
  Matrix kept_columns_;  // those columns, side by side; empty where they do not stand
};

}  // namespace halflife
