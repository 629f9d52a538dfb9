#include "lab/bowl_figure.h"

#include <cmath>
#include <numbers>

namespace halflife {
namespace {

constexpr int kEllipsePoints = 72;

// Long half axes of 0.8, 1.6, ...
double LightLevel(int i) { return 0.32 * i * i; }

// `track` without what lies nearer than `apart` to the point kept before; its ends stay.
std::vector<Point> ThinnedTrack(const std::vector<Point>& track, double apart) {
  std::vector<Point> kept;
  for (std::size_t i = 0; i < track.size(); ++i) {
    const bool is_end = i == 0 || i + 1 == track.size();
    if (is_end || std::hypot(track[i].x - kept.back().x, track[i].y - kept.back().y) > apart)
      kept.push_back(track[i]);
  }
  return kept;
}

}  // namespace

void DrawWeightAxes(Plot* plot) {
  plot->LinearX({-kPlotReach, kPlotReach}, "first weight");
  plot->LinearY({-kPlotReach, kPlotReach}, "second weight", true);
  const Layout& layout = plot->layout();
  plot->svg().Line({plot->X(0), layout.top}, {plot->X(0), layout.bottom}, "grid zero");
}

void DrawLevel(const Bowl& bowl, double level, const std::string& css_class, Plot* plot) {
  std::vector<Point> ring;
  for (int i = 0; i < kEllipsePoints; ++i) {
    const Point at = bowl.OnLevel(level, 2 * std::numbers::pi * i / kEllipsePoints);
    ring.push_back({plot->X(at.x), plot->Y(at.y)});
  }
  plot->svg().Polygon(ring, css_class);
}

void DrawLevels(const Bowl& bowl, Plot* plot) {
  for (int i = 5; i >= 1; --i) DrawLevel(bowl, LightLevel(i), "contour", plot);
}

void DrawTrack(const std::vector<Point>& points, const std::string& css_class, Plot* plot) {
  constexpr std::size_t kMostPoints = 600;
  std::vector<Point> track;
  track.reserve(points.size());
  for (const Point& point : points) track.push_back({plot->X(point.x), plot->Y(point.y)});
  std::vector<Point> line = ThinnedTrack(track, 0.7);
  for (double apart = 1.4; line.size() > kMostPoints && apart < 50; apart *= 2)
    line = ThinnedTrack(track, apart);
  plot->svg().Polyline(line, css_class);
}

SquareDrawing DrawSquare(const PlotWords& words, const std::function<void(Plot*)>& body) {
  SquareDrawing square;
  square.drawing = DrawBoth(words, {.square = true}, [&](Plot* plot) {
    DrawWeightAxes(plot);
    body(plot);
    const Layout& layout = plot->layout();
    (layout.narrow() ? square.narrow : square.wide) = {layout.left,   layout.top,  layout.right,
                                                       layout.bottom, -kPlotReach, kPlotReach};
  });
  return square;
}

}  // namespace halflife
