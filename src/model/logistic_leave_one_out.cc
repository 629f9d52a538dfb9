#include "model/logistic_leave_one_out.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "model/newton.h"

namespace halflife {
namespace {

constexpr double kFewestDigits = 1e-7;  // of what is left of a 1

// A vector added to all classes' logits changes nothing; the others have these coordinates
// (Helmert's).
Matrix Contrasts(Eigen::Index outputs) {
  if (outputs == 1) return Matrix::Ones(1, 1);
  Matrix contrasts = Matrix::Zero(outputs, outputs - 1);
  for (Eigen::Index c = 0; c + 1 < outputs; ++c) {
    const auto before = static_cast<double>(c + 1);
    contrasts.col(c).head(c + 1).setConstant(1.0 / std::sqrt(before * (before + 1.0)));
    contrasts(c + 1, c) = -before / std::sqrt(before * (before + 1.0));
  }
  return contrasts;
}

// p_a (1[a = b] - p_b) of a row. By the errors its diagonal keeps its digits next to p = 1.
Matrix CurvatureOfRow(const SoftmaxState& state, Eigen::Index row) {
  const Vector p = state.probabilities.col(row);
  Matrix curvature = -p * p.transpose();
  for (Eigen::Index c = 0; c < p.size(); ++c) {
    const double off = std::fabs(state.errors(c, row));
    curvature(c, c) = off * (1.0 - off);
  }
  return curvature;
}

}  // namespace

double LeaveOneOutCost(std::size_t rows, Eigen::Index size, int outputs) {
  const double contrasts = std::max(1, outputs - 1);
  const auto cells = static_cast<double>(size * size);
  return 2.0 * static_cast<double>(rows) * contrasts * outputs * (cells + contrasts);
}

LogisticLeaveOneOut::LogisticLeaveOneOut(const Matrix& inverse, Matrix parameters, double weight)
    : outputs_(parameters.cols()),
      parameters_(std::move(parameters)),
      directions_(Contrasts(outputs_)),
      weight_(weight) {
  const Eigen::Index size = parameters_.rows();
  const Eigen::Index side = outputs_ * size;
  seen_ = Matrix::Zero(directions_.cols() * side, size);
  for (Eigen::Index a = 0; a < directions_.cols(); ++a) {
    for (Eigen::Index c = 0; c < outputs_; ++c)
      seen_.middleRows(a * side, side) += directions_(c, a) * inverse.middleCols(c * size, size);
  }
}

void LogisticLeaveOneOut::Add(const SoftmaxRows& rows) {
  constexpr Eigen::Index kAtATime = 64;
  const SoftmaxState state = Evaluate(rows, parameters_, 0.0);
  Matrix logits = state.logits;
  const Eigen::Index count = rows.inputs.cols();
  for (Eigen::Index start = 0; start < count; start += kAtATime) {
    const Matrix seen = seen_ * rows.inputs.middleCols(start, std::min(kAtATime, count - start));
    if (outputs_ == 1) {
      MoveOneLogit(seen, state, start, rows.weights, &logits);
      continue;
    }
    for (Eigen::Index i = 0; i < seen.cols(); ++i) {
      const Eigen::Map<const Matrix> of_row(seen.col(i).data(), seen.rows() / directions_.cols(),
                                            directions_.cols());
      Move(of_row, state, start + i, rows.weights(start + i) / weight_, &logits);
    }
  }
  if (known_) sum_ += LossOfLogits(logits, rows.classes, rows.weights) * rows.total();
}

// The same of rows from `start` on, all of whose parts are numbers.
void LogisticLeaveOneOut::MoveOneLogit(const Matrix& seen, const SoftmaxState& state,
                                       Eigen::Index start, const Vector& weights, Matrix* logits) {
  const auto share = weights.segment(start, seen.cols()).transpose().array() / weight_;
  const auto errors = state.errors.row(0).segment(start, seen.cols()).array();
  const Eigen::ArrayXd m = (share * seen.colwise().squaredNorm().array()).transpose();
  const Eigen::ArrayXd left = 1.0 - m * (errors.abs() * (1.0 - errors.abs())).transpose();
  if (!(left.minCoeff() > kFewestDigits)) known_ = false;
  logits->row(0).segment(start, seen.cols()).array() += (m / left).transpose() * errors;
}

// With M = RR', M (I - w A M)^-1 = R (I - w R'AR)^-1 R', whose middle is symmetric and, at a
// minimum, positive definite.
void LogisticLeaveOneOut::Move(const Eigen::Ref<const Matrix>& seen, const SoftmaxState& state,
                               Eigen::Index row, double share, Matrix* logits) {
  const Eigen::LLT<Matrix> m(seen.transpose() * seen);
  const Matrix root = m.matrixL();
  const Matrix turned = directions_ * root;
  Matrix middle = -share * (turned.transpose() * CurvatureOfRow(state, row) * turned);
  middle.diagonal().array() += 1.0;
  const Eigen::LLT<Matrix> left(middle);
  const Matrix factor = left.matrixL();
  if (m.info() != Eigen::Success || left.info() != Eigen::Success ||
      !(factor.diagonal().cwiseAbs2().minCoeff() > kFewestDigits)) {
    known_ = false;
    return;
  }
  logits->col(row) += share * (turned * left.solve(turned.transpose() * state.errors.col(row)));
}

std::optional<double> LogisticLeaveOneOut::MeanLoss() const {
  if (!known_ || !std::isfinite(sum_)) return std::nullopt;
  return sum_ / weight_;
}

std::optional<double> LeaveOneOutLoss(const SoftmaxRows& rows, const Matrix& parameters,
                                      const SoftmaxState& state, double decay) {
  constexpr Eigen::Index kMostParameters = 3000;
  if (rows.outputs > kMostOutputsTogether || parameters.size() > kMostParameters)
    return std::nullopt;
  std::vector<int> outputs(static_cast<std::size_t>(rows.outputs));
  std::iota(outputs.begin(), outputs.end(), 0);
  const std::optional<Matrix> factor =
      FactorHessian(Hessian(rows, state, outputs), decay, rows.outputs);
  if (!factor) return std::nullopt;
  LogisticLeaveOneOut left_out(InvertLower(*factor), parameters, rows.total());
  left_out.Add(rows);
  return left_out.MeanLoss();
}

}  // namespace halflife
