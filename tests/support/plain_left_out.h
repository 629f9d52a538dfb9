// Plain leave-one-out of ridge: a fit a row, in long double.
#pragma once

#include <Eigen/QR>
#include <cstdint>
#include <vector>

#include "model/standardizer.h"
#include "support/plain_fits.h"

namespace halflife::testing {

// Rows standardised by what is learnt on `training`, missing cells filled by it.
inline PlainRows StandardisedRowsOf(const Dataset& data, const std::vector<uint32_t>& training,
                                    const std::vector<uint32_t>& rows) {
  const Standardizer learnt = LearnStandardizer(data.design, training, data.weights);
  PlainRows plain;
  plain.x = Standardize(data.design, learnt, rows).transpose().cast<Long>();
  plain.weights = data.weights(rows).cast<Long>();
  plain.weights /= plain.weights.sum();
  if (data.target.task == Task::kRegression) plain.y = data.target.numbers(rows).cast<Long>();
  for (const uint32_t row : rows) {
    if (data.target.task == Task::kClassification)
      plain.classes.push_back(data.target.classes[row]);
  }
  return plain;
}

// What rows predict of row `left_out` (z: features x rows): means and scales as given, the weighted
// least squares with a free intercept of all other rows; at decay 0 of minimum norm.
inline Long PredictWithout(const LongMatrix& z, const LongVector& y, const LongVector& share,
                           Eigen::Index left_out, Long decay) {
  LongVector weights = share;
  weights(left_out) = 0;
  const Long total = weights.sum();
  const LongVector mean = z * weights / total;
  const Long y_mean = y.dot(weights) / total;
  const LongMatrix centred =
      (z.colwise() - mean) * weights.cwiseSqrt().asDiagonal();  // p x n, row left_out is 0
  const LongVector target = (y.array() - y_mean).matrix().cwiseProduct(weights.cwiseSqrt());
  LongVector slopes;
  if (decay > 0) {
    LongMatrix normal = centred * centred.transpose();
    normal.diagonal().array() += decay;
    slopes = normal.ldlt().solve(centred * target);
  } else {
    Eigen::CompleteOrthogonalDecomposition<LongMatrix> solver(centred.cols(), centred.rows());
    solver.setThreshold(1e-11L);  // standardised columns carry the rounding of doubles
    solver.compute(centred.transpose());
    slopes = solver.solve(target);
  }
  return y_mean + slopes.dot(z.col(left_out) - mean);
}

inline Long PlainLeaveOneOut(const Dataset& data, const std::vector<uint32_t>& rows, double decay) {
  const PlainRows of = StandardisedRowsOf(data, rows, rows);
  const LongMatrix z = of.x.transpose();
  Long loss = 0;
  for (Eigen::Index i = 0; i < of.y.size(); ++i) {
    const Long error = of.y(i) - PredictWithout(z, of.y, of.weights, i, decay);
    loss += of.weights(i) * error * error / 2;
  }
  return loss;
}

}  // namespace halflife::testing
