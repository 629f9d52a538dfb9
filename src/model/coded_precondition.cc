// What stands in for the inverse of a Hessian of coded rows.

#include <algorithm>
#include <memory>

#include "model/category_schur.h"
#include "model/coded_rows.h"

namespace halflife {
namespace {

// The diagonal, less what a text column's levels have in common.
class CodedDiagonal : public InputPreconditioner {
 public:
  CodedDiagonal(const CodedRows& rows, const Matrix& curvature, double decay)
      : rows_(rows), diagonal_(rows.inputs(), curvature.rows()) {
    for (Eigen::Index output = 0; output < curvature.rows(); ++output)
      diagonal_.col(output) = rows.SquaredSums(curvature.row(output).transpose());
    Vector decays = Vector::Constant(rows.inputs(), decay);
    decays(rows.features()) = 0.0;
    for (const Eigen::Index free : rows.undecayed()) decays(free) = 0.0;
    diagonal_.colwise() += decays;
    // Where all probabilities are 0 or 1 there is no curvature to go by.
    const double least = std::max(kEps * diagonal_.maxCoeff(), 1e-300);
    diagonal_ = diagonal_.cwiseMax(least);
  }
  Matrix Solve(const Matrix& residual) const override {
    Matrix solved = residual;
    rows_.RemoveFlat(solved);
    solved = solved.cwiseQuotient(diagonal_);
    rows_.RemoveFlat(solved);
    return solved;
  }

 private:
  const CodedRows& rows_;
  Matrix diagonal_;
};

}  // namespace

// A level's square is (x - m)^2 = x (1 - 2m) + m^2.
Vector CodedRows::SquaredSums(const Eigen::Ref<const Vector>& curvature) const {
  Slots sums = NoSums(1);
  Add(0, curvature.transpose(), &sums);
  const double total = sums.constant(0);
  Vector squares(inputs());
  squares(features()) = total;
  for (Eigen::Index k = 0; k < features(); ++k) {
    const Kept& own = kept_[static_cast<std::size_t>(k)];
    double sum = 0.0;
    if (own.is_number) {
      const ColumnOfSlots& column = columns_[static_cast<std::size_t>(own.column)];
      const double filled = column.fill - column.mean;
      NumberBlock block;
      for (Eigen::Index at = 0; at < size(); at += block.count) {
        Read(column, at, size() - at, &block);
        sum += curvature.segment(at, block.count).dot(block.Values().cwiseAbs2());
      }
      sum += filled * filled * sums.values(0, own.slot + 1);
    } else {
      sum = sums.values(0, own.slot) * (1.0 - 2.0 * own.mean) + own.mean * own.mean * total;
    }
    squares(k) = std::max(0.0, sum) / (own.scale * own.scale);
  }
  return squares;
}

std::unique_ptr<InputPreconditioner> CodedRows::Precondition(const Matrix& curvature, double decay,
                                                             bool closely) const {
  if (closely && CategorySchur::Fits(*this))
    return std::make_unique<CategorySchur>(*this, curvature, decay);
  return std::make_unique<CodedDiagonal>(*this, curvature, decay);
}

}  // namespace halflife
