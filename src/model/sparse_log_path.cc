#include "model/sparse_log_path.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "model/working_set.h"

namespace halflife {
namespace {

constexpr double kLogGap = 1e-10;        // what is aimed at, of the loss without decayed weights
constexpr double kLargestLogGap = 1e-6;  // what is still a fit

Vector Flat(const Matrix& matrix) { return Eigen::Map<const Vector>(matrix.data(), matrix.size()); }

// What to take from all of `weights` so that their penalty is least: a point where the slope of l1
// |w - c| + l2/2 (w - c)^2, added up, changes its sign; 0 if that is one.
double LeastShift(const ElasticNet& penalty, const Vector& weights) {
  std::vector<double> sorted(weights.begin(), weights.end());
  std::sort(sorted.begin(), sorted.end());
  const auto count = static_cast<double>(sorted.size());
  const double sum = weights.sum();
  // The slope in c from the right (or left) of c.
  const auto slope = [&](double c, bool right) {
    double below = 0.0;
    for (const double w : sorted) below += w < c || (right && w == c) ? 1.0 : 0.0;
    return penalty.l1 * (2.0 * below - count) + penalty.l2 * (count * c - sum);
  };
  if (slope(0.0, false) <= 0.0 && slope(0.0, true) >= 0.0) return 0.0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const double c = sorted[i];
    if (slope(c, true) < 0.0) continue;
    if (slope(c, false) <= 0.0) return c;
    // Between the last and this one the slope is a line.
    const auto below = static_cast<double>(i);
    return (sum - penalty.l1 * (2.0 * below - count) / penalty.l2) / count;
  }
  return 0.0;
}

}  // namespace

SparseLogPath::SparseLogPath(LogLossRows rows) : rows_(std::move(rows)) { Restart(); }

void SparseLogPath::Restart() {
  const Eigen::Index outputs = rows_.outputs;
  weights_ = Matrix::Zero(rows_.columns.cols(), outputs);
  free_weights_ = Matrix::Zero(rows_.free.cols(), outputs);
  curvature_.assign(static_cast<std::size_t>(outputs), OutputCurvature());
  working_.assign(static_cast<std::size_t>(outputs), {});
  Vector shares = Vector::Zero(std::max<Eigen::Index>(2, outputs));
  for (Eigen::Index i = 0; i < rows_.shares.size(); ++i)
    shares(rows_.classes[static_cast<std::size_t>(i)]) += rows_.shares(i);
  if (outputs == 1) {
    free_weights_(0, 0) = std::log(shares(1) / shares(0));
  } else {
    free_weights_.row(0) = shares.array().log().matrix().transpose();
  }
  logits_ = rows_.free * free_weights_;
  state_ = LossAt(logits_, rows_.classes, rows_.shares);
  constexpr double kEnough = 1e-22;  // so that slopes at 0 are right to 1e-11
  fits_ = Settle({}, kEnough) || rows_.free.cols() == 1;
  unit_ = std::max(state_.loss, std::numeric_limits<double>::min());
  RefreshSlopes();
  largest_ = slopes_.size() > 0 ? slopes_.lpNorm<Eigen::Infinity>() : 0.0;
  l1_ = std::numeric_limits<double>::infinity();
}

void SparseLogPath::RefreshSlopes() {
  slopes_.resize(weights_.rows(), weights_.cols());
  if (slopes_.size() == 0) return;
  slopes_.noalias() =
      -(rows_.columns.transpose() * (rows_.shares.asDiagonal() * state_.errors).eval());
}

double SparseLogPath::Gap(const ElasticNet& penalty) const {
  const Vector weights = Flat(weights_);
  const Vector slopes = Flat(slopes_);
  const double share =
      slopes.size() > 0 ? DualShare(penalty, weights, slopes, 64.0 * kEps * largest_) : 1.0;
  // The free weights' slopes are 0 but for what the last step left of them.
  const Matrix free = rows_.free.transpose() * (rows_.shares.asDiagonal() * state_.errors).eval();
  return LossGap(state_.errors, rows_.classes, rows_.shares, share) +
         PenaltyGap(penalty, weights, slopes, share) +
         free.cwiseProduct(free_weights_).cwiseAbs().sum();
}

