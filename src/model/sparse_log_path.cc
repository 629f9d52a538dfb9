#include "model/sparse_log_path.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

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
  blocks_.clear();
  Divide({});
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
  const double scaled = LossGap(state_.errors, rows_.classes, rows_.shares, share) +
                        PenaltyGap(penalty, weights, slopes, share);
  return std::min(scaled, UnscaledGap(penalty, weights, slopes)) +
         free.cwiseProduct(free_weights_).cwiseAbs().sum();
}

// Shares the weights that may differ from 0 among blocks; curvature that still serves is kept.
void SparseLogPath::Divide(const std::vector<WeightPlace>& working) {
  constexpr std::size_t kMostTogether = 3000;
  const std::size_t free = static_cast<std::size_t>(free_weights_.size());
  const bool together = rows_.outputs == 1 || working.size() + free <= kMostTogether;
  const std::size_t count = together ? 1 : static_cast<std::size_t>(rows_.outputs);
  if (blocks_.size() != count) {
    blocks_.assign(count, Block());
    for (Eigen::Index k = 0; k < rows_.outputs; ++k)
      blocks_[together ? 0 : static_cast<std::size_t>(k)].outputs.push_back(k);
  }
  for (Block& block : blocks_) block.working.clear();
  for (const WeightPlace& place : working)
    blocks_[together ? 0 : static_cast<std::size_t>(place.output)].working.push_back(place);
}

// The weights that are not 0, and those whose slope is `least` or more.
std::vector<WeightPlace> SparseLogPath::Candidates(double least) const {
  std::vector<WeightPlace> members;
  for (Eigen::Index k = 0; k < weights_.cols(); ++k) {
    for (Eigen::Index j = 0; j < weights_.rows(); ++j) {
      if (weights_(j, k) != 0.0 || std::fabs(slopes_(j, k)) >= least) members.push_back({k, j});
    }
  }
  return members;
}

// Moves the free weights and those of the working sets until what a round of steps moves is
// `enough` or less, in units of the loss. False where the rounds ran out.
bool SparseLogPath::Settle(const ElasticNet& penalty, double enough) {
  constexpr int kMostRounds = 500;
  constexpr int kPatience = 6;
  constexpr double kRounded = 1e-13;
  constexpr double kExact = 1e-8;   // of `enough`: how exactly steps are found
  constexpr double kServes = 0.05;  // of what the last step moved: above it curvature is renewed
  std::vector<double> last(blocks_.size(), std::numeric_limits<double>::infinity());
  std::vector<bool> renew(blocks_.size(), false);
  double least = std::numeric_limits<double>::infinity();
  int idle = 0;  // rounds that moved no less than others before: in the end only rounding is left
  for (int round = 0; round < kMostRounds; ++round) {
    double moved = 0.0;
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      const double step = Step(penalty, kExact * enough, renew[b], &blocks_[b]);
      if (!std::isfinite(step)) return false;
      renew[b] = halved_ || (!renew[b] && step > kServes * last[b]);
      last[b] = step;
      moved += step;
    }
    if (rows_.outputs > 1) ShareOut(penalty);
    idle = moved < 0.5 * least ? 0 : idle + 1;
    least = std::min(least, moved);
    if (moved <= enough || (idle >= kPatience && least <= kRounded * unit_)) return true;
  }
  return false;
}

// One block's step; what it moves, the curvature along it.
double SparseLogPath::Step(const ElasticNet& penalty, double exact, bool renew, Block* block) {
  halved_ = false;
  renew = renew || block->curvature.empty();
  if (renew) {
    // Weights that older curvature had let differ from 0 stay in.
    for (const WeightPlace& place : block->curvature.members()) {
      if (weights_(place.column, place.output) != 0.0) Work(place);
    }
    block->curvature.Renew(rows_, state_.errors, block->outputs, block->working);
  } else {
    block->curvature.Include(rows_, block->working);
  }
  const Move move = Propose(penalty, exact, *block);
  const double along =
      block->curvature.Along(move.logits) + penalty.l2 * (move.after - move.before).squaredNorm();
  if (along == 0.0 || !std::isfinite(along)) return along;
  if (Search(penalty, move, *block)) return along;
  // Curvature from elsewhere may point nowhere: the next round renews it, for `halved_` is set.
  // With that of here only rounding is left.
  return renew ? 0.0 : along;
}

