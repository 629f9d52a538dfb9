#include "model/newton.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"

namespace halflife {
namespace {

// Up to this many parameters the whole Hessian is factored, above it the blocks of single outputs.
constexpr Eigen::Index kMostTogether = 1000;

double Dot(const Matrix& a, const Matrix& b) { return a.cwiseProduct(b).sum(); }

// With a logit a class, adding one vector to every class changes nothing: steps are kept free of
// it.
Matrix WithoutCommonPart(Matrix step) {
  if (step.cols() > 1) step.colwise() -= step.rowwise().mean().eval();
  return step;
}

}  // namespace

NewtonSolver::NewtonSolver(const SoftmaxRows* rows) : rows_(rows) {
  const bool together =
      rows->outputs <= kMostOutputsTogether && rows->inputs.rows() * rows->outputs <= kMostTogether;
  groups_.resize(together ? 1 : static_cast<std::size_t>(rows->outputs));
  for (int output = 0; output < rows->outputs; ++output) {
    groups_[together ? 0 : static_cast<std::size_t>(output)].push_back(output);
  }
}

Matrix NewtonSolver::Start() const {
  const int m = rows_->outputs;
  Vector counts = Vector::Zero(std::max(2, m));
  for (const int32_t c : rows_->classes) counts(c) += 1.0;
  Matrix start = Matrix::Zero(rows_->inputs.rows(), m);
  const Eigen::Index last = start.rows() - 1;
  if (m == 1) {
    start(last, 0) = std::log(counts(1) / counts(0));
  } else {
    start.row(last) = counts.array().log().matrix().transpose();
    start.row(last).array() -= start.row(last).mean();
  }
  return start;
}

void NewtonSolver::Factor(const SoftmaxState& state, double decay) {
  const Eigen::Index size = rows_->inputs.rows();
  factors_.assign(groups_.size(), Matrix());
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    Matrix hessian = Hessian(*rows_, state, groups_[g]);
    for (Eigen::Index i = 0; i < hessian.rows(); ++i) {
      if (i % size != size - 1) hessian(i, i) += decay;
    }
    // The direction common to all outputs is flat, and where all probabilities are near 0 or 1
    // others are too; a growing ridge still leaves a preconditioner.
    const double unit = kEps * (hessian.trace() + kEps);
    for (double ridge = groups_[g].size() > 1 ? unit : 0.0;; ridge = std::max(10.0 * ridge, unit)) {
      factors_[g] = hessian;
      factors_[g].diagonal().array() += ridge;
      if (CholeskyInPlace(&factors_[g])) break;
      HALFLIFE_CHECK(std::isfinite(ridge));
    }
  }
  stale_ = false;
}

Matrix NewtonSolver::Precondition(const Matrix& residual) const {
  Matrix solved = WithoutCommonPart(residual);
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    const auto first = static_cast<Eigen::Index>(groups_[g].front());
    const auto count = static_cast<Eigen::Index>(groups_[g].size());
    auto columns = solved.middleCols(first, count);  // contiguous, output after output
    CholeskySolve(factors_[g], Eigen::Map<Vector>(columns.data(), columns.size()));
  }
  return WithoutCommonPart(std::move(solved));
}

// Conjugate gradients on Hessian * step = -gradient, to a residual of `tolerance`.
Matrix NewtonSolver::Step(const SoftmaxState& state, const Matrix& gradient, double decay,
                          double tolerance) {
  constexpr int kPatience = 12;  // rounds, after which fresh curvature is worth its price
  const int most = 40 + 20 * static_cast<int>(gradient.rows());
  if (stale_) Factor(state, decay);
  Matrix step = Matrix::Zero(gradient.rows(), gradient.cols());
  Matrix residual = -gradient;
  Matrix preconditioned = Precondition(residual);
  Matrix direction = preconditioned;
  double energy = Dot(residual, preconditioned);
  int rounds = 0;
  for (; rounds < most && residual.norm() > tolerance && energy > 0.0; ++rounds) {
    const Matrix product = HessianTimes(*rows_, state, decay, direction);
    const double curvature = Dot(direction, product);
    if (!(curvature > 0.0)) break;
    const double length = energy / curvature;
    step += length * direction;
    residual -= length * product;
    preconditioned = Precondition(residual);
    const double next = Dot(residual, preconditioned);
    direction = preconditioned + (next / energy) * direction;
    energy = next;
  }
  stale_ = rounds > kPatience;
  return rounds > 0 ? step : preconditioned;
}

