#include "lab/wave_figure.h"

#include <gtest/gtest.h>

#include <cmath>
#include <sstream>
#include <string>

namespace halflife {
namespace {

// The corners of the one polyline in a drawing.
std::vector<Point> LineOf(const std::string& drawing) {
  const std::size_t line = drawing.find("<polyline");
  const std::size_t from = drawing.find("points=\"", line) + 8;
  std::istringstream in(drawing.substr(from, drawing.find('"', from) - from));
  std::vector<Point> points;
  char comma = 0;
  for (Point point; in >> point.x >> comma >> point.y;) points.push_back(point);
  return points;
}

double HeightAt(const std::vector<Point>& line, double x) {
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (x > line[i].x && i + 1 < line.size()) continue;
    const double share = (x - line[i - 1].x) / (line[i].x - line[i - 1].x);
    return line[i - 1].y + share * (line[i].y - line[i - 1].y);
  }
  return 0.0;
}

struct Drawn {
  std::vector<Point> wanted, line;
  double top = 0.0, bottom = 0.0;
};

Drawn DrawCurve(double height, double room) {
  const std::vector<double> x = WaveGrid(401);
  std::vector<double> y = WaveAt(x);
  for (double& value : y) value *= height;
  Plot plot({"curve", "Curve", "A curve."}, {}, false);
  DrawWaveAxes(0.0, &plot);
  DrawThinned(x, y, "curve", &plot, room);
  Drawn drawn;
  for (std::size_t i = 0; i < x.size(); ++i) drawn.wanted.push_back({plot.X(x[i]), plot.Y(y[i])});
  drawn.top = plot.layout().top;
  drawn.bottom = plot.layout().bottom;
  drawn.line = LineOf(plot.Finish());
  return drawn;
}

TEST(WaveFigure, AThinnedLineStaysWithinItsRoomAndHasFarFewerPoints) {
  for (const double room : {0.05, 0.5}) {
    const Drawn drawn = DrawCurve(1.0, room);
    EXPECT_LT(drawn.line.size(), drawn.wanted.size() / 2);
    EXPECT_GT(drawn.line.size(), 10U);
    // The corners are rounded to tenths: off by 0.05 up and, at slopes below 4, by 0.2 across.
    for (const Point& point : drawn.wanted)
      EXPECT_NEAR(HeightAt(drawn.line, point.x), point.y, room + 0.25);
  }
  EXPECT_LT(DrawCurve(1.0, 0.5).line.size(), DrawCurve(1.0, 0.05).line.size());
}

TEST(WaveFigure, ALineThatLeavesThePlotIsRightWithinItAndGoesNotFar) {
  const Drawn drawn = DrawCurve(30.0, 0.05);
  for (const Point& point : drawn.line) {
    EXPECT_GE(point.y, drawn.top - 10.0);
    EXPECT_LE(point.y, drawn.bottom + 10.0);
  }
  std::size_t within = 0;
  for (int i = 0; i < 2000; ++i) {  // between the points as well
    const double x =
        drawn.wanted.front().x + i / 2000.0 * (drawn.wanted.back().x - drawn.wanted.front().x);
    const double wanted = HeightAt(drawn.wanted, x);
    if (wanted < drawn.top || wanted > drawn.bottom) continue;
    ++within;
    // Slopes are up to 30 times those above, so that a rounding of 0.05 across may be 6 up.
    EXPECT_NEAR(HeightAt(drawn.line, x), wanted, 0.05 + 6.1);
  }
  EXPECT_GT(within, 10U);
}

TEST(WaveFigure, ThePlaceOfAPlotHasItsEdgesAndItsRange) {
  const Plot plot({"curve", "Curve", "A curve."}, {}, true);
  EXPECT_EQ(PlotPlace(plot, {-1.0, 2.0}),
            (std::vector{plot.layout().left, plot.layout().top, plot.layout().right,
                         plot.layout().bottom, -1.0, 2.0}));
}

}  // namespace
}  // namespace halflife
