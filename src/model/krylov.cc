#include "model/krylov.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "model/category_schur.h"

namespace halflife {
namespace {

// One decay's rotations, in the notation of Paige and Saunders; its solution in the basis is that
// of an upper bidiagonal system, kept until the end.
class DampedRotations {
 public:
  DampedRotations(double decay, double alpha, double beta)
      : root_(std::sqrt(decay)), rho_bar_(alpha), phi_bar_(beta) {}

  // One more column (beta below, alpha to its right); the norm of the gradient left.
  double Add(double alpha, double beta) {
    const double damped = std::hypot(rho_bar_, root_);
    phi_bar_ *= rho_bar_ / damped;
    const double rho = std::hypot(damped, beta);
    const double cosine = damped / rho;
    const double sine = beta / rho;
    diagonal_.push_back(rho);
    right_.push_back(sine * alpha);
    least_ = std::min(least_, rho);
    target_.push_back(cosine * phi_bar_);
    rho_bar_ = -cosine * alpha;
    phi_bar_ *= sine;
    return std::fabs(alpha * sine * target_.back());
  }

  // About the smallest singular value met so far.
  double Least() const { return least_; }

  // Into the first rows of `axes`.
  void Solve(Eigen::Ref<Vector> axes) const {
    for (std::size_t i = target_.size(); i-- > 0;) {
      const auto at = static_cast<Eigen::Index>(i);
      const double later = i + 1 < target_.size() ? right_[i] * axes(at + 1) : 0.0;
      axes(at) = (target_[i] - later) / diagonal_[i];
    }
  }

 private:
  double root_;
  double rho_bar_;
  double phi_bar_;
  double least_ = std::numeric_limits<double>::infinity();
  std::vector<double> diagonal_;
  std::vector<double> right_;
  std::vector<double> target_;
};

// Golub and Kahan's bidiagonalisation of A from b: A right = beta left + alpha left before. The
// right vectors are kept and made orthogonal to each other; the left ones then are, too (Simon and
// Zha 2000, SIAM J. Sci. Comput. 21:2257).
class Bidiagonalisation {
 public:
  Bidiagonalisation(const CentredRows& a, const Vector& b)
      : a_(a), beta_(b.norm()), left_(b), basis_(a.rows().features()) {
    if (beta_ > 0.0) left_ /= beta_;
    right_ = a.Against(left_);
    alpha_ = largest_ = right_.norm();
    // A target that is constant, or that no feature has to do with beyond rounding.
    exhausted_ = !(alpha_ > kExhausted);
    if (!exhausted_) right_ /= alpha_;
  }

  void Step() {
    basis_.Add(right_);
    left_ = a_.Times(right_) - alpha_ * left_;
    beta_ = left_.norm();
    largest_ = std::max({largest_, alpha_, beta_});
    exhausted_ = !(beta_ > kExhausted * largest_);
    if (!exhausted_) {
      left_ /= beta_;
      right_ = a_.Against(left_) - beta_ * right_;
      basis_.Orthogonalise(&right_);
      alpha_ = right_.norm();
      exhausted_ = !(alpha_ > kExhausted * largest_);
    } else {
      beta_ = 0.0;
    }
    if (exhausted_) {
      alpha_ = 0.0;
    } else {
      right_ /= alpha_;
    }
  }

  double alpha() const { return alpha_; }
  double beta() const { return beta_; }
  double largest() const { return largest_; }  // entry so far: about the norm of A
  bool exhausted() const { return exhausted_; }
  const KrylovBasis& basis() const { return basis_; }

 private:
  // Below this share of the largest entry what is left of a new vector is rounding.
  static constexpr double kExhausted = 1e-14;

  const CentredRows& a_;
  double alpha_ = 0.0;
  double beta_;
  double largest_ = 0.0;
  bool exhausted_ = false;
  Vector left_;
  Vector right_;
  KrylovBasis basis_;
};

}  // namespace

RidgeSolutions SolveByKrylov(const CentredRows& a, const Vector& b, std::span<const double> decays,
                             int most_steps) {
  constexpr double kGradient = 1e-14;
  const auto count = static_cast<Eigen::Index>(decays.size());
  RidgeSolutions found{Matrix::Zero(a.rows().features(), count),
                       std::vector<char>(decays.size(), 0)};
  Bidiagonalisation way(a, b);
  if (way.exhausted()) {
    std::fill(found.solved.begin(), found.solved.end(), 1);
    return found;
  }
  const double gradient = way.alpha() * way.beta();
  std::vector<DampedRotations> rotations;
  for (const double decay : decays) rotations.emplace_back(decay, way.alpha(), way.beta());
  std::size_t open = decays.size();
  while (open > 0 && found.steps < most_steps) {
    way.Step();
    ++found.steps;
    for (std::size_t d = 0; d < decays.size(); ++d) {
      if (found.solved[d] != 0) continue;
      const double left = rotations[d].Add(way.alpha(), way.beta());
      // Along a direction of singular value s what is left is 1 / s^2 as large in the weights.
      const double share = std::min(1.0, rotations[d].Least() / way.largest());
      const double enough = kGradient * share * share;
      if (left > enough * gradient && !way.exhausted()) continue;
      found.solved[d] = 1;
      --open;
    }
  }
  Matrix axes = Matrix::Zero(found.steps, count);
  for (std::size_t d = 0; d < decays.size(); ++d)
    rotations[d].Solve(axes.col(static_cast<Eigen::Index>(d)));
  found.weights = way.basis().Columns() * axes;
  return found;
}

bool SolveBySchur(const CentredRows& a, const Vector& b, double decay, Eigen::Ref<Vector> weights) {
  constexpr double kLeast = 1e-6;
  constexpr double kEnough = 1e-13;
  constexpr double kAcceptable = 1e-11;
  constexpr int kMostRounds = 300;
  const Eigen::Index features = a.rows().features();
  if (!CategorySchur::Fits(a.rows())) return false;
  const CategorySchur inverse(a.rows(), a.roots().cwiseAbs2().transpose(), std::max(decay, kLeast));
  const auto solve = [&](const Vector& residual) {
    Vector padded = Vector::Zero(features + 1);
    padded.head(features) = residual;
    Vector solved = inverse.Solve(padded).topRows(features);
    a.WithoutFree(solved);
    return solved;
  };
  Vector residual = a.Against(b);
  weights.setZero();
  Vector preconditioned = solve(residual);
  Vector direction = preconditioned;
  double energy = residual.dot(preconditioned);
  const double first = energy;
  for (int round = 0; round < kMostRounds && energy > kEnough * kEnough * first; ++round) {
    const Vector product = a.Against(a.Times(direction)) + decay * direction;
    const double curvature = direction.dot(product);
    if (!(curvature > 0.0)) break;
    const double length = energy / curvature;
    weights += length * direction;
    residual -= length * product;
    preconditioned = solve(residual);
    const double next = residual.dot(preconditioned);
    direction = preconditioned + (next / energy) * direction;
    energy = next;
  }
  return energy <= kAcceptable * kAcceptable * first;
}

}  // namespace halflife
