#include "lab/bowl.h"

#include <cmath>
#include <numbers>

namespace halflife {
namespace {

// Cosine and sine by their series: the C library's own differ in the last bit between machines.
Point Direction(double degrees) {
  const double size = std::abs(degrees);
  const double small = (size > 45 ? 90 - size : size) * (std::numbers::pi / 180);
  const double square = small * small;
  double sine = 1;
  double cosine = 1;
  for (int i = 20; i >= 2; i -= 2) {  // the next terms are below 1e-20
    sine = 1 - square / (i * (i + 1)) * sine;
    cosine = 1 - square / ((i - 1) * i) * cosine;
  }
  sine *= small;
  const Point turned = size > 45 ? Point{sine, cosine} : Point{cosine, sine};
  return degrees < 0 ? Point{turned.x, -turned.y} : turned;
}

}  // namespace

double Bowl::Loss(Point w) const {
  const double x = w.x - centre.x;
  const double y = w.y - centre.y;
  const double lengthwise = along.x * x + along.y * y;
  const double across = along.x * y - along.y * x;
  return 0.5 * (lengthwise * lengthwise + stretch * (across * across));
}

Point Bowl::Gradient(Point w) const {
  const double x = w.x - centre.x;
  const double y = w.y - centre.y;
  return {xx * x + xy * y, xy * x + yy * y};
}

Point Bowl::OnLevel(double level, double turn) const {
  const double lengthwise = std::sqrt(2 * level) * std::cos(turn);
  const double across = std::sqrt(2 * level / stretch) * std::sin(turn);
  return {centre.x + lengthwise * along.x - across * along.y,
          centre.y + lengthwise * along.y + across * along.x};
}

Bowl MakeBowl(Point centre, double stretch, double degrees) {
  Bowl bowl;
  bowl.centre = centre;
  bowl.stretch = stretch;
  bowl.along = Direction(degrees);
  const auto [c, s] = bowl.along;
  bowl.xx = c * c + stretch * (s * s);
  bowl.xy = (1 - stretch) * (s * c);
  bowl.yy = s * s + stretch * (c * c);
  return bowl;
}

Bowl BowlOf(const Question& question) {
  const Point centre{question.Real("cx", -3, 3, 1.6), question.Real("cy", -3, 3, 1.0)};
  const double stretch = question.Real("stretch", 1, 20, 4);
  return MakeBowl(centre, stretch, question.Real("angle", -90, 90, 30));
}

}  // namespace halflife
