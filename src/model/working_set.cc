#include "model/working_set.h"

#include <limits>
#include <vector>

namespace halflife {
namespace {

// One pass of coordinate descent; the most by which a weight lowers the objective. Moves that lower
// it by less than `negligible` are not worth their price.
double Pass(const ElasticNet& penalty, double negligible, WorkingSet* set) {
  double most = 0.0;
  for (Eigen::Index j = 0; j < set->weights.size(); ++j) {
    const double curvature = set->gram(j, j);
    const double before = set->weights(j);
    const double pull = SoftThreshold(set->slope(j) + curvature * before, penalty.l1);
    if (pull == 0.0 && before == 0.0) continue;
    if (!(curvature + penalty.l2 > 0.0)) continue;
    const double after = pull / (curvature + penalty.l2);
    const double change = after - before;
    const double lowered = change * change * (curvature + penalty.l2);
    most = std::max(most, lowered);
    if (lowered <= negligible) continue;
    set->weights(j) = after;
    set->slope.noalias() -= change * set->gram.col(j);
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

std::vector<Eigen::Index> SupportOf(const WorkingSet& set) {
  std::vector<Eigen::Index> support;
  for (Eigen::Index j = 0; j < set.weights.size(); ++j) {
    if (set.weights(j) != 0.0) support.push_back(j);
  }
  return support;
}

// What is added to the diagonal of the products: where columns depend on each other a little ridge
// lets a step go far along what is flat, so that of dependent columns some weights become 0.
double ShiftOf(const ElasticNet& penalty, const WorkingSet& set) {
  constexpr double kRidge = 1e-12;
  return std::max(penalty.l2,
                  kRidge * std::exp2(std::ceil(std::log2(set.gram.diagonal().maxCoeff()))));
}

// A move of the support's weights, and what it adds to the objective, no sign changing.
struct SupportMove {
  Vector step;     // of all weights of the set
  Vector product;  // the Gram matrix times it
  double change = 0.0;

  SupportMove(Vector whole, Vector times, double l2, const Vector& pull)
      : step(std::move(whole)),
        product(std::move(times)),
        change(0.5 * (step.dot(product) + l2 * step.squaredNorm()) - step.dot(pull)) {}
};

// Takes Newton's step on the support, the weights that would change their sign ending at 0; or,
// where that is no better, the part of the step before the first of them is 0.
void Jump(const ElasticNet& penalty, WorkingSet* set, SupportFactor* factor) {
  const std::vector<Eigen::Index> support = SupportOf(*set);
  if (support.empty()) return;
  const auto sign = [](double w) { return w > 0.0 ? 1.0 : w < 0.0 ? -1.0 : 0.0; };
  const Vector pull =
      set->slope - penalty.l2 * set->weights - penalty.l1 * set->weights.unaryExpr(sign);
  // The signs held fast, the objective is a parabola: its lowest point is a Newton step away.
  const Vector newton =
      factor->Solve(set->gram, set->names, support, ShiftOf(penalty, *set), pull(support));
  if (newton.size() == 0 || !newton.allFinite()) return;
  Vector whole = Vector::Zero(set->weights.size());
  whole(support) = newton;
  const double room = RoomFor(set->weights, whole);
  const Vector product = set->gram.selfadjointView<Eigen::Lower>() * whole;
  SupportMove move(room * whole, room * product, penalty.l2, pull);
  if (room < 1.0) {
    Vector cut = MovedAndCut(set->weights, whole) - set->weights;
    const Vector times = set->gram.selfadjointView<Eigen::Lower>() * cut;
    const SupportMove further(std::move(cut), times, penalty.l2, pull);
    if (further.change < move.change) move = further;
  }
  if (!(move.change < 0.0)) return;
  set->weights = MovedAndCut(set->weights, move.step);
  set->slope -= move.product;
}

}  // namespace

Matrix PickBlock(const Eigen::Ref<const Matrix>& from, const std::vector<Eigen::Index>& members) {
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
  slope.noalias() -= gram.selfadjointView<Eigen::Lower>() * step;
}

bool Descend(const ElasticNet& penalty, double tolerance, WorkingSet* set, SupportFactor* factor) {
  constexpr int kMostPasses = 20000;
  constexpr int kPatience = 2;  // passes between jumps: a factor is worth about as many
  // Passes that lower it no less than others before, by what rounding can: it is all that is left.
  constexpr int kIdle = 10;
  constexpr double kNegligible = 1e-3;
  constexpr double kRounded = 1e-26;
  double least = std::numeric_limits<double>::infinity();
  int idle = 0;
  for (int pass = 1; pass <= kMostPasses; ++pass) {
    const double lowered = Pass(penalty, kNegligible * tolerance, set);
    idle = lowered < 0.5 * least ? 0 : idle + 1;
    least = std::min(least, lowered);
    if (lowered <= tolerance) return true;
    if (idle >= kIdle && least <= kRounded * Energy(*set)) return true;
    if (pass % kPatience == 0) Jump(penalty, set, factor);
  }
  return false;
}

}  // namespace halflife
