// The drawing of the ball's radius against the decay.
#include <algorithm>
#include <array>
#include <cmath>

#include "lab/contours.h"

namespace halflife {
namespace {

// The decays of the axis, beside 0.
constexpr double kLeastShown = 1e-3;
constexpr double kMostShown = 1e3;
constexpr double kLargestRadius = 4;

// Balls up to the one that holds the centre, evenly and again close together towards either end:
// the decay goes to infinity, or its largest, at one and to 0 at the other.
std::vector<double> RadiiUpTo(double norm) {
  constexpr int kEven = 56;
  constexpr int kEnd = 16;
  std::vector<double> radii;
  const double top = std::min(norm, kLargestRadius);
  const double step = top / kEven;
  for (int i = kEnd; i > 0; --i) radii.push_back(step * std::pow(0.7, i));
  for (int i = 1; i < kEven; ++i) radii.push_back(step * i);
  if (norm > kLargestRadius) {
    radii.push_back(top);
  } else {
    for (int i = 1; i <= kEnd; ++i) radii.push_back(top - step * std::pow(0.6, i));
  }
  return radii;
}

// Which coordinates are 0 and how the others are signed: where that changes for p < 1, the best
// point has jumped.
int KindOf(Point at) {
  const auto sign = [](double x) { return x > 0 ? 2 : (x < 0 ? 1 : 0); };
  return 3 * sign(at.x) + sign(at.y);
}

void DrawCurve(const ContourScene& scene, Plot* plot) {
  const double norm = scene.shape.Norm(scene.bowl.centre);
  const bool convex = scene.shape.p() >= 1;
  std::vector<double> decays;
  std::vector<double> radii;
  const auto flush = [&] {
    plot->Curve(decays, radii, "curve link");
    decays.clear();
    radii.clear();
  };
  int last = -1;
  for (const double radius : RadiiUpTo(norm)) {
    const Touch best = scene.shape.Best(scene.bowl, radius);
    if (!convex && last != -1 && KindOf(best.at) != last) flush();
    last = KindOf(best.at);
    if (best.decay < 0.5 * kLeastShown || best.decay > 2 * kMostShown) continue;
    decays.push_back(best.decay);
    radii.push_back(radius);
  }
  flush();
  // Without decay: every ball that holds the centre.
  if (norm < kLargestRadius)
    plot->Curve(std::array{0.0, 0.0}, std::array{norm, kLargestRadius}, "curve link");
}

}  // namespace

Drawing DrawDecayOfRadius(const ContourScene& scene) {
  const PlotWords words{"decay-of-radius", "Decay and radius",
                        "The radius of the ball against the weight decay whose penalty gives the "
                        "same weights; the current pair is marked."};
  return DrawBoth(words, {.wide = 260, .narrow = 250}, [&](Plot* plot) {
    plot->LogX(std::array{0.0, kLeastShown, kMostShown}, kDecayName);
    plot->LinearY({0, kLargestRadius}, "radius of the ball", true);
    const double decay = scene.touches.front().decay;
    const double shown = decay == 0 ? 0 : std::clamp(decay, kLeastShown, kMostShown);
    const Layout& layout = plot->layout();
    const Point mark{plot->X(shown), plot->Y(scene.radius)};
    plot->svg().Line({layout.left, mark.y}, mark, "guide");
    plot->svg().Line(mark, {mark.x, layout.bottom}, "guide");
    plot->BeginClip();
    DrawCurve(scene, plot);
    plot->EndClip();
    plot->svg().Circle(mark, 5, "touch best");
  });
}

}  // namespace halflife