std::vector<Eigen::Index> SparseLogPath::Candidates(int output, double least) const {
  std::vector<Eigen::Index> members;
  for (Eigen::Index j = 0; j < weights_.rows(); ++j) {
    if (weights_(j, output) != 0.0 || std::fabs(slopes_(j, output)) >= least) members.push_back(j);
  }
  return members;
}

// Moves the outputs' free weights and those of their working sets until what a round of steps moves
// is `enough` or less, in units of the loss. False where the rounds ran out.
bool SparseLogPath::Settle(const ElasticNet& penalty, double enough) {
  constexpr int kMostRounds = 500;
  constexpr double kServes = 0.05;  // of what the last step moved: above it curvature is renewed
  std::vector<double> last(curvature_.size(), std::numeric_limits<double>::infinity());
  std::vector<bool> renew(curvature_.size(), false);
  for (int round = 0; round < kMostRounds; ++round) {
    double moved = 0.0;
    for (std::size_t k = 0; k < curvature_.size(); ++k) {
      const double step = Step(static_cast<int>(k), penalty, renew[k]);
      if (!std::isfinite(step)) return false;
      renew[k] = halved_ || (!renew[k] && step > kServes * last[k]);
      last[k] = step;
      moved += step;
    }
    if (curvature_.size() > 1) ShareOut(penalty);
    if (moved <= enough) return true;
  }
  return false;
}

// One output's step; what it moves, the curvature along it.
double SparseLogPath::Step(int output, const ElasticNet& penalty, bool renew) {
  const auto k = static_cast<std::size_t>(output);
  OutputCurvature& curvature = curvature_[k];
  const Vector errors = state_.errors.col(output);
  if (renew || !curvature.Include(rows_, working_[k])) curvature.Renew(rows_, errors, working_[k]);
  const std::vector<Eigen::Index>& members = curvature.members();
  const Vector pulled = rows_.shares.cwiseProduct(errors);
  const Vector free_slope = -(rows_.free.transpose() * pulled);
  Vector slope(static_cast<Eigen::Index>(members.size()));
  for (std::size_t i = 0; i < members.size(); ++i)
    slope(static_cast<Eigen::Index>(i)) = -rows_.columns.col(members[i]).dot(pulled);
  const Vector before = weights_.col(output)(members);
  WorkingSet set{curvature.gram(), before, curvature.Profile(slope, free_slope)};
  constexpr double kShare = 1e-20;
  if (!members.empty()) Descend(penalty, kShare * unit_, &set);
  const Vector step = set.weights - before;
  const Vector free_step = curvature.FreeStep(step, free_slope);
  Vector move = rows_.free * free_step;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const double by = step(static_cast<Eigen::Index>(i));
    if (by != 0.0) move.noalias() += by * rows_.columns.col(members[i]);
  }
  const double along = curvature.Along(move) + penalty.l2 * step.squaredNorm();
  if (along == 0.0 || !std::isfinite(along)) return along;
  // What the loss and the penalty would fall by, were they a line along the step.
  const double promised = slope.dot(step) + free_slope.dot(free_step) + penalty.Value(before) -
                          penalty.Value(set.weights);
  Vector whole = Vector::Zero(weights_.rows());
  whole(members) = step;
  if (!Search(output, penalty, move, whole, free_step, promised)) {
    // Curvature from elsewhere may point nowhere; with that of here only rounding is left.
    curvature = OutputCurvature();
    return renew ? 0.0 : along;
  }
  // Weights that the step ends at 0 are exactly 0.
  if (!halved_) weights_.col(output)(members) = set.weights;
  return along;
}

