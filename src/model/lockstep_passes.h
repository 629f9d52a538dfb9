// Passes over rows that serve many fits of log loss at once: all decays of a path move in the same
// two matrix products.
#pragma once

#include <span>
#include <vector>

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

// Sums over the rows of the weighted losses, one a fit.
Vector SumLosses(const LockstepRows& over, const LockstepFits& fits);

// Of the rows: shaped (outputs * padded) x rows.
Matrix LogitsOf(const LockstepRows& over, const LockstepFits& fits);

// Sums of weight * curvature * cells cells' of the fit `parameters` (size x outputs) over those of
// the rows that are of part 0, 1, ...: symmetric, of size outputs * size, output by output.
// part_of[row], row of the dataset, is below `parts`; empty: all are of part 0. One thread.
struct RowParts {
  std::span<const int> part_of;
  std::size_t parts = 1;
};
std::vector<Matrix> SumCurvatures(const LockstepRows& over, const RowParts& parts,
                                  const Matrix& parameters);
// The same of several fits, whose rows are read once: one a fit.
std::vector<std::vector<Matrix>> SumCurvatures(const LockstepRows& over, const RowParts& parts,
                                               std::span<const Matrix> fits);

// At least the norm of every row of cells.
double FurthestRow(const LockstepRows& over);

}  // namespace halflife
