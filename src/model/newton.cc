#include "model/newton.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace halflife {
namespace {

// Up to this many parameters the whole Hessian is factored, above it the blocks of single outputs.
constexpr Eigen::Index kMostTogether = 1000;

constexpr double kGradient = 1e-8;  // what Solve promises
constexpr double kLogits = 1e-7;
constexpr double kRest = 1e-8;  // of the last step, by the preconditioner
constexpr double kLeft = 1e-9;  // of a step foreseen by the preconditioner, which is not taken

// Along a step that changes no logit by more than t, the curvature changes by a factor of at most
// exp(2 t) (generalised self-concordance: Bach 2010, Electronic Journal of Statistics 4:384). The
// loss then falls by at least q (1 - (e^c - c - 1) / c^2), q = step' Hessian step, c = 2 t, for
// steps of conjugate gradients have -gradient' step = q: for t = 1/2 by .28 q. Such a step needs no
// look at the losses, which may be too close to be told apart.
constexpr double kTrusted = 0.5;

// Rounds of steps without progress, by either measure, after which only rounding is left.
class Stall {
 public:
  bool Reached(double norm, double reach) {
    constexpr int kPatience = 8;
    const bool lower = norm < 0.5 * norm_ || reach < 0.5 * reach_;
    rounds_ = lower ? 0 : rounds_ + 1;
    norm_ = std::min(norm_, norm);
    reach_ = std::min(reach_, reach);
    return rounds_ >= kPatience;
  }

 private:
  double norm_ = std::numeric_limits<double>::infinity();
  double reach_ = std::numeric_limits<double>::infinity();
  int rounds_ = 0;
};

double Dot(const Matrix& a, const Matrix& b) { return a.cwiseProduct(b).sum(); }

// With a logit a class, adding one vector to every class changes nothing: steps are kept free of
// it.
Matrix WithoutCommonPart(Matrix step) {
  if (step.cols() > 1) step.colwise() -= step.rowwise().mean().eval();
  return step;
}

}  // namespace

NewtonSolver::NewtonSolver(const SoftmaxRows* rows, int most_steps)
    : rows_(rows),
      most_steps_(most_steps),
      furthest_(rows->products != nullptr
                    ? std::numeric_limits<double>::infinity()
                    : std::sqrt(rows->inputs.colwise().squaredNorm().maxCoeff())) {
  const bool together =
      rows->outputs <= kMostOutputsTogether && rows->size() * rows->outputs <= kMostTogether;
  groups_.resize(together ? 1 : static_cast<std::size_t>(rows->outputs));
  for (int output = 0; output < rows->outputs; ++output) {
    groups_[together ? 0 : static_cast<std::size_t>(output)].push_back(output);
  }
}

Matrix NewtonSolver::Start() const {
  const int m = rows_->outputs;
  Vector counts = Vector::Zero(std::max(2, m));
  for (std::size_t i = 0; i < rows_->classes.size(); ++i)
    counts(rows_->classes[i]) += rows_->weights(static_cast<Eigen::Index>(i));
  Matrix start = Matrix::Zero(rows_->size(), m);
  const Eigen::Index last = start.rows() - 1;
  if (m == 1) {
    start(last, 0) = std::log(counts(1) / counts(0));
  } else {
    start.row(last) = counts.array().log().matrix().transpose();
    start.row(last).array() -= start.row(last).mean();
  }
  return start;
}

// False where the curvature is no number.
bool NewtonSolver::Factor(const SoftmaxState& state, double decay) {
  if (rows_->products != nullptr) {
    const Matrix curvature = RowCurvature(*rows_, state);
    if (!curvature.allFinite()) return false;
    preconditioner_ = rows_->products->Precondition(curvature, decay, closely_);
    stale_ = false;
    return true;
  }
  factors_.assign(groups_.size(), Matrix());
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    std::optional<Matrix> factor = FactorHessian(Hessian(*rows_, state, groups_[g]), decay,
                                                 static_cast<int>(groups_[g].size()));
    if (!factor) return false;
    factors_[g] = std::move(*factor);
  }
  stale_ = false;
  return true;
}

