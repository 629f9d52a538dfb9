// Passes over rows that serve many fits of log loss at once: all decays of a path move in the same
// two matrix products.
#pragma once

#include <span>
#include <vector>

#include "kernels/log_loss.h"
#include "model/shared_rows.h"

namespace halflife {

// The rows that are passed over.
struct LockstepRows {
  const SharedRows& of;
  std::span<const uint32_t> rows;
  const Vector& weights;  // of all rows of the dataset
  int threads = 1;
};

// The parameters of fits side by side, in the shared scale: size x (outputs * padded); those of one
// output of one fit are column output * padded + fit.
class LockstepFits {
 public:
  LockstepFits(std::size_t count, int outputs, Eigen::Index size);

  std::size_t count() const { return count_; }
  int outputs() const { return outputs_; }
  Eigen::Index padded() const { return padded_; }
  const Matrix& parameters() const { return parameters_; }
  void Set(std::size_t fit, const Matrix& own);  // size x outputs
  // One row's logits, side by side in the order of the columns, of class `own`.
  LogitRow RowOf(double* values, int32_t own) const;
  // One fit's columns of what is shaped as the parameters.
  Matrix Of(const Matrix& columns, std::size_t fit) const;

 private:
  std::size_t count_;
  int outputs_;
  Eigen::Index padded_;
  Matrix parameters_;
};

// Sums over the rows of weight * error * cells, shaped as the parameters.
Matrix SumGradients(const LockstepRows& over, const LockstepFits& fits);

// Sums over the rows of the weighted losses, one a fit; and where they are asked for, the rows'
// logits, (outputs * padded) x rows.
Vector SumLosses(const LockstepRows& over, const LockstepFits& fits, Matrix* logits = nullptr);

// At least the norm of every row of cells.
double FurthestRow(const LockstepRows& over);

}  // namespace halflife
