#include "support/plain_fits.h"

#include <Eigen/Cholesky>
#include <cmath>

#include "support/cells.h"

namespace halflife::testing {

PlainRows PlainTargetsOf(const Dataset& data, const std::vector<uint32_t>& rows) {
  PlainRows plain;
  plain.weights = data.weights(rows).cast<Long>();
  plain.weights /= plain.weights.sum();
  if (data.target.task == Task::kRegression) plain.y = data.target.numbers(rows).cast<Long>();
  for (const uint32_t row : rows) {
    if (data.target.task == Task::kClassification)
      plain.classes.push_back(data.target.classes[row]);
  }
  return plain;
}

PlainRows PlainRowsOf(const Dataset& data, const std::vector<uint32_t>& training,
                      const std::vector<uint32_t>& rows) {
  PlainRows plain = PlainTargetsOf(data, rows);
  LongVector share = data.weights(training).cast<Long>();
  share /= share.sum();
  plain.x.resize(static_cast<Eigen::Index>(rows.size()), 0);
  const Matrix cells = CellsOf(data.design);
  for (Eigen::Index f = 0; f < data.design.size(); ++f) {
    const LongVector all = cells.row(f).transpose().cast<Long>();
    const LongVector seen = all(training);
    if (seen.minCoeff() == seen.maxCoeff()) continue;
    const Long mean = seen.dot(share);
    const Long deviation = std::sqrt((seen.array() - mean).square().matrix().dot(share));
    plain.x.conservativeResize(Eigen::NoChange, plain.x.cols() + 1);
    plain.x.rightCols(1) = (all(rows).array() - mean) / deviation;
  }
  return plain;
}

LongMatrix PlainOutputs(const PlainRows& rows, const PlainFit& fit) {
  return (rows.x * fit.weights).rowwise() + fit.intercept.transpose();
}

PlainFit PlainRidge(const PlainRows& rows, Long decay) {
  const Eigen::Index p = rows.x.cols();
  const LongVector mean = rows.x.transpose() * rows.weights;
  const LongMatrix x = rows.x.rowwise() - mean.transpose();
  const Long y_mean = rows.y.dot(rows.weights);
  const LongVector y = rows.y.array() - y_mean;
  LongMatrix gram = x.transpose() * rows.weights.asDiagonal() * x;
  gram += decay * LongMatrix::Identity(p, p);
  PlainFit fit;
  fit.weights = gram.ldlt().solve(x.transpose() * rows.weights.cwiseProduct(y));
  fit.intercept = LongVector::Constant(1, y_mean - mean.dot(fit.weights.col(0)));
  return fit;
}

Long PlainSquaredLoss(const PlainRows& rows, const PlainFit& fit) {
  return (rows.y - PlainOutputs(rows, fit).col(0)).cwiseAbs2().dot(rows.weights) / 2;
}

LongMatrix PlainProbabilities(const LongMatrix& logits) {
  if (logits.cols() == 1) return (1 + (-logits.array()).exp()).inverse();
  LongMatrix shares = (logits.colwise() - logits.rowwise().maxCoeff()).array().exp().matrix();
  shares.array().colwise() /= shares.rowwise().sum().array().eval();
  return shares;
}

Long PlainLogLoss(const PlainRows& rows, const PlainFit& fit) {
  const LongMatrix logits = PlainOutputs(rows, fit);
  Long loss = 0;
  for (Eigen::Index i = 0; i < logits.rows(); ++i) {
    const int32_t own = rows.classes[static_cast<std::size_t>(i)];
    Long other = 0;
    if (logits.cols() == 1) {
      other = std::exp(own == 1 ? -logits(i, 0) : logits(i, 0));
    } else {
      for (Eigen::Index c = 0; c < logits.cols(); ++c)
        other += c == own ? 0 : std::exp(logits(i, c) - logits(i, own));
    }
    loss += rows.weights(i) * std::log1p(other);
  }
  return loss;
}

LongMatrix PlainLogGradient(const PlainRows& rows, const PlainFit& fit, Long decay) {
  LongMatrix errors = PlainProbabilities(PlainOutputs(rows, fit));
  for (Eigen::Index i = 0; i < errors.rows(); ++i) {
    const int32_t own = rows.classes[static_cast<std::size_t>(i)];
    if (errors.cols() > 1) {
      errors(i, own) -= 1;
    } else if (own == 1) {
      errors(i, 0) -= 1;
    }
  }
  errors.array().colwise() *= rows.weights.array();
  LongMatrix gradient(rows.x.cols() + 1, errors.cols());
  gradient.topRows(rows.x.cols()) = rows.x.transpose() * errors + decay * fit.weights;
  gradient.bottomRows(1) = errors.colwise().sum();
  return gradient;
}

LongMatrix PlainSquaredGradient(const PlainRows& rows, const PlainFit& fit, Long decay) {
  const LongVector errors = (PlainOutputs(rows, fit).col(0) - rows.y).cwiseProduct(rows.weights);
  LongMatrix gradient(rows.x.cols() + 1, 1);
  gradient.topRows(rows.x.cols()) = rows.x.transpose() * errors + decay * fit.weights;
  gradient(rows.x.cols(), 0) = errors.sum();
  return gradient;
}

LongMatrix PlainLogHessian(const PlainRows& rows, const PlainFit& fit, Long decay) {
  const Eigen::Index size = rows.x.cols() + 1;
  const Eigen::Index outputs = fit.weights.cols();
  LongMatrix inputs(rows.x.rows(), size);
  inputs << rows.x, LongVector::Ones(rows.x.rows());
  const LongMatrix shares = PlainProbabilities(PlainOutputs(rows, fit));
  LongMatrix hessian(size * outputs, size * outputs);
  for (Eigen::Index a = 0; a < outputs; ++a) {
    for (Eigen::Index b = 0; b < outputs; ++b) {
      const LongVector curvature =
          shares.col(a).array() * ((a == b ? 1 : 0) - shares.col(b).array()) * rows.weights.array();
      auto block = hessian.block(a * size, b * size, size, size);
      block = inputs.transpose() * curvature.asDiagonal() * inputs;
      if (a == b) block.diagonal().head(size - 1).array() += decay;
      if (outputs > 1) block(size - 1, size - 1) += 1;  // holds the sum of the intercepts
    }
  }
  return hessian;
}

PlainFit PlainLogistic(const PlainRows& rows, int outputs, Long decay) {
  const Eigen::Index p = rows.x.cols();
  const Eigen::Index size = p + 1;
  PlainFit fit{LongMatrix::Zero(p, outputs), LongVector::Zero(outputs)};
  const auto objective = [&](const PlainFit& at) {
    return PlainLogLoss(rows, at) + decay / 2 * at.weights.squaredNorm();
  };
  for (int round = 0; round < 300; ++round) {
    const LongMatrix gradient = PlainLogGradient(rows, fit, decay);
    if (gradient.norm() < 1e-17L) break;
    const LongVector flat =
        -PlainLogHessian(rows, fit, decay)
             .ldlt()
             .solve(Eigen::Map<const LongVector>(gradient.data(), gradient.size()));
    const LongMatrix step = Eigen::Map<const LongMatrix>(flat.data(), size, outputs);
    const Long before = objective(fit);
    PlainFit next;
    for (Long length = 1; length > 1e-12L; length /= 2) {
      next = {fit.weights + length * step.topRows(p),
              fit.intercept + length * step.row(p).transpose()};
      if (objective(next) <= before) break;
    }
    fit = next;
    // Where the objective has no digits left, this step has squared what the gradient lacked.
    if (!(objective(fit) < before)) break;
  }
  return fit;
}

}  // namespace halflife::testing
