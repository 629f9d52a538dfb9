#include "lab/ball.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "lab/sign_changes.h"

namespace halflife {
namespace {

// From e^-745 on a double is 0, so beyond there is nothing to tell apart.
constexpr double kLastTilt = 745;
// Beyond e^-36 a coordinate no longer changes the gradient.
constexpr double kFineTilt = 36;
constexpr int kScan = 160;
// So near to a corner a place is taken for it; losses still differ by more than their rounding.
constexpr double kBeside = 20;
// Touches so near to each other, in radii, are one.
constexpr double kSame = 1e-6;

double SignOf(double x) { return x > 0 ? 1.0 : (x < 0 ? -1.0 : 0.0); }

// The bowl from one axis, a, and the other, b.
struct AxisView {
  double aa, ab, bb;
  double a_centre, b_centre;

  double SlopeA(double a, double b) const { return aa * (a - a_centre) + ab * (b - b_centre); }
  double SlopeB(double a, double b) const { return ab * (a - a_centre) + bb * (b - b_centre); }
  // The b of the least loss for this a.
  double BestB(double a) const { return b_centre - ab / bb * (a - a_centre); }
};

// The sign of a at the minimum on the convex ball that does not hold the centre. For every a take
// the best b that the ball allows: that least loss is convex in a, so its slope at 0 tells.
double SideOf(const AxisView& view, double p, double radius) {
  const double free = view.BestB(0);
  if (std::abs(free) < radius) return SignOf(view.a_centre);
  const double b = std::copysign(radius, free);
  const double slope_a = view.SlopeA(0, b);
  if (p > 1) return -SignOf(slope_a);
  // The corner of p = 1: its two edges leave at 45 degrees.
  const double slope_b = std::abs(view.SlopeB(0, b));
  if (slope_a + slope_b < 0) return 1;
  return slope_a - slope_b > 0 ? -1 : 0;
}

constexpr std::array<Point, 4> kQuarters = {{{1, 1}, {-1, 1}, {-1, -1}, {1, -1}}};

// A quarter of the edge of p < 1, given by the signs of its coordinates.
struct Quarter {
  const Bowl& bowl;
  double radius;
  Point signs;

