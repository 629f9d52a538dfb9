// How the edge of a ball meets an ellipse of the loss: on the ellipse, between the places where
// ||w||_p turns, it only rises or only falls, so each stretch holds one crossing at most.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "lab/ball.h"
#include "lab/sign_changes.h"

namespace halflife {
namespace {

constexpr double kRound = 2 * std::numbers::pi;
constexpr double kNear = 1e-9;  // as one touch, in units of the radius

// A place of the ellipse, and the axis it lies on.
struct Turn {
  double at = 0;
  bool on_x_axis = false;
  bool on_y_axis = false;
};

// Where the ellipse crosses an axis: centre + along cos t + across sin t = 0.
void AddAxisTurns(double centre, double along, double across, bool on_x_axis,
                  std::vector<Turn>* turns) {
  const double reach = std::hypot(along, across);
  // A touch of the axis may be a rounding outside.
  if (!(std::abs(centre) <= reach * (1 + 1e-15))) return;
  const double middle = std::atan2(across, along);
  const double half = std::acos(std::clamp(-centre / reach, -1.0, 1.0));
  for (const double at : {middle - half, middle + half}) {
    const double within = at - kRound * std::floor(at / kRound);
    turns->push_back({within, on_x_axis, !on_x_axis});
  }
}

// The ellipse of a level and the sign of the slope of ||w||_p along it.
class Ring {
 public:
  Ring(const Bowl& bowl, double level, double p) : bowl_(bowl), level_(level), p_(p) {
    const double a = std::sqrt(2 * level);
    const double b = std::sqrt(2 * level / bowl.stretch);
    along_ = {a * bowl.along.x, a * bowl.along.y};
    across_ = {-b * bowl.along.y, b * bowl.along.x};
  }

  Point At(const Turn& turn) const {
    Point w = bowl_.OnLevel(level_, turn.at);
    if (turn.on_x_axis) w.y = 0;
    if (turn.on_y_axis) w.x = 0;
    return w;
  }

  std::vector<Turn> AxisTurns() const {
    std::vector<Turn> turns;
    AddAxisTurns(bowl_.centre.y, along_.y, across_.y, true, &turns);
    AddAxisTurns(bowl_.centre.x, along_.x, across_.x, false, &turns);
    std::sort(turns.begin(), turns.end(),
              [](const Turn& one, const Turn& other) { return one.at < other.at; });
    return turns;
  }

  // The slope times a positive number, in the quarter of `signs`; 0 where only rounding is left.
  double Slope(const Turn& turn, Point signs) const {
    const Point w = At(turn);
    const double c = std::cos(turn.at);
    const double s = std::sin(turn.at);
    const double step_x = signs.x * (across_.x * c - along_.x * s);
    const double step_y = signs.y * (across_.y * c - along_.y * s);
    const double power = std::abs(p_ - 1);
    const double by_x = p_ == 1 ? 1 : std::pow(std::abs(w.x), power);
    const double by_y = p_ == 1 ? 1 : std::pow(std::abs(w.y), power);
    const double one = step_x * (p_ >= 1 ? by_x : by_y);
    const double other = step_y * (p_ >= 1 ? by_y : by_x);
    const double sum = one + other;
    return std::abs(sum) <= 1e-14 * (std::abs(one) + std::abs(other)) ? 0 : sum;
  }

  // Where to look between 0 and 1: evenly, and ever closer towards either end, where a turn may lie
  // right beside an axis.
  static std::vector<double> Shares(int even) {
    constexpr int kCloser = 40;
    std::vector<double> shares = {0};
    for (int i = kCloser; i > 0; --i) shares.push_back(std::ldexp(1.0 / even, -i));
    for (int i = 1; i < even; ++i) shares.push_back(static_cast<double>(i) / even);
    for (int i = 1; i <= kCloser; ++i) shares.push_back(1 - std::ldexp(1.0 / even, -i));
    shares.push_back(1);
    return shares;
  }