Matrix NewtonSolver::Precondition(const Matrix& residual) const {
  Matrix solved = WithoutCommonPart(residual);
  if (preconditioner_) return WithoutCommonPart(preconditioner_->Solve(solved));
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    const auto first = static_cast<Eigen::Index>(groups_[g].front());
    const auto count = static_cast<Eigen::Index>(groups_[g].size());
    auto columns = solved.middleCols(first, count);  // contiguous, output after output
    CholeskySolve(factors_[g], Eigen::Map<Vector>(columns.data(), columns.size()));
  }
  return WithoutCommonPart(std::move(solved));
}

// Conjugate gradients on Hessian * step = -gradient, to a residual of `tolerance`. Needs a factor,
// fresh or not.
Matrix NewtonSolver::Step(const SoftmaxState& state, const Matrix& gradient, double decay,
                          double tolerance) {
  constexpr int kPatience = 12;    // rounds, after which fresh curvature is worth its price
  constexpr int kManyRounds = 60;  // after which a diagonal is too far from the inverse
  const int most = std::min(400, 40 + 20 * static_cast<int>(gradient.rows()));
  Matrix step = Matrix::Zero(gradient.rows(), gradient.cols());
  Matrix residual = -gradient;
  Matrix preconditioned = Precondition(residual);
  Matrix direction = preconditioned;
  double energy = Dot(residual, preconditioned);
  int rounds = 0;
  gain_ = 1.0;
  // A small gradient needs no more of the step than what may still change a logit.
  const bool small = gradient.norm() <= kGradient;
  const auto unneeded = [&] {
    return small && rounds >= kPatience && gain_ * furthest_ * preconditioned.norm() <= kRest;
  };
  for (; rounds < most && residual.norm() > tolerance && energy > 0.0 && !unneeded(); ++rounds) {
    const Matrix product = HessianTimes(*rows_, state, decay, direction);
    const double curvature = Dot(direction, product);
    if (!(curvature > 0.0)) break;
    const double length = energy / curvature;
    gain_ = std::max(gain_, length);
    step += length * direction;
    residual -= length * product;
    preconditioned = Precondition(residual);
    const double next = Dot(residual, preconditioned);
    direction = preconditioned + (next / energy) * direction;
    energy = next;
  }
  stale_ = rounds > kPatience;
  closely_ = closely_ || rounds > kManyRounds;
  return WithoutCommonPart(rounds > 0 ? step : preconditioned);
}

// Whether `after`, reached by `length` times a step along which the loss falls by `slope` at first,
// is lower: by the losses (Armijo's rule, 1966) where they can tell, else by the slope, which must
// not have turned to more than half of what it was (Hager and Zhang 2005, SIAM J. Optim. 16:170).
bool NewtonSolver::Lowers(double decay, double slope, double length, const Matrix& step,
                          const SoftmaxState& before, const Matrix& moved,
                          const SoftmaxState& after) const {
  // Losses are right to about 1e-13 of the larger of 1 and themselves: logits of a few hundred
  // lose two digits.
  constexpr double kTells = 1e-9;
  const double unit = std::max(1.0, before.loss);
  if (-slope * length > kTells * unit) return after.loss <= before.loss + 1e-4 * slope * length;
  return after.loss <= before.loss + kTells * unit &&
         Dot(Gradient(*rows_, moved, after, decay), step) <= -0.5 * slope;
}

// Takes `step`, or the first of its halves that lowers the loss.
void NewtonSolver::Move(double decay, const Matrix& gradient, const Matrix& step, double reach,
                        Matrix* parameters, SoftmaxState* state) const {
  const double slope = Dot(gradient, step);
  const double trusted = std::min(1.0, kTrusted / reach);
  for (double length = 1.0;; length = std::max(trusted, 0.5 * length)) {
    Matrix moved = *parameters + length * step;
    SoftmaxState next = Evaluate(*rows_, moved, decay);
    if (length > trusted && !Lowers(decay, slope, length, step, *state, moved, next)) continue;
    *parameters = std::move(moved);
    *state = std::move(next);
    return;
  }
}

