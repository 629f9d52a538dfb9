// The loss over two weights, and where an L2 and an L1 penalty hold them.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "base/text.h"
#include "report/contour_lines.h"
#include "report/figure_words.h"
#include "report/figures.h"
#include "report/frame.h"
#include "report/labels.h"
#include "report/numbers.h"
#include "report/short_labels.h"
#include "report/words.h"

namespace halflife {
namespace {

constexpr int kLevels = 9;

const LossPlane& PlaneOf(const TuneResult& result) { return *result.diagnostics.plane; }

// One penalty's half of the figure.
struct Panel {
  Said title;
  bool is_l1 = false;
  const std::vector<PlanePoint>* path = nullptr;
  const PlanePoint* at = nullptr;
};

std::string PlaneDecayText(const PlanePoint& point) { return NumberText(point.decay, 3); }

// One decay is the tuned one; the other has the same loss.
Said PanelTitle(const char* penalty, const PlanePoint& at, bool is_tuned) {
  return InBoth([&](Language language) {
    return Say(language, "{} decay {}{}", "{} 衰减 {}{}", penalty, PlaneDecayText(at),
               is_tuned ? "" : Say(language, ", the same loss", "，损失相同"));
  });
}

std::array<Panel, 2> PanelsOf(const TuneResult& result) {
  const LossPlane& plane = PlaneOf(result);
  const bool l1 = PlaneIsOfL1(result);
  return {Panel{PanelTitle("L2", plane.at_l2, !l1), false, &plane.l2, &plane.at_l2},
          Panel{PanelTitle("L1", plane.at_l1, l1), true, &plane.l1, &plane.at_l1}};
}

bool IsSound(const PlanePoint& point) {
  return IsDrawable(point.weights[0]) && IsDrawable(point.weights[1]);
}

Range LossesOf(const LossPlane& plane) { return RangeOf(plane.loss); }

// Above the least loss as squares: about equally far apart where the loss is a bowl.
std::vector<double> LevelsOf(const LossPlane& plane) {
  const Range losses = LossesOf(plane);
  std::vector<double> levels;
  for (int i = 1; i <= kLevels; ++i) {
    const double share = i / (kLevels + 0.5);
    levels.push_back(losses.low + share * share * (losses.high - losses.low));
  }
  return levels;
}

// Both weights in one scale: the shorter range is widened about its middle, 0 is within both.
std::array<Range, 2> RangesOf(const LossPlane& plane) {
  std::array<Range, 2> ranges{};
  double longest = 0.0;
  for (std::size_t k = 0; k < 2; ++k) {
    ranges[k] = {std::min(0.0, plane.low[k]), std::max(0.0, plane.high[k])};
    longest = std::max(longest, ranges[k].high - ranges[k].low);
  }
  for (Range& range : ranges) {
    const double more = 0.5 * (longest - (range.high - range.low));
    range.low -= more;
    range.high += more;
  }
  return ranges;
}

struct Drawing {
  Layout layout;  // of the panel, within the figure
  Axis x;
  Axis y;