// Armijo's rule (1966), halving; a rise within the rounding of the loss counts as level.
bool NewtonSolver::Search(double decay, const Matrix& gradient, Matrix step, Matrix* parameters,
                          SoftmaxState* state) {
  const double slope = Dot(gradient, step);
  const double rounding = 16.0 * kEps * std::max(1.0, state->loss);
  for (int halving = 0; halving < 50; ++halving, step *= 0.5) {
    Matrix moved = *parameters + step;
    SoftmaxState next = Evaluate(*rows_, moved, decay);
    const double enough = 1e-4 * slope * std::ldexp(1.0, -halving);
    if (!(next.loss <= state->loss + enough + rounding)) continue;
    *parameters = std::move(moved);
    *state = std::move(next);
    return true;
  }
  return false;
}

double NewtonSolver::Reach(const Matrix& step) const {
  return (step.transpose() * rows_->inputs).cwiseAbs().maxCoeff();
}

NewtonEnd NewtonSolver::Solve(double decay, Matrix* parameters, SoftmaxState* state) {
  constexpr int kMostSteps = 200;
  constexpr double kGradient = 1e-8;
  constexpr double kLogits = 1e-7;
  constexpr double kNoEnd = 1e-4;
  constexpr int kMostLongSteps = 4;
  // Towards a finite minimum Newton's steps shrink ever faster; where there is none each moves the
  // logits about as far as the last, while the gradient falls.
  int long_steps = 0;
  double reach_before = std::numeric_limits<double>::infinity();
  *state = Evaluate(*rows_, *parameters, decay);
  for (int step_count = 0; step_count < kMostSteps; ++step_count) {
    if (decay == 0.0 && Separates(*state, rows_->classes)) return NewtonEnd::kSeparable;
    const Matrix gradient = Gradient(*rows_, *parameters, *state, decay);
    const double norm = gradient.norm();
    // The preconditioner is the inverse Hessian to within a small factor, for which a tenth makes
    // room.
    if (norm <= kGradient && !stale_ && Reach(Precondition(gradient)) <= 0.1 * kLogits)
      return NewtonEnd::kConverged;
    // Inexact Newton: the tolerance falls faster than the gradient (Dembo, Eisenstat, Steihaug
    // 1982).
    const double tolerance = norm * std::min(0.1, std::max(std::sqrt(norm), 1e-6));
    const Matrix step = WithoutCommonPart(Step(*state, gradient, decay, tolerance));
    const double reach = Reach(step);
    if (norm <= kGradient && reach <= kLogits) {
      *parameters += step;
      *state = Evaluate(*rows_, *parameters, decay);
      return NewtonEnd::kConverged;
    }
    const bool far =
        decay == 0.0 && norm <= kGradient && reach > kNoEnd && reach > 0.5 * reach_before;
    long_steps = far ? long_steps + 1 : 0;
    if (long_steps >= kMostLongSteps) return NewtonEnd::kSeparable;
    reach_before = reach;
    if (!Search(decay, gradient, step, parameters, state)) {
      if (stale_)
        return norm <= kGradient ? NewtonEnd::kConverged
                                 : (decay == 0.0 ? NewtonEnd::kSeparable : NewtonEnd::kStuck);
      stale_ = true;  // once more with fresh curvature
    }
  }
  return decay == 0.0 ? NewtonEnd::kSeparable : NewtonEnd::kStuck;
}

}  // namespace halflife
