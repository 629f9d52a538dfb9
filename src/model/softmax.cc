#include "model/softmax.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/sums.h"
#include "model/spectrum.h"
#include "model/weighted_grams.h"

namespace halflife {
namespace {

// Both fill in probabilities and errors and return the sum of the weighted losses. With e =
// exp(-|t|), 1 / (1 + exp(-t)) is 1 / (1 + e) or e / (1 + e), and log(1 + exp(-t)) is log(1 + e),
// or that and |t|: nothing overflows, and what is near 0 keeps its digits.
double TwoClassLoss(std::span<const int32_t> classes, const Vector& weights, SoftmaxState* state) {
  CompensatedSum total;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    const double t = state->logits(0, row);
    const double e = std::exp(-std::fabs(t));
    const double likely = 1.0 / (1.0 + e);
    const double unlikely = e * likely;
    const bool second = classes[i] == 1;
    const bool right = second == (t >= 0.0);
    state->probabilities(0, row) = t >= 0.0 ? likely : unlikely;
    const double off = right ? unlikely : likely;
    state->errors(0, row) = second ? -off : off;
    total.Add(weights(row) * ((right ? 0.0 : std::fabs(t)) + std::log1p(e)));
  }
  return total.Total();
}

double ManyClassLoss(std::span<const int32_t> classes, const Vector& weights, SoftmaxState* state) {
  CompensatedSum total;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    const auto logits = state->logits.col(row);
    const Eigen::Index own = classes[i];
    const double largest = logits.maxCoeff();
    auto shares = state->probabilities.col(row);
    shares = (logits.array() - largest).exp();
    const double own_share = shares(own);
    shares(own) = 0.0;
    const double others = shares.sum();
    shares(own) = own_share;
    const double sum = own_share + others;
    shares /= sum;
    state->errors.col(row) = shares;
    state->errors(own, row) = -others / sum;
    // Where the own class leads, log(1 + others) keeps the digits of a loss near 0.
    total.Add(weights(row) *
              (own_share == 1.0 ? std::log1p(others) : largest + std::log(sum) - logits(own)));
  }
  return total.Total();
}

// Fills in all but the logits; the loss without the penalty.
void FinishState(std::span<const int32_t> classes, const Vector& weights, SoftmaxState* state) {
  state->probabilities.resize(state->logits.rows(), state->logits.cols());
  state->errors.resize(state->logits.rows(), state->logits.cols());
  const double total = state->logits.rows() == 1 ? TwoClassLoss(classes, weights, state)
                                                 : ManyClassLoss(classes, weights, state);
  state->data_loss = total / weights.sum();
}

