#include "model/working_set.h"

#include <limits>
#include <vector>

namespace halflife {
namespace {

// One pass of coordinate descent; the most by which a weight lowered the objective.
double Pass(const ElasticNet& penalty, WorkingSet* set) {
  double most = 0.0;
  for (Eigen::Index j = 0; j < set->weights.size(); ++j) {
    const double curvature = set->gram(j, j);
    const double before = set->weights(j);
    const double pull = SoftThreshold(set->slope(j) + curvature * before, penalty.l1);
    if (pull == 0.0 && before == 0.0) continue;
    if (!(curvature + penalty.l2 > 0.0)) continue;
    const double after = pull / (curvature + penalty.l2);
    const double change = after - before;
    if (change == 0.0) continue;
    set->weights(j) = after;
    set->slope.noalias() -= change * set->gram.col(j);
    most = std::max(most, change * change * (curvature + penalty.l2));
  }
  return most;
}

// How much of `step` leaves every sign as it is, at most 1.
double RoomFor(const Vector& weights, const Vector& step) {
  double room = 1.0;
  for (Eigen::Index i = 0; i < weights.size(); ++i) {
    if (weights(i) * step(i) < 0.0) room = std::min(room, -weights(i) / step(i));
  }
  return room;
}

// `weights` moved by `step`, those that would change their sign to 0.
Vector MovedAndCut(const Vector& weights, const Vector& step) {
  Vector moved = weights + step;
  for (Eigen::Index i = 0; i < moved.size(); ++i) {
    if (moved(i) * weights(i) < 0.0 || std::fabs(moved(i)) <= kEps * std::fabs(step(i)))
      moved(i) = 0.0;
  }
  return moved;
}

// The largest curvature along one weight times its square.
double Energy(const WorkingSet& set) {
  return set.gram.diagonal().cwiseProduct(set.weights.cwiseAbs2()).maxCoeff();
}

// The weights that are not 0, their signs held fast: there the objective is a parabola.
struct Support {
  std::vector<Eigen::Index> members;
  Matrix gram;
  Vector weights;
  Vector pull;  // minus the objective's gradient

  // What moving to `to` adds to the objective, no sign changing.
  double Change(const ElasticNet& penalty, const Vector& to) const {
    const Vector step = to - weights;
    return 0.5 * (step.dot(gram * step) + penalty.l2 * step.squaredNorm()) - step.dot(pull);
  }
};

Support SupportOf(const ElasticNet& penalty, const WorkingSet& set) {
  Support support;
  for (Eigen::Index j = 0; j < set.weights.size(); ++j) {
    if (set.weights(j) != 0.0) support.members.push_back(j);
  }
  support.gram = PickBlock(set.gram, support.members);
  support.weights = set.weights(support.members);
  const auto sign = [](double w) { return w > 0.0 ? 1.0 : -1.0; };
  support.pull = set.slope(support.members) - penalty.l2 * support.weights -
                 penalty.l1 * support.weights.unaryExpr(sign);
  return support;
}

// Newton's step on the support. Where columns depend on each other a little ridge lets the step go
// far along what is flat: of dependent columns some weights then become 0. Empty where there is
// none.
Vector NewtonStep(const ElasticNet& penalty, const Support& support) {
  constexpr double kRidge = 1e-12;
  Matrix factor = support.gram;
  factor.diagonal().array() += std::max(penalty.l2, kRidge * support.gram.diagonal().maxCoeff());
  if (!CholeskyInPlace(&factor)) return {};
  Vector step = support.pull;
  CholeskySolve(factor, step);
  return step.allFinite() ? step : Vector();
}

// Takes Newton's step on the support, the weights that would change their sign ending at 0; or,
// where that is no better, the part of the step before the first of them is 0.
void Jump(const ElasticNet& penalty, WorkingSet* set) {
  const Support support = SupportOf(penalty, *set);
  if (support.members.empty()) return;
  const Vector step = NewtonStep(penalty, support);
  if (step.size() == 0) return;
  Vector to = MovedAndCut(support.weights, step);
  const double room = RoomFor(support.weights, step);
  if (room < 1.0) {
    const Vector short_of = MovedAndCut(support.weights, room * step);
    if (support.Change(penalty, short_of) < support.Change(penalty, to)) to = short_of;
  }
  if (!(support.Change(penalty, to) < 0.0)) return;
  Vector whole = Vector::Zero(set->weights.size());
  whole(support.members) = to - support.weights;
  set->Move(whole);
  set->weights(support.members) = to;
}

}  // namespace

Matrix PickBlock(const Matrix& from, const std::vector<Eigen::Index>& members) {
  const auto size = static_cast<Eigen::Index>(members.size());
  Matrix block(size, size);
  for (Eigen::Index j = 0; j < size; ++j) {
    const double* const column = from.col(members[static_cast<std::size_t>(j)]).data();
    double* const out = block.col(j).data();
    for (Eigen::Index i = 0; i < size; ++i) out[i] = column[members[static_cast<std::size_t>(i)]];
  }
  return block;
}

void WorkingSet::Move(const Vector& step) {
  if (step.size() == 0) return;
  weights += step;
  slope.noalias() -= gram * step;
}

bool Descend(const ElasticNet& penalty, double tolerance, WorkingSet* set) {
  constexpr int kMostPasses = 20000;
  constexpr int kPatience = 3;  // passes between jumps: a factor is worth about as many
  // Passes that lower it no less than others before, by what rounding can: it is all that is left.
  constexpr int kIdle = 10;
  constexpr double kRounded = 1e-26;
  double least = std::numeric_limits<double>::infinity();
  int idle = 0;
  for (int pass = 1; pass <= kMostPasses; ++pass) {
    const double lowered = Pass(penalty, set);
    idle = lowered < 0.5 * least ? 0 : idle + 1;
    least = std::min(least, lowered);
    if (lowered <= tolerance) return true;
    if (idle >= kIdle && least <= kRounded * Energy(*set)) return true;
    if (pass % kPatience == 0) Jump(penalty, set);
  }
  return false;
}

}  // namespace halflife