SparseLogPath::Move SparseLogPath::Propose(const ElasticNet& penalty, double exact,
                                           const Block& block) const {
  const std::vector<WeightPlace>& members = block.curvature.members();
  const auto size = static_cast<Eigen::Index>(members.size());
  const Matrix pulls =
      -(rows_.shares.asDiagonal() * state_.errors(Eigen::all, block.outputs)).eval();
  const Matrix free_slopes = rows_.free.transpose() * pulls;
  const Vector free_slope = Flat(free_slopes);
  const auto block_column = [&](const WeightPlace& place) {
    return block.outputs.size() == 1 ? Eigen::Index{0} : place.output;
  };
  Move move{Vector(size), {}, {}, {}};
  Vector slope(size);
  for (Eigen::Index i = 0; i < size; ++i) {
    const WeightPlace& place = members[static_cast<std::size_t>(i)];
    move.before(i) = weights_(place.column, place.output);
    slope(i) = rows_.columns.col(place.column).dot(pulls.col(block_column(place)));
  }
  std::vector<Eigen::Index> names(members.size());
  std::iota(names.begin(), names.end(), Eigen::Index{0});
  WorkingSet set{std::move(names), block.curvature.gram(), move.before,
                 block.curvature.Profile(slope, free_slope)};
  SupportFactor factor;
  if (size > 0) Descend(penalty, exact, &set, &factor);
  move.after = set.weights;
  const Vector step = move.after - move.before;
  move.free = block.curvature.FreeStep(step, free_slope);
  move.logits =
      rows_.free * Eigen::Map<const Matrix>(move.free.data(), rows_.free.cols(),
                                            static_cast<Eigen::Index>(block.outputs.size()));
  for (Eigen::Index i = 0; i < size; ++i) {
    const WeightPlace& place = members[static_cast<std::size_t>(i)];
    if (step(i) != 0.0)
      move.logits.col(block_column(place)).noalias() += step(i) * rows_.columns.col(place.column);
  }
  move.promised = slope.dot(step) + free_slope.dot(move.free) + penalty.Value(move.before) -
                  penalty.Value(move.after);
  return move;
}

// Takes the step, or the first of its halves that lowers the loss and the penalty (Armijo 1966);
// false where none does. Changes below the rounding of the loss are not asked about.
bool SparseLogPath::Search(const ElasticNet& penalty, const Move& move, const Block& block) {
  constexpr int kMostHalves = 40;
  constexpr double kTells = 1e-11;
  const double before = state_.loss + penalty.Value(move.before);
  const Vector step = move.after - move.before;
  halved_ = false;
  double length = 1.0;
  for (int half = 0; half < kMostHalves; ++half, length *= 0.5) {
    Matrix logits = logits_;
    logits(Eigen::all, block.outputs) += length * move.logits;
    LogLoss state = LossAt(logits, rows_.classes, rows_.shares);
    // Weights that a whole step ends at 0 are exactly 0.
    const Vector weights = half == 0 ? move.after : (move.before + length * step).eval();
    const double rounding = move.promised < kTells * before ? kTells * before : 0.0;
    if (!(state.loss + penalty.Value(weights) <=
          before - 1e-4 * length * move.promised + rounding)) {
      halved_ = true;
      continue;
    }
    logits_ = std::move(logits);
    state_ = std::move(state);
    const std::vector<WeightPlace>& members = block.curvature.members();
    for (std::size_t i = 0; i < members.size(); ++i)
      weights_(members[i].column, members[i].output) = weights(static_cast<Eigen::Index>(i));
    const Vector free = length * move.free;
    free_weights_(Eigen::all, block.outputs) += Eigen::Map<const Matrix>(
        free.data(), rows_.free.cols(), static_cast<Eigen::Index>(block.outputs.size()));
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
      if (weights_(j, k) == 0.0) Work({k, j});
      weights_(j, k) -= shift;
    }
  }
  free_weights_.colwise() -= free_weights_.rowwise().mean().eval();
}

// Takes a weight into its block's working set; false where it is there.
bool SparseLogPath::Work(const WeightPlace& place) {
  Block& block = blocks_[blocks_.size() == 1 ? 0 : static_cast<std::size_t>(place.output)];
  if (std::find(block.working.begin(), block.working.end(), place) != block.working.end())
    return false;
  block.working.push_back(place);
  return true;
}

// Takes the weights outside of the working sets whose slope is above l1 into them; whether there
// were any.
bool SparseLogPath::WorkOnViolators(const ElasticNet& penalty) {
  const double limit = penalty.l1 * (1.0 + 1e-9) + 64.0 * kEps * largest_;
  bool added = false;
  for (Eigen::Index k = 0; k < weights_.cols(); ++k) {
    for (Eigen::Index j = 0; j < weights_.rows(); ++j) {
      if (weights_(j, k) == 0.0 && std::fabs(slopes_(j, k)) > limit) added = Work({k, j}) || added;
    }
  }
  return added;
}

bool SparseLogPath::MoveTo(const ElasticNet& penalty) {
  constexpr int kMostRounds = 60;
  const double last = std::min(l1_, std::max(largest_, penalty.l1));
  Divide(Candidates(2.0 * penalty.l1 - last));
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
  std::vector<WeightPlace> used;
  for (Eigen::Index j = 0; j < weights_.rows(); ++j) {
    if (weights_(j, 0) != 0.0) used.push_back({0, j});
  }
  const double count =
      static_cast<double>(used.size()) + static_cast<double>(rows_.free.cols() - 1);
  if (used.empty() || penalty.l2 == 0.0) return count;
  LogCurvature curvature;
  curvature.Renew(rows_, state_.errors, {0}, used);
  Matrix factor = curvature.gram();
  factor.diagonal().array() += penalty.l2;
  if (!CholeskyInPlace(&factor)) return count;
  return count - penalty.l2 * InvertLower(std::move(factor)).squaredNorm();
}

}  // namespace halflife