// p (1 - p) of one output, row by row. By the errors, whose size is p or 1 - p, it keeps its digits
// where p is next to 1.
auto CurvatureOf(const SoftmaxState& state, int output) {
  const auto size = state.errors.row(output).array().abs();
  return size * (1.0 - size);
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

Matrix SoftmaxRows::Times(const Matrix& parameters) const {
  if (products != nullptr) return products->Times(parameters);
  const Matrix across = parameters.transpose();
  Matrix logits(across.rows(), inputs.cols());
  constexpr Eigen::Index kRowsAtOnce = 256;
  for (Eigen::Index first = 0; first < inputs.cols(); first += kRowsAtOnce) {
    const Eigen::Index count = std::min(kRowsAtOnce, inputs.cols() - first);
    logits.middleCols(first, count).noalias() = across * inputs.middleCols(first, count);
  }
  return logits;
}

Matrix SoftmaxRows::Against(const Matrix& values) const {
  return products != nullptr ? products->Against(values) : Matrix(inputs * values.transpose());
}

Matrix SoftmaxRows::Decayed(const Matrix& parameters) const {
  Matrix decayed = parameters;
  decayed.bottomRows(1).setZero();
  if (products == nullptr) return decayed;
  for (const Eigen::Index free : products->undecayed()) decayed.row(free).setZero();
  return decayed;
}

SoftmaxState Evaluate(const SoftmaxRows& rows, const Matrix& parameters, double decay) {
  SoftmaxState state;
  state.logits = rows.Times(parameters);
  FinishState(rows.classes, rows.weights, &state);
  state.loss = state.data_loss + 0.5 * decay * rows.Decayed(parameters).squaredNorm();
  return state;
}

double LossOfLogits(const Matrix& logits, std::span<const int32_t> classes, const Vector& weights) {
  SoftmaxState state;
  state.logits = logits;
  FinishState(classes, weights, &state);
  return state.data_loss;
}

Matrix Gradient(const SoftmaxRows& rows, const Matrix& parameters, const SoftmaxState& state,
                double decay) {
  const Matrix errors =
      (state.errors.array().rowwise() * rows.weights.transpose().array()).matrix();
  return rows.Against(errors) / rows.total() + decay * rows.Decayed(parameters);
}

Matrix HessianTimes(const SoftmaxRows& rows, const SoftmaxState& state, double decay,
                    const Matrix& direction) {
  Matrix moved = rows.Times(direction);
  if (rows.outputs == 1) {
    moved.array() *= CurvatureOf(state, 0) * rows.weights.transpose().array();
  } else {
    // Moves are taken relative to the own class's: what differs from it is what keeps its digits
    // where that class has nearly all of the probability.
    for (Eigen::Index i = 0; i < moved.cols(); ++i) {
      auto column = moved.col(i).array();
      const auto p = state.probabilities.col(i).array();
      column -= column(rows.classes[static_cast<std::size_t>(i)]);
      const double mean = (p * column).sum();
      column = p * (column - mean) * rows.weights(i);
    }
  }
  return rows.Against(moved) / rows.total() + decay * rows.Decayed(direction);
}

Matrix RowCurvature(const SoftmaxRows& rows, const SoftmaxState& state) {
  Matrix curvature(rows.outputs, rows.weights.size());
  for (int output = 0; output < rows.outputs; ++output)
    curvature.row(output) =
        CurvatureOf(state, output).max(0.0) * rows.weights.transpose().array() / rows.total();
  return curvature;
}

Matrix Hessian(const SoftmaxRows& rows, const SoftmaxState& state, std::span<const int> outputs) {
  constexpr Eigen::Index kRowsAtOnce = 256;
  const auto count = static_cast<Eigen::Index>(outputs.size());
  const auto output = [&](Eigen::Index a) { return outputs[static_cast<std::size_t>(a)]; };
  // Pairs of outputs a >= b: rows are weighted by p_a (1[a = b] - p_b).
  WeightedGrams blocks(PairCount(count), rows.inputs.rows());
  Matrix weights;
  for (Eigen::Index first = 0; first < rows.inputs.cols(); first += kRowsAtOnce) {
    const Eigen::Index used = std::min(kRowsAtOnce, rows.inputs.cols() - first);
    const auto p = state.probabilities.middleCols(first, used).array();
    weights.resize(PairCount(count), used);
    Eigen::Index pair = 0;
    for (Eigen::Index a = 0; a < count; ++a) {
      for (Eigen::Index b = 0; b < a; ++b)
        weights.row(pair++) = -p.row(output(a)) * p.row(output(b));
      weights.row(pair++) = CurvatureOf(state, output(a)).middleCols(first, used).max(0.0);
    }
    weights.array().rowwise() *=
        rows.weights.segment(first, used).transpose().array() / rows.total();
    blocks.Add(weights, rows.inputs.middleCols(first, used).transpose());
  }
  return blocks.Blocks(count, 0, 1);
}

std::optional<Matrix> FactorHessian(Matrix hessian, double decay, int outputs) {
  const Eigen::Index size = hessian.rows() / outputs;
  for (Eigen::Index i = 0; i < hessian.rows(); ++i) {
    if (i % size != size - 1) hessian(i, i) += decay;
  }
  // The direction common to all outputs is flat, and where all probabilities are near 0 or 1
  // others are too; a growing ridge still leaves a preconditioner.
  const double trace = hessian.trace();
  if (!std::isfinite(trace)) return std::nullopt;
  const double unit = std::max(kEps * trace, std::numeric_limits<double>::min());
  return CholeskyWithRidge(hessian, outputs > 1 ? unit : 0.0, unit, trace);
}

double EffectiveDof(const SoftmaxRows& rows, const SoftmaxState& state, double decay) {
  std::vector<int> outputs(static_cast<std::size_t>(rows.outputs));
  std::iota(outputs.begin(), outputs.end(), 0);
  const Matrix hessian = decay == 0.0 ? Matrix() : Hessian(rows, state, outputs);
  return EffectiveDof(hessian, rows.outputs, rows.inputs.rows() - 1, decay);
}

double EffectiveDof(const Matrix& hessian, int outputs, Eigen::Index rank, double decay) {
  const int m = outputs;
  const double most = static_cast<double>(rank) * std::max(1, m - 1);
  if (decay == 0.0) return most;
  const Eigen::Index r = hessian.rows() / m - 1;
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
  const SymmetricEigen own = DecomposeSymmetric(intercepts);
  // Moving all intercepts together changes nothing, and probabilities of 0 or 1 have no curvature:
  // such directions are profiled out as they are.
  const double flat = 4.0 * m * kEps * own.values.maxCoeff();
  for (Eigen::Index i = 0; i < m; ++i) {
    if (!(own.values(i) > flat)) continue;
    const Vector half = mixed * own.vectors.col(i) / std::sqrt(own.values(i));
    weights.noalias() -= half * half.transpose();
  }
  Matrix factor = weights;
  factor.diagonal().array() += decay;
  if (CholeskyInPlace(&factor)) {
    const Matrix inverse =
        factor.triangularView<Eigen::Lower>().solve(Matrix::Identity(r * m, r * m));
    // A decay near the rounding of S may leave more than the directions in which logits differ.
    return std::min(static_cast<double>(r * m) - decay * inverse.squaredNorm(), most);
  }
  // A decay below the rounding of S.
  return EffectiveDof(DecomposeSymmetric(weights).values.cwiseMax(0.0), decay);
}

bool Separates(const SoftmaxState& state, std::span<const int32_t> classes) {
  for (std::size_t i = 0; i < classes.size(); ++i) {
    if (!Wins(state, static_cast<Eigen::Index>(i), classes[i])) return false;
  }
  return true;
}

std::vector<int32_t> PickClasses(const std::vector<int32_t>& classes,
                                 const std::vector<uint32_t>& rows) {
  std::vector<int32_t> picked;
  picked.reserve(rows.size());
  for (const uint32_t row : rows) picked.push_back(classes[row]);
  return picked;
}

}  // namespace halflife
