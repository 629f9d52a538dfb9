// The drawing of ellipses, ball and touches.
#include <algorithm>
#include <array>
#include <cmath>

#include "lab/contours.h"

namespace halflife {
namespace {

constexpr double kHandleReach = 2.85;  // handles stay this near to 0 on both axes
constexpr double kHandleApart = 0.5;   // and this far from the centre,
constexpr double kHandleLeast = 0.3;   // or this where there is no room

Point PointAlong(Point from, Point way, double length) {
  return {from.x + length * way.x, from.y + length * way.y};
}

// How far from `from` along `way` one may go before the plot ends.
double RoomAlong(Point from, Point way) {
  const auto room = [](double at, double step) {
    if (step == 0) return 1e9;
    return ((step > 0 ? kHandleReach : -kHandleReach) - at) / step;
  };
  return std::min(room(from.x, way.x), room(from.y, way.y));
}

// At `length` along `way`; the other way where the plot ends before that, if there is more room. A
// centre in a corner of the plot has its handle a little outside.
Point OnAxis(Point centre, Point way, double length) {
  const double wanted = std::max(length, kHandleApart);
  const double ahead = RoomAlong(centre, way);
  const double back = RoomAlong(centre, {-way.x, -way.y});
  const double sign = ahead >= wanted || ahead >= back ? 1 : -1;
  return PointAlong(centre, way, sign * std::min(wanted, std::max({ahead, back, kHandleLeast})));
}

bool IsInPlot(Point at) { return std::max(std::abs(at.x), std::abs(at.y)) <= kPlotReach; }

void DrawBall(const ContourScene& scene, Plot* plot) {
  std::vector<Point> edge;
  for (const Point& at : scene.shape.Edge(scene.radius, 40))
    edge.push_back({plot->X(at.x), plot->Y(at.y)});
  plot->svg().Polygon(edge, "ball");
}

void DrawTouches(const ContourScene& scene, Plot* plot) {
  for (std::size_t i = scene.touches.size(); i-- > 0;) {
    const Point at = scene.touches[i].at;
    if (!IsInPlot(at)) continue;
    plot->Dot(at.x, at.y, i == 0 ? 6 : 5, i == 0 ? "touch best" : "touch");
  }
}

// A letter beside a place of the bold ellipse: outside while the ball's best point is inside, and
// inside while it is outside.
class Letters {
 public:
  Letters(const ContourScene& scene, Plot* plot) : scene_(scene), plot_(plot) {}

  void Draw(Point at, const char* letter) {
    const Point paper{plot_->X(at.x), plot_->Y(at.y)};
    const auto near = [&](const Point& other) {
      return std::hypot(other.x - paper.x, other.y - paper.y) < kApart;
    };
    if (std::any_of(drawn_.begin(), drawn_.end(), near)) return;
    drawn_.push_back(paper);
    if (!IsInPlot(at)) return;
    plot_->svg().Circle(paper, 3.5, "crossing");
    const Point slope = scene_.bowl.Gradient(at);
    const double length = std::hypot(slope.x, slope.y);
    const double step = (scene_.meeting.crossings.empty() ? -14 : 14) / length;
    const Layout& layout = plot_->layout();
    const double x = paper.x + step * slope.x;
    const double y = paper.y - step * slope.y;
    plot_->svg().Text({std::clamp(x, layout.left + 6, layout.right - 6),
                       std::clamp(y, layout.top + 8, layout.bottom - 8) + 0.35 * layout.font},
                      letter, {.css_class = "label mark", .anchor = "middle"});
  }

 private:
  static constexpr double kApart = 11;  // of two places, in units of the view box
  const ContourScene& scene_;
  Plot* plot_;
  std::vector<Point> drawn_;
};

void DrawMeeting(const ContourScene& scene, Plot* plot) {
  constexpr std::array kLetters = {"B", "C", "D", "E", "F", "G", "H", "I"};
  Letters letters(scene, plot);
  const std::vector<Point>& crossings = scene.meeting.crossings;
  letters.Draw(scene.meeting.first, "A");
  for (std::size_t i = 0; i < std::min(crossings.size(), kLetters.size()); ++i)
    letters.Draw(crossings[i], kLetters[i]);
}

void DrawHandle(const char* name, Point at, Plot* plot) {
  plot->svg().BeginHandle(name, "handle");
  plot->svg().Circle({plot->X(at.x), plot->Y(at.y)}, 15, "grab");
  plot->svg().Circle({plot->X(at.x), plot->Y(at.y)}, 6, "knob");
  plot->svg().EndGroup();
}

void DrawHandles(const ContourHandles& handles, Plot* plot) {
  const auto line = [&](Point from, Point to) {
    plot->svg().Line({plot->X(from.x), plot->Y(from.y)}, {plot->X(to.x), plot->Y(to.y)}, "spoke");
  };
  line(handles.centre, handles.turn);
  line(handles.centre, handles.stretch);
  DrawHandle("radius", handles.radius, plot);
  DrawHandle("stretch", handles.stretch, plot);
  DrawHandle("turn", handles.turn, plot);
  DrawHandle("centre", handles.centre, plot);
}

}  // namespace

ContourHandles HandlesOf(const ContourScene& scene) {
  const Bowl& bowl = scene.bowl;
  const Point across{-bowl.along.y, bowl.along.x};
  const double out = std::min(scene.radius, kHandleReach);
  const bool by_x = std::abs(bowl.centre.x) > std::abs(bowl.centre.y);
  const double sign = (by_x ? bowl.centre.x : bowl.centre.y) > 0 ? -1.0 : 1.0;
  return {.centre = bowl.centre,
          .turn = OnAxis(bowl.centre, bowl.along, std::sqrt(2 * scene.level)),
          .stretch = OnAxis(bowl.centre, across, std::sqrt(2 * scene.level / bowl.stretch)),
          .radius = by_x ? Point{sign * out, 0} : Point{0, sign * out}};
}

SquareDrawing DrawContours(const ContourScene& scene) {
  const PlotWords words{"contours", "Data loss and ball",
                        "Ellipses of equal data loss of two weights, a ball of the norm, the point "
                        "of the ball where the loss is least, and where the ball's edge meets the "
                        "bold ellipse."};
  const std::array<LegendEntry, 3> legend = {{{"equal data loss", "contour"},
                                              {"the chosen loss", "contour bold"},
                                              {"ball of the norm", "ball"}}};
  const ContourHandles handles = HandlesOf(scene);
  return DrawSquare(words, [&](Plot* plot) {
    plot->Legend(legend);
    plot->BeginClip();
    DrawBall(scene, plot);
    DrawLevels(scene.bowl, plot);
    DrawLevel(scene.bowl, scene.level, "contour bold", plot);
    plot->EndClip();
    DrawMeeting(scene, plot);
    DrawTouches(scene, plot);
    DrawHandles(handles, plot);
  });
}

}  // namespace halflife
