#include "model/sparse_path.h"

#include <limits>
#include <utility>

#include "model/working_set.h"

namespace halflife {
namespace {

constexpr double kGap = 1e-12;        // what is aimed at, of half the target's mean square
constexpr double kLargestGap = 1e-6;  // what is still a fit

}  // namespace

SparsePath::SparsePath(LeastSquares problem) : problem_(std::move(problem)) { Restart(); }

void SparsePath::Restart() {
  weights_ = Vector::Zero(problem_.size());
  weights_before_ = weights_;
  slopes_ = problem_.cross();
  l1_ = l1_before_ = std::numeric_limits<double>::infinity();
  certain_ = 0.0;
}

void SparsePath::Forget() {
  problem_.Forget();
  factor_ = SupportFactor();
}

// What slopes may be wrong by.
double SparsePath::Rounding() const { return 64.0 * kEps * LargestL1(); }

double SparsePath::Gap(const ElasticNet& penalty) const {
  const double share = DualShare(penalty, weights_, slopes_, Rounding());
  const double off = 1.0 - share;
  double gap = PenaltyGap(penalty, weights_, slopes_, share);
  if (off > 0.0) gap += 0.5 * off * off * (SquaredError() + penalty.l2 * weights_.squaredNorm());
  return std::min(gap, UnscaledGap(penalty, weights_, slopes_));
}

// The weights that are not 0, and those that the strong rule cannot rule out.
std::vector<Eigen::Index> SparsePath::Candidates(const ElasticNet& penalty) {
  const double last = std::min(l1_, std::max(penalty.l1, LargestL1()));
  const double least = 2.0 * penalty.l1 - last;
  if (least < certain_) {
    certain_ = std::max(0.0, least);
    slopes_ = problem_.Slopes(weights_, certain_);
  }
  std::vector<Eigen::Index> members;
  for (Eigen::Index j = 0; j < weights_.size(); ++j) {
    if (weights_(j) != 0.0 || std::fabs(slopes_(j)) >= least) members.push_back(j);
  }
  return members;
}

// Adds the features outside whose slope is above l1; whether there were any.
bool SparsePath::AddViolators(const ElasticNet& penalty, std::vector<Eigen::Index>* members) const {
  const double limit = penalty.l1 * (1.0 + 1e-9) + Rounding();
  std::vector<bool> inside(static_cast<std::size_t>(weights_.size()), false);
  for (const Eigen::Index j : *members) inside[static_cast<std::size_t>(j)] = true;
  const std::size_t before = members->size();
  for (Eigen::Index j = 0; j < weights_.size(); ++j) {
    if (!inside[static_cast<std::size_t>(j)] && std::fabs(slopes_(j)) > limit)
      members->push_back(j);
  }
  return members->size() > before;
}

// Where the fit at `l1` is expected: between two changes of the signs the lasso's weights move
// along a line in l1 (Efron et al. 2004, Annals of Statistics 32:407).
Vector SparsePath::Expected(double l1) const {
  if (!(l1_before_ > l1_ && l1_ > l1) || !std::isfinite(l1_before_)) return weights_;
  const double ahead = std::min(2.0, (l1_ - l1) / (l1_before_ - l1_));
  Vector expected = weights_;
  for (Eigen::Index j = 0; j < expected.size(); ++j) {
    if (weights_(j) == 0.0) continue;
    expected(j) += ahead * (weights_(j) - weights_before_(j));
    if ((expected(j) > 0.0) != (weights_(j) > 0.0)) expected(j) = 0.0;
  }
  return expected;
}

// Solves for `members` and what else is kept beside them; they receive all of these.
bool SparsePath::Solve(const ElasticNet& penalty, double tolerance, const Vector* start,
                       std::vector<Eigen::Index>* members) {
  const LeastSquares::Products kept = problem_.Keep(*members);
  WorkingSet set{kept.names, kept.gram, weights_(kept.names), slopes_(kept.names)};
  if (start != nullptr) set.Move((*start - weights_)(kept.names));
  const bool ended = Descend(penalty, tolerance, &set, &factor_);
  weights_(kept.names) = set.weights;
  *members = kept.names;
  constexpr double kShare = 0.7;  // what the strong rules of the next penalties may ask for
  certain_ = kShare * penalty.l1;
  slopes_ = problem_.Slopes(weights_, certain_);
  return ended;
}

bool SparsePath::MoveTo(const ElasticNet& penalty) {
  constexpr int kMostRounds = 200;
  const double unit = 0.5 * problem_.target();
  std::vector<Eigen::Index> members = Candidates(penalty);
  const Vector before = weights_;
  const Vector expected = Expected(penalty.l1);
  double tolerance = kGap * 1e-2 * unit;
  bool ended = true;
  for (int round = 0; round < kMostRounds && ended; ++round) {
    ended = Solve(penalty, tolerance, round == 0 ? &expected : nullptr, &members);
    if (AddViolators(penalty, &members)) continue;
    if (Gap(penalty) <= kGap * unit || tolerance <= kEps * kEps * unit) break;
    tolerance *= 1e-2;
  }
  weights_before_ = before;
  l1_before_ = std::exchange(l1_, penalty.l1);
  return Gap(penalty) <= kLargestGap * unit;
}

}  // namespace halflife