  Point At(const double* weights) const { return {x.At(weights[0]), y.At(weights[1])}; }
};

void DrawContour(const LossPlane& plane, double level, const Drawing& drawing,
                 const std::string& css_class, Svg* svg) {
  const auto steps = static_cast<double>(plane.side - 1);
  for (const std::vector<Point>& line : ContourLines(plane.loss, plane.side, level)) {
    std::vector<Point> points;
    points.reserve(line.size());
    for (const Point& at : line) {
      const double weights[] = {plane.low[0] + at.x / steps * (plane.high[0] - plane.low[0]),
                                plane.low[1] + at.y / steps * (plane.high[1] - plane.low[1])};
      points.push_back(drawing.At(weights));
    }
    svg->Polyline(points, css_class);
  }
}

// Between the points of the grid; NaN outside of it.
double LossAt(const LossPlane& plane, const double* weights) {
  std::size_t low[2];
  double share[2];
  for (std::size_t k = 0; k < 2; ++k) {
    const double step = (weights[k] - plane.low[k]) / (plane.high[k] - plane.low[k]) *
                        static_cast<double>(plane.side - 1);
    if (!(step >= 0.0) || !(step <= static_cast<double>(plane.side - 1))) return std::nan("");
    low[k] = std::min(plane.side - 2, static_cast<std::size_t>(step));
    share[k] = step - static_cast<double>(low[k]);
  }
  const double* row = &plane.loss[low[1] * plane.side + low[0]];
  const double* next = row + plane.side;
  return (1 - share[1]) * ((1 - share[0]) * row[0] + share[0] * row[1]) +
         share[1] * ((1 - share[0]) * next[0] + share[0] * next[1]);
}

// All weights whose penalty is that at `panel.at`.
void DrawBall(const Panel& panel, const Drawing& drawing, Svg* svg) {
  const double* weights = panel.at->weights;
  const double centre[] = {0.0, 0.0};
  const double radius = panel.is_l1 ? std::fabs(weights[0]) + std::fabs(weights[1])
                                    : std::hypot(weights[0], weights[1]);
  if (!IsDrawable(radius)) return;
  if (!panel.is_l1) {
    const double edge[] = {radius, 0.0};
    svg->Circle(drawing.At(centre), std::fabs(drawing.At(edge).x - drawing.At(centre).x),
                "held-ball");
    return;
  }
  const double corners[4][2] = {{radius, 0.0}, {0.0, radius}, {-radius, 0.0}, {0.0, -radius}};
  std::vector<Point> diamond;
  for (const auto& corner : corners) diamond.push_back(drawing.At(corner));
  svg->Polygon(diamond, "held-ball");
}

void DrawPath(const Panel& panel, const Drawing& drawing, Svg* svg) {
  std::vector<Point> path;
  for (const PlanePoint& point : *panel.path) {
    if (IsSound(point)) path.push_back(drawing.At(point.weights));
  }
  svg->Polyline(path, "curve shrink-path");
  if (!path.empty()) svg->Circle(path.front(), 3.2, "dot minimum");
  if (IsSound(*panel.at)) svg->Circle(drawing.At(panel.at->weights), 4.5, "dot chosen");
}

void DrawPanel(const LossPlane& plane, const Panel& panel, const Drawing& drawing,
               const std::array<std::string, 2>& names, Svg* svg) {
  const Layout& layout = drawing.layout;
  svg->Scales(ScaleAttributes(drawing.x, 'x') + ScaleAttributes(drawing.y, 'y'));
  svg->Text({layout.right, layout.top - 8.0}, panel.title, {.css_class = "label", .anchor = "end"});
  svg->Text({layout.left - 44.0, layout.top - 26.0}, AxisName(InEither(names[1]), drawing.y),
            {.css_class = "name"});
  DrawValueAxis(layout, drawing.y, Side::kLeft, svg);
  Layout foot = layout;
  foot.height = layout.bottom + 46.0;
  DrawBottomAxis(foot, drawing.x, AxisName(InEither(names[0]), drawing.x), svg);
  svg->BeginClip({layout.left, layout.top}, {layout.right, layout.bottom});
  const double zero = drawing.x.At(0.0);
  svg->Line({zero, layout.top}, {zero, layout.bottom}, "grid zero");
  svg->Line({layout.left, drawing.y.At(0.0)}, {layout.right, drawing.y.At(0.0)}, "grid zero");
  for (const double level : LevelsOf(plane)) DrawContour(plane, level, drawing, "level", svg);
  if (IsSound(*panel.at)) {
    DrawBall(panel, drawing, svg);
    const double held = LossAt(plane, panel.at->weights);
    if (IsDrawable(held)) DrawContour(plane, held, drawing, "level held", svg);
  }
  DrawPath(panel, drawing, svg);
  svg->EndClip();
}

std::vector<KeyEntry> LegendOf() {
  using Swatch = KeyEntry::Swatch;
  return {{{"equal loss", "等损失线"}, "level"},
          {{"least loss", "损失最低处"}, "minimum", Swatch::kDot},
          {{"weights as decay grows", "衰减增大时的权重"}, "shrink-path"},
          {{"weights at the decay named", "所标衰减处的权重"}, "chosen", Swatch::kDot},
          {{"equal penalty", "等惩罚线"}, "held-ball", Swatch::kBox}};
}

// Side by side when wide, one under the other when narrow.
Layout PanelLayout(const Layout& figure, std::size_t index, double top) {
  Layout layout = figure;
  const double side = figure.narrow() ? 290.0 : 296.0;
  layout.left = (figure.narrow() ? 54.0 : 50.0) +
                (figure.narrow() ? 0.0 : 364.0 * static_cast<double>(index));
  layout.right = layout.left + side;
  layout.top = top + (figure.narrow() ? (side + 106.0) * static_cast<double>(index) : 0.0);
  layout.bottom = layout.top + side;
  layout.x_labels = layout.y_ticks = 4;
  return layout;
}

std::string Draw(const TuneResult& result, bool narrow) {
  const LossPlane& plane = PlaneOf(result);
  Layout layout = narrow ? NarrowLayout(0, 0) : WideLayout(0, 0);
  const Legend legend(LegendOf(), layout);
  const double top = RowAt(layout, legend.rows()) + 34.0;
  layout.height = PanelLayout(layout, 1, top).bottom + 50.0;
  const FigureWords words = PlaneWords(result);
  Svg svg(HeadOf("plane", words.title, words.caption, layout));
  legend.Draw(layout, 0, &svg);
  const double room = 250.0;
  const std::vector<std::string> names = ShortLabels(
      {plane.names[0], plane.names[1]}, static_cast<int>(room / TextWidth("x", layout.font)));
  const std::array<Range, 2> ranges = RangesOf(plane);
  const std::array<Panel, 2> panels = PanelsOf(result);
  for (std::size_t k = 0; k < 2; ++k) {
    const Layout panel = PanelLayout(layout, k, top);
    const Drawing drawing{panel, ExactAxis(ranges[0], panel.across(), panel.x_labels),
                          ExactAxis(ranges[1], panel.up(), panel.y_ticks)};
    DrawPanel(plane, panels[k], drawing, {names[0], names[1]}, &svg);
  }
  return svg.Finish();
}

// The paths; then the levels of the lines.
FigureTable TableOf(const TuneResult& result) {
  const LossPlane& plane = PlaneOf(result);
  FigureTable table{{"penalty", "decay", "first_weight", "second_weight", "loss_level"}, {}};
  const double none = std::nan("");
  for (const Panel& panel : PanelsOf(result)) {
    const char* name = panel.is_l1 ? "l1" : "l2";
    for (const PlanePoint& point : *panel.path)
      table.rows.push_back({name, point.decay, point.weights[0], point.weights[1], none});
    const bool is_tuned = panel.is_l1 == PlaneIsOfL1(result);
    table.rows.push_back({std::string(name) + (is_tuned ? " at best" : " of the same loss"),
                          panel.at->decay, panel.at->weights[0], panel.at->weights[1], none});
  }
  for (const double level : LevelsOf(plane))
    table.rows.push_back({"contour", none, none, none, level});
  return table;
}

}  // namespace

bool PlaneIsOfL1(const TuneResult& result) {
  return result.l1_ratio > 0.0 && PlaneOf(result).at_l2.decay != BestPoint(result).decay;
}

bool HasPlane(const TuneResult& result) {
  if (!result.diagnostics.plane) return false;
  const LossPlane& plane = PlaneOf(result);
  for (std::size_t k = 0; k < 2; ++k) {
    const bool sound =
        IsDrawable(plane.low[k]) && IsDrawable(plane.high[k]) && plane.low[k] < plane.high[k];
    if (!sound) return false;
  }
  return plane.side >= 2 && plane.loss.size() == plane.side * plane.side;
}

Figure PlaneFigure(const TuneResult& result) {
  Readout readout;
  readout.table = TableOf(result);
  return {Draw(result, false), Draw(result, true), ReadoutJson(readout)};
}

}  // namespace halflife
