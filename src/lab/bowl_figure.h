// What the drawings of two weights share: a square plot from -3 to 3 with the ellipses of a bowl.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "lab/bowl.h"
#include "lab/plot.h"

namespace halflife {

// How far the plot reaches on either side of 0.
inline constexpr double kPlotReach = 3;

// The axes, named after the weights, and lines through 0.
void DrawWeightAxes(Plot* plot);

// The ellipse of one loss.
void DrawLevel(const Bowl& bowl, double level, const std::string& css_class, Plot* plot);
// Five ellipses, evenly spread along the bowl's long axis.
void DrawLevels(const Bowl& bowl, Plot* plot);

// A line through `points`, those left out that lie on the one before; more are left out of a track
// that never comes to rest.
void DrawTrack(const std::vector<Point>& points, const std::string& css_class, Plot* plot);

// A square drawing, and where its values lie: left, top, right and bottom of the plot in units of
// the view box, and the lowest and highest value on both axes.
struct SquareDrawing {
  Drawing drawing;
  std::vector<double> wide;
  std::vector<double> narrow;
};
SquareDrawing DrawSquare(const PlotWords& words, const std::function<void(Plot*)>& body);

}  // namespace halflife
