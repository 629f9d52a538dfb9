// Approximate leave-one-out of log loss: what a fit would say of a row without it, one Newton step
// from where it is with the exact Hessian of the other rows (Beirami et al. 2017, NIPS 30; Rad and
// Maleki 2020, J. R. Statist. Soc. B 82:965).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "model/softmax.h"

namespace halflife {

// About how many floating point operations it takes, for `size` parameters an output.
inline constexpr double kMostLeaveOneOutOperations = 3e7;  // a decay, where nobody asked for it
double LeaveOneOutCost(std::size_t rows, Eigen::Index size, int outputs);

// Adds up the losses of rows, each by the fit without it. Of row i with inputs x, weight w, errors
// g and curvature A = diag(p) - pp', and M = x'H^-1 x the share of all rows' Hessian H that it sees
// (an entry a pair of outputs), the logits become logits + w M (I - w A M)^-1 g.
class LogisticLeaveOneOut {
 public:
  // Of the fit `parameters` (size x outputs) of rows of weight `weight` in all; `inverse` inverts
  // the Cholesky factor of the Hessian of the mean loss with the penalty, output by output.
  LogisticLeaveOneOut(const Matrix& inverse, Matrix parameters, double weight);

  // `rows.inputs` is size x rows; `rows.weights` are not shares.
  void Add(const SoftmaxRows& rows);

  // None where a row alone holds some logit in place, so that it has no Newton step without it.
  std::optional<double> MeanLoss() const;

 private:
  void Move(const Eigen::Ref<const Matrix>& seen, const SoftmaxState& state, Eigen::Index row,
            double share, Matrix* logits);
  void MoveOneLogit(const Matrix& seen, const SoftmaxState& state, Eigen::Index start,
                    const Vector& weights, Matrix* logits);

  Eigen::Index outputs_;
  Matrix parameters_;
  Matrix directions_;  // outputs x contrasts, orthonormal: in which logits tell classes apart
  Matrix seen_;        // (contrasts * outputs * size) x size: inverse times x in each contrast
  double weight_;
  double sum_ = 0.0;
  bool known_ = true;
};

// The mean loss over the rows that the fit `parameters`, with its `state`, was made of; none where
// not known, or where there are too many parameters for a Hessian.
std::optional<double> LeaveOneOutLoss(const SoftmaxRows& rows, const Matrix& parameters,
                                      const SoftmaxState& state, double decay);

}  // namespace halflife
