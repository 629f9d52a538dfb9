#include "model/softmax.h"

#include <cmath>
#include <limits>
#include <numeric>

#include "base/check.h"
#include "model/spectrum.h"

namespace halflife {
namespace {

// log(1 + exp(t)) and 1 / (1 + exp(-t)) without overflow.
double Softplus(double t) { return std::max(t, 0.0) + std::log1p(std::exp(-std::fabs(t))); }
double Sigmoid(double t) {
  const double e = std::exp(-std::fabs(t));
  return (t >= 0.0 ? 1.0 : e) / (1.0 + e);
}

double TwoClassLoss(std::span<const int32_t> classes, SoftmaxState* state) {
  double total = 0.0;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    const double t = state->logits(0, row);
    state->probabilities(0, row) = Sigmoid(t);
    total += Softplus(classes[i] == 1 ? -t : t);
  }
  return total;
}

double ManyClassLoss(std::span<const int32_t> classes, SoftmaxState* state) {
  double total = 0.0;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const auto logits = state->logits.col(static_cast<Eigen::Index>(i));
    const double largest = logits.maxCoeff();
    auto shares = state->probabilities.col(static_cast<Eigen::Index>(i));
    shares = (logits.array() - largest).exp();
    const double sum = shares.sum();
    shares /= sum;
    total += largest + std::log(sum) - logits(classes[i]);
  }
  return total;
}

// Fills in all but the logits; the loss without the penalty.
void FinishState(std::span<const int32_t> classes, SoftmaxState* state) {
  state->probabilities.resize(state->logits.rows(), state->logits.cols());
  const double total =
      state->logits.rows() == 1 ? TwoClassLoss(classes, state) : ManyClassLoss(classes, state);
  state->data_loss = total / static_cast<double>(classes.size());
}

// The Hessian block of one pair of outputs: inputs weighted row by row with p_a (1[a = b] - p_b).
Matrix HessianBlock(const SoftmaxRows& rows, const SoftmaxState& state, int a, int b) {
  const auto p = state.probabilities.row(a).array();
  Matrix weighted = rows.inputs;
  if (a != b) {  // minus a product of roots: the same rank-k update, subtracted
    weighted.array().rowwise() *= (p * state.probabilities.row(b).array() / rows.rows()).sqrt();
  } else {
    weighted.array().rowwise() *= (p * (1.0 - p) / rows.rows()).max(0.0).sqrt();
  }
  Matrix block = Matrix::Zero(weighted.rows(), weighted.rows());
  AddOuterProduct(weighted, &block);
  if (a != b) block = -block;
  return block.selfadjointView<Eigen::Lower>();
}

bool Wins(const SoftmaxState& state, Eigen::Index row, int32_t own) {
  if (state.logits.rows() == 1)
    return (own == 1) == (state.logits(0, row) > 0.0) && state.logits(0, row) != 0.0;
  for (Eigen::Index c = 0; c < state.logits.rows(); ++c) {
    if (c != own && state.logits(c, row) >= state.logits(own, row)) return false;
  }
  return true;
}

}  // namespace

SoftmaxState Evaluate(const SoftmaxRows& rows, const Matrix& parameters, double decay) {
  SoftmaxState state;
  state.logits = parameters.transpose() * rows.inputs;
  FinishState(rows.classes, &state);
  state.loss =
      state.data_loss + 0.5 * decay * parameters.topRows(parameters.rows() - 1).squaredNorm();
  return state;
}

double LossOfLogits(const Matrix& logits, std::span<const int32_t> classes) {
  SoftmaxState state;
  state.logits = logits;
  FinishState(classes, &state);
  return state.data_loss;
}

Matrix Gradient(const SoftmaxRows& rows, const Matrix& parameters, const SoftmaxState& state,
                double decay) {
  Matrix errors = state.probabilities;
  for (Eigen::Index i = 0; i < errors.cols(); ++i) {
    const int32_t own = rows.classes[static_cast<std::size_t>(i)];
    if (rows.outputs > 1) {
      errors(own, i) -= 1.0;
    } else if (own == 1) {
      errors(0, i) -= 1.0;
    }
  }
  Matrix gradient = rows.inputs * errors.transpose() / rows.rows();
  const Eigen::Index weights = parameters.rows() - 1;
  gradient.topRows(weights) += decay * parameters.topRows(weights);
  return gradient;
}

