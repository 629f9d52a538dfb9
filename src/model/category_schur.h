// The largest text column eliminated from a weighted least-squares problem: its block is diagonal,
// so that what is left to factor has as many columns as all the others together.
#pragma once

#include <span>
#include <vector>

#include "model/coded_rows.h"

namespace halflife {

// Solves (sum over rows of curvature * input * input' + decay on all inputs but the last) x = r, an
// output at a time, by the Schur complement of the block of the text column with the most levels. A
// problem that rounding leaves singular gets a little more on the complement's diagonal.
class CategorySchur : public InputPreconditioner {
 public:
  // Whether the complement is small enough to be factored.
  static bool Fits(const CodedRows& rows);

  // `curvature`: m x rows, not negative. `rows` must outlive it.
  CategorySchur(const CodedRows& rows, const Matrix& curvature, double decay);

  Matrix Solve(const Matrix& residual) const override;

 private:
  // In raw units a level's input is 0 or 1 and the intercept is what remains; a level's parameter
  // is divided by its scale there.
  struct Output {
    Vector diagonal;  // of the eliminated levels
    Matrix factor;    // of the complement, lower triangle
    // Level after level, its sums with every other input that it has rows in common with.
    std::vector<std::size_t> start;
    std::vector<int32_t> other;
    std::vector<double> sum;
  };
  struct Cell {
    int32_t other;
    double value;
  };

  void SortRows();
  void ReadRow(uint32_t row, std::vector<Cell>* cells) const;
  void SumLevel(Eigen::Index level, const Eigen::Ref<const Vector>& curvature, Output* output,
                Vector* dense) const;
  void AddDecay(double decay, Output* output) const;
  Output Factor(const Eigen::Ref<const Vector>& curvature, double decay) const;
  Vector SolveOne(const Output& output, const Vector& raw) const;

  const CodedRows& rows_;
  std::size_t largest_ = 0;  // the eliminated one among the rows' columns
  Eigen::Index first_ = 0;   // its kept features are [first_, first_ + levels_)
  Eigen::Index levels_ = 0;
  Eigen::Index others_ = 0;             // the other features and the intercept
  std::vector<int32_t> other_of_slot_;  // -1: no feature
  std::vector<std::size_t> first_row_;  // a level: its first row in by_level_
  std::vector<uint32_t> by_level_;
  std::vector<Output> outputs_;
};

}  // namespace halflife