double NewtonSolver::Reach(const Matrix& step) const {
  return rows_->Times(step).cwiseAbs().maxCoeff();
}

NewtonEnd NewtonSolver::Solve(double decay, Matrix* parameters, SoftmaxState* state) {
  constexpr double kNoEnd = 1e-4;
  constexpr int kMostLongSteps = 4;
  // Towards a finite minimum Newton's steps shrink ever faster; where there is none each moves the
  // logits about as far as the last, while the gradient falls.
  int long_steps = 0;
  double reach_before = std::numeric_limits<double>::infinity();
  Stall stall;
  gain_ = std::numeric_limits<double>::infinity();  // at another decay than the last
  *state = Evaluate(*rows_, *parameters, decay);
  for (int step_count = 0; step_count < most_steps_; ++step_count) {
    if (decay == 0.0 && Separates(*state, rows_->classes)) return NewtonEnd::kSeparable;
    const Matrix gradient = Gradient(*rows_, *parameters, *state, decay);
    const double norm = gradient.norm();
    if (norm <= kGradient && reach_before <= kLogits) return NewtonEnd::kConverged;
    if (norm <= kGradient && !stale_ && gain_ * Reach(Precondition(gradient)) <= kLeft)
      return NewtonEnd::kConverged;
    if (!std::isfinite(norm) || (stale_ && !Factor(*state, decay))) return NewtonEnd::kStuck;
    // Inexact Newton: the tolerance falls faster than the gradient (Dembo, Eisenstat, Steihaug
    // 1982). With one output rounds are cheap: a tight one costs one or two and saves the last
    // step.
    const double share = rows_->outputs == 1 ? 0.03 : 1.0;
    const double tolerance = norm * std::min(0.1, std::max(share * std::sqrt(norm), 1e-6));
    const Matrix step = Step(*state, gradient, decay, tolerance);
    const double reach = Reach(step);
    if (!std::isfinite(reach)) return NewtonEnd::kStuck;
    const bool far =
        decay == 0.0 && norm <= kGradient && reach > kNoEnd && reach > 0.5 * reach_before;
    long_steps = far ? long_steps + 1 : 0;
    if (long_steps >= kMostLongSteps) return NewtonEnd::kSeparable;
    reach_before = reach;
    if (norm <= kGradient && reach > kLogits && stall.Reached(norm, reach))
      return NewtonEnd::kConverged;
    Move(decay, gradient, step, reach, parameters, state);
  }
  const bool small = Gradient(*rows_, *parameters, *state, decay).norm() <= kGradient;
  return decay > 0.0 && small ? NewtonEnd::kConverged : NewtonEnd::kStuck;
}

bool HasNoFiniteFit(const SoftmaxRows& rows) {
  NewtonSolver solver(&rows);
  Matrix parameters = solver.Start();
  SoftmaxState state;
  return solver.Solve(0.0, &parameters, &state) == NewtonEnd::kSeparable;
}

NewtonEnd SolveFromScratch(const SoftmaxRows& rows, double decay, Matrix* parameters,
                           SoftmaxState* state) {
  const int many_steps = rows.products != nullptr ? 100 : 1000;
  constexpr double kLeast = 1e-14;  // of the largest curvature: where a path to decay 0 ends
  NewtonSolver solver(&rows, many_steps);
  *parameters = solver.Start();
  const Eigen::Index features = rows.size() - 1;
  // Standardised features that are not laid out have a variance of 1 each.
  const double largest =
      rows.products != nullptr
          ? static_cast<double>(features)
          : rows.inputs.topRows(features).colwise().squaredNorm().dot(rows.weights) / rows.total();
  double next = largest;
  while (next > std::max(decay, kLeast * largest)) {
    solver.Solve(next, parameters, state);
    next *= 0.1;
  }
  return solver.Solve(decay, parameters, state);
}

}  // namespace halflife
