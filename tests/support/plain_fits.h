// Penalised fits straight from their formulas, dense and in long double: what the fits are compared
// with.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "data/dataset.h"

namespace halflife::testing {

using Long = long double;
using LongMatrix = Eigen::Matrix<Long, Eigen::Dynamic, Eigen::Dynamic>;
using LongVector = Eigen::Matrix<Long, Eigen::Dynamic, 1>;

// Rows of a dataset without missing cells, standardised by the mean and population deviation of
// its training rows; columns that do not vary there left out.
struct PlainRows {
  LongMatrix x;  // rows x features
  LongVector y;  // regression
  std::vector<int32_t> classes;
  LongVector weights;  // sum to 1
};

PlainRows PlainRowsOf(const Dataset& data, const std::vector<uint32_t>& training,
                      const std::vector<uint32_t>& rows);

// The targets and weights of rows alone.
PlainRows PlainTargetsOf(const Dataset& data, const std::vector<uint32_t>& rows);

struct PlainFit {
  LongMatrix weights;    // features x outputs
  LongVector intercept;  // outputs
};

LongMatrix PlainOutputs(const PlainRows& rows, const PlainFit& fit);

// The normal equations.
PlainFit PlainRidge(const PlainRows& rows, Long decay);

Long PlainSquaredLoss(const PlainRows& rows, const PlainFit& fit);

// Probabilities of all outputs; of class 1 where there is one.
LongMatrix PlainProbabilities(const LongMatrix& logits);

Long PlainLogLoss(const PlainRows& rows, const PlainFit& fit);

// The gradient of loss + decay/2 ||weights||^2: (features + 1) x outputs, the intercepts last.
LongMatrix PlainLogGradient(const PlainRows& rows, const PlainFit& fit, Long decay);

// The gradient of the squared loss, mean over rows, likewise.
LongMatrix PlainSquaredGradient(const PlainRows& rows, const PlainFit& fit, Long decay);

// The Hessian of the mean log loss with its penalty at `fit`, whose intercepts sum to 0.
LongMatrix PlainLogHessian(const PlainRows& rows, const PlainFit& fit, Long decay);

// Newton's method with the whole Hessian, steps halved while the loss does not fall; `outputs` is 1
// or the number of classes, whose intercepts sum to 0.
PlainFit PlainLogistic(const PlainRows& rows, int outputs, Long decay);

}  // namespace halflife::testing