  // The places strictly between two where ||w||_p turns; between them the ellipse meets no axis.
  void AddTurns(const Turn& from, const Turn& to, std::vector<Turn>* turns) const {
    const Point middle = At({0.5 * (from.at + to.at)});
    const Point signs{std::copysign(1.0, middle.x), std::copysign(1.0, middle.y)};
    const double length = to.at - from.at;
    const int count = std::max(24, static_cast<int>(std::ceil(512 * length / kRound)));
    std::vector<Place> places;
    for (const double share : Shares(count)) {
      const double at = from.at + length * share;
      const Turn turn = share == 0 ? from : (share == 1 ? to : Turn{at});
      places.push_back({at, Slope(turn, signs)});
    }
    const auto slope = [&](double at) { return Slope({at}, signs); };
    for (const SignChange& change : SignChanges(slope, places)) turns->push_back({change.at});
  }

  // Everywhere that ||w||_p turns, ascending, with all places on an axis.
  std::vector<Turn> AllTurns() const {
    const std::vector<Turn> axes = AxisTurns();
    std::vector<Turn> turns;
    if (axes.empty()) {
      // From where it is steep, so that no turn is at the seam.
      const Point signs{std::copysign(1.0, bowl_.centre.x), std::copysign(1.0, bowl_.centre.y)};
      double steep = 0;
      for (int i = 1; i < 8; ++i) {
        if (std::abs(Slope({0.8 * i}, signs)) > std::abs(Slope({steep}, signs))) steep = 0.8 * i;
      }
      AddTurns({steep}, {steep + kRound}, &turns);
      if (turns.empty()) turns.push_back({steep});  // a circle to rounding
      return turns;
    }
    for (std::size_t i = 0; i < axes.size(); ++i) {
      turns.push_back(axes[i]);
      Turn next = axes[(i + 1) % axes.size()];
      if (i + 1 == axes.size()) next.at += kRound;
      AddTurns(axes[i], next, &turns);
    }
    return turns;
  }

 private:
  Bowl bowl_;
  double level_;
  double p_;
  Point along_;
  Point across_;
};

// The crossings between `turns`, once around: the last is the first again.
std::vector<Point> CrossingsOf(const Ring& ring, const BallShape& shape, double radius,
                               const std::vector<Turn>& turns) {
  const auto side_of = [&](Point at) {
    const double norm = shape.Norm(at);
    return std::abs(norm - radius) <= kNear * radius ? 0 : (norm > radius ? 1 : -1);
  };
  std::vector<Point> crossings;
  int before = 1;
  for (std::size_t i = 0; i + 1 < turns.size(); ++i) {
    const int from = side_of(ring.At(turns[i]));
    const int to = side_of(ring.At(turns[i + 1]));
    // Turns that all touch, one after the other, are one meeting; the last may go on at the first.
    if (from == 0 && before != 0) crossings.push_back(ring.At(turns[i]));
    if (from == 0 && to == 0 && i + 2 == turns.size() && crossings.size() > 1) crossings.pop_back();
    before = from;
    if (from * to >= 0) continue;
    const double at = Halve(turns[i].at, turns[i + 1].at, [&](double middle) {
      return (shape.Norm(ring.At({middle})) > radius) == (to > 0);
    });
    crossings.push_back(ring.At({at}));
  }
  return crossings;
}

}  // namespace

Meeting BallShape::Meet(const Bowl& bowl, double level, double radius) const {
  const Ring ring(bowl, level, p_);
  std::vector<Turn> turns = ring.AllTurns();
  const auto norm = [&](const Turn& turn) { return Norm(ring.At(turn)); };
  const auto least =
      std::min_element(turns.begin(), turns.end(),
                       [&](const Turn& one, const Turn& other) { return norm(one) < norm(other); });
  Meeting meeting{norm(*least), ring.At(*least), {}};
  // Once around from there.
  for (auto turn = turns.begin(); turn != least; ++turn) turn->at += kRound;
  std::rotate(turns.begin(), least, turns.end());
  turns.push_back(turns.front());
  turns.back().at += kRound;
  meeting.crossings = CrossingsOf(ring, *this, radius, turns);
  return meeting;
}

}  // namespace halflife
