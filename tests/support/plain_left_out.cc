#include "support/plain_left_out.h"

#include <Eigen/Cholesky>

#include "model/standardizer.h"
#include "support/least_norm.h"

namespace halflife::testing {

PlainRows StandardisedRowsOf(const Dataset& data, const std::vector<uint32_t>& training,
                             const std::vector<uint32_t>& rows) {
  const Standardizer learnt = LearnStandardizer(data.design, training, data.weights);
  PlainRows plain = PlainTargetsOf(data, rows);
  plain.x = Standardize(data.design, learnt, rows).transpose().cast<Long>();
  return plain;
}

Long PredictWithout(const LongMatrix& z, const LongVector& y, const LongVector& share,
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
    slopes = LeastNorm(centred.transpose(), target,
                       1e-11L);  // standardised columns carry the rounding of doubles
  }
  return y_mean + slopes.dot(z.col(left_out) - mean);
}

Long PlainLeaveOneOut(const Dataset& data, const std::vector<uint32_t>& rows, double decay) {
  const PlainRows of = StandardisedRowsOf(data, rows, rows);
  const LongMatrix z = of.x.transpose();
  Long loss = 0;
  for (Eigen::Index i = 0; i < of.y.size(); ++i) {
    const Long error = of.y(i) - PredictWithout(z, of.y, of.weights, i, decay);
    loss += of.weights(i) * error * error / 2;
  }
  return loss;
}

Long PlainNewtonLeaveOneOut(const PlainRows& all, int outputs, Long decay) {
  const PlainFit fit = PlainLogistic(all, outputs, decay);
  Long loss = 0;
  for (Eigen::Index i = 0; i < all.x.rows(); ++i) {
    PlainRows others = all;  // a row of weight 0 is none
    others.weights(i) = 0;
    const LongMatrix gradient = PlainLogGradient(others, fit, decay);
    const LongVector step =
        PlainLogHessian(others, fit, decay)
            .ldlt()
            .solve(Eigen::Map<const LongVector>(gradient.data(), gradient.size()));
    const Eigen::Map<const LongMatrix> shaped(step.data(), gradient.rows(), gradient.cols());
    const Eigen::Index p = all.x.cols();
    PlainRows own{
        all.x.row(i), {}, {all.classes[static_cast<std::size_t>(i)]}, LongVector::Ones(1)};
    loss += all.weights(i) * PlainLogLoss(own, {fit.weights - shaped.topRows(p),
                                                fit.intercept - shaped.row(p).transpose()});
  }
  return loss;
}

}  // namespace halflife::testing
