// Log loss in nats and its derivatives: two classes with one logit, more with softmax and a logit a
// class.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "linalg/linalg.h"

namespace halflife {

// Rows to classify. Parameters are (r + 1) x m: a column an output, the last row the intercepts,
// which are never decayed. m is 1 for two classes, else the number of classes. Means over rows are
// weighted.
struct SoftmaxRows {
  Matrix inputs;                 // (r + 1) x n: standardised features, the last row all ones
  std::vector<int32_t> classes;  // n
  Vector weights;                // n, above 0
  int outputs = 1;               // m

  double total() const { return weights.sum(); }
};

// The fit at some parameters.
struct SoftmaxState {
  Matrix logits;           // m x n
  Matrix probabilities;    // m x n; for one output that of class 1
  Matrix errors;           // m x n: probability less 1 for the row's own class, less 0 for others;
                           // right to a few eps of itself however near to 0
  double data_loss = 0.0;  // mean
  double loss = 0.0;       // with decay/2 * ||weights||^2
};

SoftmaxState Evaluate(const SoftmaxRows& rows, const Matrix& parameters, double decay);

// The mean log loss of `logits` (m x n).
double LossOfLogits(const Matrix& logits, std::span<const int32_t> classes, const Vector& weights);

// The gradient of `loss`, shaped as the parameters.
Matrix Gradient(const SoftmaxRows& rows, const Matrix& parameters, const SoftmaxState& state,
                double decay);

// The Hessian of `loss` times `direction`.
Matrix HessianTimes(const SoftmaxRows& rows, const SoftmaxState& state, double decay,
                    const Matrix& direction);

// The data loss's Hessian in the parameters of `outputs`, output by output: symmetric, of size
// outputs times (r + 1).
Matrix Hessian(const SoftmaxRows& rows, const SoftmaxState& state, std::span<const int> outputs);

// The Cholesky factor of such a Hessian of all outputs with `decay` on the weights, in its lower
// triangle; flat directions get the least ridge with which there is one. None where it is no
// number.
std::optional<Matrix> FactorHessian(Matrix hessian, double decay, int outputs);

// Effective degrees of freedom: trace of (S + decay)^-1 S, S the data loss's Hessian in the weights
// with the intercepts profiled out (Hastie, Tibshirani, Friedman 2009, 7.6, at the last Newton
// step).
double EffectiveDof(const SoftmaxRows& rows, const SoftmaxState& state, double decay);
// The same from the data loss's Hessian of all outputs, as Hessian has it, of features of this
// rank.
double EffectiveDof(const Matrix& hessian, int outputs, Eigen::Index rank, double decay);

// Whether every row's own class has strictly the largest logit: then scaling the weights up lowers
// the loss without end, and no finite fit exists without decay (Albert and Anderson 1984).
bool Separates(const SoftmaxState& state, std::span<const int32_t> classes);

// The classes of `rows`.
std::vector<int32_t> PickClasses(const std::vector<int32_t>& classes,
                                 const std::vector<uint32_t>& rows);

}  // namespace halflife
