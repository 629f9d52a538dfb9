#include "lab/wave_figure.h"

#include <algorithm>
#include <cmath>

namespace halflife {
namespace {

// The slopes of the lines from `anchor` that pass within `room` of every point so far.
struct SlopeWindow {
  double least = -1e300;
  double most = 1e300;

  void Narrow(Point anchor, Point point, double room) {
    const double dx = point.x - anchor.x;
    least = std::max(least, (point.y - room - anchor.y) / dx);
    most = std::min(most, (point.y + room - anchor.y) / dx);
  }
  bool Holds(Point anchor, Point point) const {
    const double slope = (point.y - anchor.y) / (point.x - anchor.x);
    return slope >= least && slope <= most;
  }
};

std::vector<Point> ThinnedLine(const std::vector<Point>& line, double room) {
  if (line.size() < 3) return line;
  std::vector<Point> kept = {line.front()};
  SlopeWindow window;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (i > 1 && !window.Holds(kept.back(), line[i])) {
      kept.push_back(line[i - 1]);
      window = SlopeWindow();
    }
    window.Narrow(kept.back(), line[i], room);
  }
  kept.push_back(line.back());
  return kept;
}

// A line that stays between two heights: what was outside runs along them.
class LineBetween {
 public:
  LineBetween(double low, double high) : low_(low), high_(high) {}

  void Add(Point point) {
    if (started_) {
      // In the order in which the stretch from the last point meets them.
      const bool down = point.y < last_.y;
      Cross(point, down ? high_ : low_);
      Cross(point, down ? low_ : high_);
    }
    line_.push_back({point.x, std::clamp(point.y, low_, high_)});
    last_ = point;
    started_ = true;
  }
  const std::vector<Point>& line() const { return line_; }

 private:
  void Cross(Point point, double height) {
    const double share = (height - last_.y) / (point.y - last_.y);
    if (share > 0.0 && share < 1.0)
      line_.push_back({last_.x + share * (point.x - last_.x), height});
  }

  double low_, high_;
  Point last_;
  bool started_ = false;
  std::vector<Point> line_;
};

}  // namespace

void DrawWaveAxes(double noise, Plot* plot) {
  plot->LinearX({-1.0, 1.0}, "x");
  const double most = 1.6 + 2.5 * noise;  // the curve stays within 1.5; hardly a point lies outside
  plot->LinearY({-most, most}, "y", true);
}

void DrawThinned(std::span<const double> x, std::span<const double> y, const std::string& css_class,
                 Plot* plot, double room) {
  // Wider than any line is, so that what runs along an edge is not seen.
  constexpr double kEdge = 10.0;
  LineBetween line(plot->layout().top - kEdge, plot->layout().bottom + kEdge);
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (IsDrawable(y[i])) line.Add({plot->X(x[i]), plot->Y(y[i])});
  }
  std::vector<Point> thinned = ThinnedLine(line.line(), room);
  for (Point& point : thinned)
    point = {0.1 * std::round(10.0 * point.x), 0.1 * std::round(10.0 * point.y)};
  plot->svg().Polyline(thinned, css_class);
}

Drawing DrawWaveFit(const PlotWords& words, const WaveFit& fit) {
  const std::vector<double> truth = WaveAt(fit.grid);
  return DrawBoth(words, {}, [&](Plot* plot) {
    DrawWaveAxes(fit.noise, plot);
    plot->Legend(std::vector<LegendEntry>{{"true curve", "curve truth"}, {"fit", "series c1"}});
    plot->BeginClip();
    DrawThinned(fit.grid, truth, "curve truth", plot);
    DrawThinned(fit.grid, fit.fitted, "series c1", plot);
    plot->Dots(fit.rows.x, fit.rows.y, plot->layout().narrow() ? 3.0 : 3.5, "dot training");
    plot->EndClip();
  });
}

std::vector<double> PlotPlace(const Plot& plot, Range x) {
  const Layout& at = plot.layout();
  return {at.left, at.top, at.right, at.bottom, x.low, x.high};
}

}  // namespace halflife