  Point At(const EdgePlace& place) const {
    return {signs.x * radius * place.u, signs.y * radius * place.v};
  }
  // The slope along the edge, u to v, times a positive number: finite at the corners too.
  double Slope(const EdgePlace& place) const {
    const Point slope = bowl.Gradient(At(place));
    return signs.y * slope.y * place.v_weight - signs.x * slope.x * place.u_weight;
  }
};

}  // namespace

BallShape::BallShape(double p) : p_(p) {
  if (p >= 1) return;
  // Dense where both coordinates count, sparse towards the corners.
  for (int i = -kScan; i <= kScan; ++i)
    places_.push_back(PlaceAt(kFineTilt * std::sinh(3.5 * i / kScan) / std::sinh(3.5)));
}

double BallShape::Norm(Point w) const {
  const double large = std::max(std::abs(w.x), std::abs(w.y));
  const double small = std::min(std::abs(w.x), std::abs(w.y));
  if (small == 0) return large;
  if (p_ == 1) return large + small;
  return large * std::pow(1 + std::pow(small / large, p_), 1 / p_);
}

EdgePlace BallShape::PlaceAt(double tilt) const {
  // The larger of the two is near 1; the other follows from it without loss of digits.
  const double ratio = std::exp(-std::abs(tilt));
  const double large = std::exp(-std::log1p(std::exp(-p_ * std::abs(tilt))) / p_);
  EdgePlace place{tilt, large, large * ratio, 0, 0};
  if (tilt > 0) std::swap(place.u, place.v);
  if (p_ >= 1) return place;
  place.u_weight = std::pow(place.u, 1 - p_);
  place.v_weight = std::pow(place.v, 1 - p_);
  return place;
}

Touch BallShape::TouchAt(const Bowl& bowl, Point at) const {
  const Point slope = bowl.Gradient(at);
  // From the larger coordinate, whose slope of the penalty is neither 0 nor infinite.
  const bool by_x = std::abs(at.x) >= std::abs(at.y);
  const double w = by_x ? at.x : at.y;
  const double pull = -SignOf(w) * (by_x ? slope.x : slope.y);
  return {at, bowl.Loss(at), std::max(0.0, pull / std::pow(std::abs(w), p_ - 1))};
}

// For p >= 1 the minimum is unique, and halving finds it with the slope of SideOf: no scan that
// could miss it, however close to a corner it is.
Touch BallShape::OnConvexBall(const Bowl& bowl, double radius) const {
  const AxisView along_x{bowl.xx, bowl.xy, bowl.yy, bowl.centre.x, bowl.centre.y};
  const AxisView along_y{bowl.yy, bowl.xy, bowl.xx, bowl.centre.y, bowl.centre.x};
  const double sign_x = SideOf(along_x, p_, radius);
  const double sign_y = SideOf(along_y, p_, radius);
  if (sign_x == 0) return TouchAt(bowl, {0, std::copysign(radius, along_x.BestB(0))});
  if (sign_y == 0) return TouchAt(bowl, {std::copysign(radius, along_y.BestB(0)), 0});
  // Whether the minimum has a smaller |x| than the edge has at this tilt.
  const auto is_steeper = [&](double tilt) {
    const EdgePlace place = PlaceAt(tilt);
    const double x = sign_x * radius * place.u;
    const double free = along_x.BestB(x);
    if (std::abs(free) <= radius * place.v) return sign_x * (x - bowl.centre.x) > 0;
    const double side = SignOf(free);
    const double y = side * radius * place.v;
    const double outward_x = sign_x * along_x.SlopeA(x, y);
    const double outward_y = side * along_x.SlopeB(x, y);
    // outward_x - outward_y (u / v)^(p - 1), the power kept at most 1.
    const double power = std::exp(-std::abs(tilt) * (p_ - 1));
    return tilt > 0 ? outward_x > outward_y * power : outward_x * power > outward_y;
  };
  const double tilt =
      Halve(-kLastTilt, kLastTilt, [&](double middle) { return !is_steeper(middle); });
  const EdgePlace place = PlaceAt(tilt);
  // Too small for a double, but not 0.
  constexpr double kLeast = std::numeric_limits<double>::denorm_min();
  return TouchAt(bowl, {sign_x * std::max(radius * place.u, kLeast),
                        sign_y * std::max(radius * place.v, kLeast)});
}

// The corners of p < 1 are so sharp that only the way back to the origin leads away from them.
// Where the loss is level along that way, the edge beside the corner decides.
std::vector<Touch> BallShape::AtCorners(const Bowl& bowl, double radius) const {
  std::vector<Touch> touches;
  const EdgePlace beside = PlaceAt(-kBeside);
  const double along = radius * beside.u;
  const double off = radius * beside.v;
  const auto add = [&](Point corner, double outward, Point one, Point other) {
    const double loss = bowl.Loss(corner);
    const bool is_centre = corner.x == bowl.centre.x && corner.y == bowl.centre.y;
    const bool level =
        outward == 0 && !is_centre && loss <= bowl.Loss(one) && loss <= bowl.Loss(other);
    if (outward < 0 || level) touches.push_back(TouchAt(bowl, corner));
  };
  for (const double sign : {1.0, -1.0}) {
    const Point on_x{sign * radius, 0};
    const Point on_y{0, sign * radius};
    add(on_x, sign * bowl.Gradient(on_x).x, {sign * along, off}, {sign * along, -off});
    add(on_y, sign * bowl.Gradient(on_y).y, {off, sign * along}, {-off, sign * along});
  }
  return touches;
}

// The minima along a quarter of the edge, corners apart, from which the loss also rises inwards.
void BallShape::AddArc(const Bowl& bowl, double radius, Point signs,
                       std::vector<Touch>* touches) const {
  const Quarter quarter{bowl, radius, signs};
  std::vector<Place> slopes;
  slopes.reserve(places_.size() + 2);
  slopes.push_back({-kLastTilt, quarter.Slope({-kLastTilt, 1, 0, 1, 0})});
  for (const EdgePlace& place : places_) slopes.push_back({place.tilt, quarter.Slope(place)});
  slopes.push_back({kLastTilt, quarter.Slope({kLastTilt, 0, 1, 0, 1})});
  const auto slope = [&](double tilt) { return quarter.Slope(PlaceAt(tilt)); };
  for (const SignChange& change : SignChanges(slope, slopes)) {
    if (!change.rising) continue;
    const Point found = quarter.At(PlaceAt(change.at));
    const Point gradient = bowl.Gradient(found);
    const bool at_corner = std::any_of(touches->begin(), touches->end(), [&](const Touch& touch) {
      return std::hypot(touch.at.x - found.x, touch.at.y - found.y) < kSame * radius;
    });
    if (!at_corner && signs.x * gradient.x + signs.y * gradient.y < 0)
      touches->push_back(TouchAt(bowl, found));
  }
}

// The best for p < 1: a corner, or the lowest of the places, refined.
Touch BallShape::OnThinBall(const Bowl& bowl, double radius) const {
  std::optional<Touch> best;
  for (const Touch& corner : AtCorners(bowl, radius)) {
    if (!best || corner.loss < best->loss) best = corner;
  }
  // Not for a rounding's sake: the outermost places are the corners but for that.
  double lowest = best ? best->loss * (1 - 1e-12) : std::numeric_limits<double>::infinity();
  Point signs{0, 0};
  std::size_t found = 0;
  for (const Point quarter : kQuarters) {
    for (std::size_t i = 0; i < places_.size(); ++i) {
      const double loss = bowl.Loss(Quarter{bowl, radius, quarter}.At(places_[i]));
      if (loss >= lowest) continue;
      lowest = loss;
      signs = quarter;
      found = i;
    }
  }
  if (signs.x == 0) return *best;
  const Quarter quarter{bowl, radius, signs};
  const double low = found == 0 ? -kLastTilt : places_[found - 1].tilt;
  const double high = found + 1 == places_.size() ? kLastTilt : places_[found + 1].tilt;
  const double tilt =
      Halve(low, high, [&](double middle) { return quarter.Slope(PlaceAt(middle)) > 0; });
  return TouchAt(bowl, quarter.At(PlaceAt(tilt)));
}

std::vector<Touch> BallShape::Touches(const Bowl& bowl, double radius) const {
  const bool inside = Norm(bowl.centre) <= radius;
  if (p_ >= 1) return {inside ? Touch{bowl.centre, 0, 0} : OnConvexBall(bowl, radius)};
  std::vector<Touch> touches = AtCorners(bowl, radius);
  if (inside) touches.push_back({bowl.centre, 0, 0});
  for (const Point quarter : kQuarters) AddArc(bowl, radius, quarter, &touches);
  if (touches.empty()) touches.push_back(OnThinBall(bowl, radius));
  std::stable_sort(touches.begin(), touches.end(),
                   [](const Touch& one, const Touch& other) { return one.loss < other.loss; });
  return touches;
}

Touch BallShape::Best(const Bowl& bowl, double radius) const {
  if (Norm(bowl.centre) <= radius) return {bowl.centre, 0, 0};
  return p_ >= 1 ? OnConvexBall(bowl, radius) : OnThinBall(bowl, radius);
}

std::vector<Point> BallShape::Edge(double radius, int quarter) const {
  constexpr double kHalfPi = 1.5707963267948966;
  std::vector<Point> first;  // from the first axis to the second
  for (int i = 0; i <= quarter; ++i) {
    const double turn = kHalfPi * i / quarter;
    first.push_back({radius * std::pow(i == quarter ? 0.0 : std::cos(turn), 2 / p_),
                     radius * std::pow(std::sin(turn), 2 / p_)});
  }
  std::vector<Point> edge = first;
  for (int i = quarter - 1; i >= 0; --i) edge.push_back({-first[i].x, first[i].y});
  for (int i = 1; i <= quarter; ++i) edge.push_back({-first[i].x, -first[i].y});
  for (int i = quarter - 1; i > 0; --i) edge.push_back({first[i].x, -first[i].y});
  return edge;
}

}  // namespace halflife