Matrix HessianTimes(const SoftmaxRows& rows, const SoftmaxState& state, double decay,
                    const Matrix& direction) {
  Matrix moved = direction.transpose() * rows.inputs;
  const auto p = state.probabilities.array();
  if (rows.outputs == 1) {
    moved.array() *= p * (1.0 - p);
  } else {
    const Eigen::RowVectorXd mean = (p * moved.array()).colwise().sum();
    moved = (p * (moved.rowwise() - mean).array()).matrix();
  }
  Matrix product = rows.inputs * moved.transpose() / rows.rows();
  const Eigen::Index weights = direction.rows() - 1;
  product.topRows(weights) += decay * direction.topRows(weights);
  return product;
}

Matrix Hessian(const SoftmaxRows& rows, const SoftmaxState& state, std::span<const int> outputs) {
  const Eigen::Index size = rows.inputs.rows();
  const auto count = static_cast<Eigen::Index>(outputs.size());
  Matrix hessian(count * size, count * size);
  for (Eigen::Index a = 0; a < count; ++a) {
    for (Eigen::Index b = 0; b <= a; ++b) {
      const Matrix block = HessianBlock(rows, state, outputs[static_cast<std::size_t>(a)],
                                        outputs[static_cast<std::size_t>(b)]);
      hessian.block(a * size, b * size, size, size) = block;
      hessian.block(b * size, a * size, size, size) = block;  // each block is itself symmetric
    }
  }
  return hessian;
}

double EffectiveDof(const SoftmaxRows& rows, const SoftmaxState& state, double decay) {
  const Eigen::Index r = rows.inputs.rows() - 1;
  const int m = rows.outputs;
  if (decay == 0.0) return static_cast<double>(r) * std::max(1, m - 1);
  std::vector<int> outputs(static_cast<std::size_t>(m));
  std::iota(outputs.begin(), outputs.end(), 0);
  const Matrix hessian = Hessian(rows, state, outputs);
  Matrix weights(r * m, r * m);  // S before profiling
  Matrix mixed(r * m, m);
  Matrix intercepts(m, m);
  for (int a = 0; a < m; ++a) {
    for (int b = 0; b < m; ++b) {
      const auto block = hessian.block(a * (r + 1), b * (r + 1), r + 1, r + 1);
      weights.block(a * r, b * r, r, r) = block.topLeftCorner(r, r);
      mixed.block(a * r, b, r, 1) = block.topRightCorner(r, 1);
      intercepts(a, b) = block(r, r);
    }
  }
  // Moving all intercepts together changes nothing: the constant fixes that direction without a
  // trace.
  if (m > 1) intercepts.array() += intercepts.trace() / m;
  intercepts.diagonal().array() +=
      std::numeric_limits<double>::min();  // all probabilities 0 or 1: no curvature
  HALFLIFE_CHECK(CholeskyInPlace(&intercepts));
  const Matrix half = intercepts.triangularView<Eigen::Lower>().solve(mixed.transpose());
  weights.noalias() -= half.transpose() * half;
  Matrix factor = weights;
  factor.diagonal().array() += decay;
  if (CholeskyInPlace(&factor)) {
    const Matrix inverse =
        factor.triangularView<Eigen::Lower>().solve(Matrix::Identity(r * m, r * m));
    return static_cast<double>(r * m) - decay * inverse.squaredNorm();
  }
  // A decay below the rounding of S.
  return EffectiveDof(DecomposeSymmetric(weights).values.cwiseMax(0.0), decay);
}

double Accuracy(const SoftmaxState& state, std::span<const int32_t> classes) {
  double right = 0.0;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    Eigen::Index guess = 0;
    if (state.logits.rows() == 1) {
      guess = state.logits(0, row) > 0.0 ? 1 : 0;
    } else {
      state.logits.col(row).maxCoeff(&guess);
    }
    if (guess == classes[i]) right += 1.0;
  }
  return right / static_cast<double>(classes.size());
}

bool Separates(const SoftmaxState& state, std::span<const int32_t> classes) {
  for (std::size_t i = 0; i < classes.size(); ++i) {
    if (!Wins(state, static_cast<Eigen::Index>(i), classes[i])) return false;
  }
  return true;
}

}  // namespace halflife