// Takes the step, or the first of its halves that lowers the loss and the penalty (Armijo 1966);
// false where none does. Changes below the rounding of the loss are not asked about.
bool SparseLogPath::Search(int output, const ElasticNet& penalty, const Vector& move,
                           const Vector& step, const Vector& free_step, double promised) {
  constexpr int kMostHalves = 40;
  constexpr double kTells = 1e-11;
  const Vector weights = weights_.col(output);
  const double before = state_.loss + penalty.Value(weights);
  halved_ = false;
  double length = 1.0;
  for (int half = 0; half < kMostHalves; ++half, length *= 0.5) {
    Matrix logits = logits_;
    logits.col(output) += length * move;
    LogLoss state = LossAt(logits, rows_.classes, rows_.shares);
    const double after = state.loss + penalty.Value(weights + length * step);
    const double rounding = promised < kTells * before ? kTells * before : 0.0;
    if (!(after <= before - 1e-4 * length * promised + rounding)) {
      halved_ = true;
      continue;
    }
    logits_ = std::move(logits);
    state_ = std::move(state);
    weights_.col(output) += length * step;
    free_weights_.col(output) += length * free_step;
    return true;
  }
  return false;
}

// With an output a class, adding one number to a column's weights of all outputs changes no
// probability: they take the one with the least penalty, the free ones a mean of 0.
void SparseLogPath::ShareOut(const ElasticNet& penalty) {
  for (Eigen::Index j = 0; j < weights_.rows(); ++j) {
    if (!(weights_.row(j).array() != 0.0).any()) continue;
    const double shift = LeastShift(penalty, weights_.row(j).transpose());
    if (shift == 0.0) continue;
    for (Eigen::Index k = 0; k < weights_.cols(); ++k) {
      if (weights_(j, k) == 0.0) Work(static_cast<std::size_t>(k), j);
      weights_(j, k) -= shift;
    }
  }
  free_weights_.colwise() -= free_weights_.rowwise().mean().eval();
}

// Takes a weight into the output's working set; false where it is there.
bool SparseLogPath::Work(std::size_t output, Eigen::Index feature) {
  std::vector<Eigen::Index>& working = working_[output];
  if (std::find(working.begin(), working.end(), feature) != working.end()) return false;
  working.push_back(feature);
  return true;
}

// Takes the weights outside of the working sets whose slope is above l1 into them; whether there
// were any.
bool SparseLogPath::WorkOnViolators(const ElasticNet& penalty) {
  const double limit = penalty.l1 * (1.0 + 1e-9) + 64.0 * kEps * largest_;
  bool added = false;
  for (Eigen::Index k = 0; k < weights_.cols(); ++k) {
    for (Eigen::Index j = 0; j < weights_.rows(); ++j) {
      if (weights_(j, k) == 0.0 && std::fabs(slopes_(j, k)) > limit)
        added = Work(static_cast<std::size_t>(k), j) || added;
    }
  }
  return added;
}

bool SparseLogPath::MoveTo(const ElasticNet& penalty) {
  constexpr int kMostRounds = 60;
  const double last = std::min(l1_, std::max(largest_, penalty.l1));
  for (int k = 0; k < rows_.outputs; ++k)
    working_[static_cast<std::size_t>(k)] = Candidates(k, 2.0 * penalty.l1 - last);
  l1_ = penalty.l1;
  double enough = 1e-2 * kLogGap * unit_;
  bool settled = true;
  for (int round = 0; round < kMostRounds && settled; ++round) {
    settled = Settle(penalty, enough);
    RefreshSlopes();
    if (WorkOnViolators(penalty)) continue;
    if (Gap(penalty) <= kLogGap * unit_ || enough < 1e-30 * unit_) break;
    enough *= 1e-3;
  }
  return Gap(penalty) <= kLargestLogGap * unit_;
}

double SparseLogPath::EffectiveDof(const ElasticNet& penalty) {
  std::vector<Eigen::Index> used;
  for (Eigen::Index j = 0; j < weights_.rows(); ++j) {
    if (weights_(j, 0) != 0.0) used.push_back(j);
  }
  const double count =
      static_cast<double>(used.size()) + static_cast<double>(rows_.free.cols() - 1);
  if (used.empty() || penalty.l2 == 0.0) return count;
  OutputCurvature curvature;
  curvature.Renew(rows_, state_.errors.col(0), used);
  Matrix factor = curvature.gram();
  factor.diagonal().array() += penalty.l2;
  if (!CholeskyInPlace(&factor)) return count;
  const auto size = static_cast<Eigen::Index>(used.size());
  return count - penalty.l2 * factor.triangularView<Eigen::Lower>()
                                  .solve(Matrix::Identity(size, size))
                                  .eval()
                                  .squaredNorm();
}

}  // namespace halflife
