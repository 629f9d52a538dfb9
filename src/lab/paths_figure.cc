// The drawings of two walks and of how far they part.
#include <algorithm>
#include <array>
#include <cmath>

#include "lab/paths.h"

namespace halflife {
namespace {

// With more steps than this their dots would run into each other.
constexpr int kMostDots = 100;

// Differences are drawn from here; a difference of 0 lies at the plot's lower edge.
constexpr double kLeastDifference = 1e-9;
constexpr double kLargestDifference = 10;

void DrawWalk(const Walk& walk, const std::string& colour, Plot* plot) {
  DrawTrack(walk.points, "series " + colour, plot);
  if (walk.points.size() <= kMostDots + 1) {
    for (const Point& at : walk.points) plot->Dot(at.x, at.y, 2.2, "step " + colour);
  }
}

void DrawEnd(const Walk& walk, const std::string& colour, Plot* plot) {
  const Point end = walk.points.back();
  plot->Dot(end.x, end.y, 5, "end " + colour);
}

// Where the data loss is least.
void DrawCentre(const Bowl& bowl, Plot* plot) {
  const double x = plot->X(bowl.centre.x);
  const double y = plot->Y(bowl.centre.y);
  plot->svg().Line({x - 5, y}, {x + 5, y}, "centre");
  plot->svg().Line({x, y - 5}, {x, y + 5}, "centre");
}

void DrawStart(Point at, Plot* plot) {
  plot->svg().BeginHandle("start", "handle");
  plot->svg().Circle({plot->X(at.x), plot->Y(at.y)}, 15, "grab");
  plot->svg().Circle({plot->X(at.x), plot->Y(at.y)}, 6, "knob");
  plot->svg().EndGroup();
}

void DrawLogCurve(const std::vector<double>& values, const std::string& css_class, Plot* plot) {
  std::vector<Point> points;
  for (std::size_t i = 0; i < values.size(); ++i)
    points.push_back({static_cast<double>(i), std::clamp(values[i], kLeastDifference, 1e3)});
  DrawTrack(points, css_class, plot);
}

}  // namespace

SquareDrawing DrawPaths(const PathScene& scene) {
  const PlotWords words{"two-laws", "Two decay laws on one loss",
                        "Ellipses of equal data loss of two weights, and the weights step by step "
                        "under two decay laws from the same start."};
  const std::array<LegendEntry, 2> legend = {
      {{scene.name_a, "series c1"}, {scene.name_b, "series c2 second"}}};
  return DrawSquare(words, [&](Plot* plot) {
    plot->Legend(legend);
    plot->BeginClip();
    DrawLevels(scene.bowl, plot);
    DrawCentre(scene.bowl, plot);
    DrawWalk(scene.a, "c1", plot);
    DrawWalk(scene.b, "c2 second", plot);
    DrawEnd(scene.a, "c1", plot);
    DrawEnd(scene.b, "c2", plot);
    plot->EndClip();
    DrawStart(scene.a.points.front(), plot);
  });
}

Drawing DrawDifference(const PathScene& scene) {
  const PlotWords words{"difference", "How far the two laws part",
                        "The largest difference between the weights under the two laws, step by "
                        "step; at the lower edge they are equal."};
  return DrawBoth(words, {.wide = 240, .narrow = 240}, [&](Plot* plot) {
    plot->LinearX({0, static_cast<double>(scene.steps)}, "step");
    plot->LogY(std::array{kLeastDifference, kLargestDifference},
               "difference of the weights, log scale");
    if (!scene.bound.empty()) {
      plot->Legend(std::array<LegendEntry, 2>{
          {{"difference", "curve difference"}, {"most that rounding can do", "curve bound"}}});
    }
    plot->BeginClip();
    DrawLogCurve(scene.bound, "curve bound", plot);
    DrawLogCurve(scene.difference, "curve difference", plot);
    plot->EndClip();
  });
}

}  // namespace halflife
