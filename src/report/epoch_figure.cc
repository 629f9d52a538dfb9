#include "report/epoch_figure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/text.h"
#include "report/frame.h"
#include "report/labels.h"
#include "report/numbers.h"

namespace halflife {
namespace {

Layout WideFor() {
  Layout layout = WideLayout(242, 2);
  layout.right = 548;
  return layout;
}

Layout NarrowFor() {
  Layout layout = NarrowLayout(232, 2);
  layout.right = 204;
  layout.x_labels = 4;
  return layout;
}

std::size_t LongestOf(const EpochPlot& plot) {
  std::size_t longest = 1;
  for (const EpochLine& line : plot.lines) longest = std::max(longest, line.values.size());
  for (const std::vector<double>& line : plot.faint) longest = std::max(longest, line.size());
  return longest;
}

Axis EpochAxis(const EpochPlot& plot, const Layout& layout) {
  return WithWholeTicks(
      ExactAxis({0.0, static_cast<double>(LongestOf(plot))}, layout.across(), layout.x_labels));
}

// A little more than what is shown, so that no line runs along the plot's edge.
Axis LogValueAxis(const std::vector<double>& values, const Layout& layout) {
  Range range = PositiveRangeOf(values);
  constexpr double kRoom = 1.08;
  range.low = std::max(range.low / kRoom, 1e-300);
  range.high = std::min(range.high * kRoom, 1e300);
  return LogAxis(range, layout.up(), layout.y_ticks);
}

// From zero where all is above: sizes are compared.
Axis ValueAxis(const EpochPlot& plot, const Layout& layout) {
  std::vector<double> all;
  for (const EpochLine& line : plot.lines)
    all.insert(all.end(), line.values.begin(), line.values.end());
  if (plot.log) return LogValueAxis(all, layout);
  all.push_back(0.0);
  return GrownAxis(RangeOf(all), layout.up(), layout.y_ticks);
}

std::vector<Point> LineOf(const std::vector<double>& values, const Axis& x, const Axis& y) {
  std::vector<double> epochs(values.size());
  std::iota(epochs.begin(), epochs.end(), 1.0);
  return PointsOf(x, y, epochs, values);
}

// SpreadLabels keeps the order it is given: that of the line ends, from the top.
void DrawNames(const EpochPlot& plot, const Layout& layout, const std::vector<Point>& ends,
               Svg* svg) {
  std::vector<std::size_t> order(ends.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return ends[a].y < ends[b].y; });
  std::vector<double> sorted;
  sorted.reserve(order.size());
  for (const std::size_t i : order) sorted.push_back(ends[i].y);
  const std::vector<double> places =
      SpreadLabels(sorted, layout.font + 5.0, layout.top + 2.0, layout.bottom - 2.0);
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const std::size_t i = order[rank];
    // Quiet, so that it is not taken for more of the line.
    const std::vector<Point> leader = {{ends[i].x + 2.0, ends[i].y},
                                       {layout.right + 9.0, places[rank]}};
    svg->Polyline(leader, "leader quiet");
    svg->Text({layout.right + 12.0, places[rank] + 0.35 * layout.font}, plot.lines[i].name,
              {.css_class = "label"});
  }
}

void DrawLines(const EpochPlot& plot, const Layout& layout, const Axis& x, const Axis& y,
               Svg* svg) {
  svg->BeginClip({layout.left, layout.top}, {layout.right, layout.bottom});
  for (const std::vector<double>& values : plot.faint)
    svg->Polyline(LineOf(values, x, y), "series faint");
  std::vector<Point> ends;
  for (const EpochLine& line : plot.lines) {
    const std::vector<Point> points = LineOf(line.values, x, y);
    svg->Polyline(points, line.css_class);
    Point end = points.empty() ? Point{layout.left, layout.bottom} : points.back();
    end.y = std::clamp(end.y, layout.top, layout.bottom);
    ends.push_back(end);
  }
  svg->EndClip();
  DrawNames(plot, layout, ends, svg);
}

Said Description(const EpochPlot& plot) {
  return InBoth([&](Language language) {
    std::vector<std::string> parts;
    for (const EpochLine& line : plot.lines) {
      if (!line.values.empty())
        parts.push_back(
            fmt::format("{} {}", line.name.In(language), NumberInFull(line.values.back(), 3)));
    }
    return Say(language, "By epoch. At the end: {}.", "随轮数的变化。结束时：{}。",
               Join(parts, Say(language, "; ", "；")));
  });
}

std::string Draw(const EpochPlot& plot, const Layout& layout) {
  Svg svg(HeadOf(plot.id, plot.title, Description(plot), layout));
  const Axis x = EpochAxis(plot, layout);
  const Axis y = ValueAxis(plot, layout);
  svg.Scales(ScaleAttributes(x, 'x') + ScaleAttributes(y, 'y'));
  svg.Text({0.0, RowAt(layout, 0)}, AxisName(plot.axis, y), {.css_class = "name"});
  DrawValueAxis(layout, y, Side::kLeft, &svg);
  DrawBottomAxis(layout, x, AxisName({"epoch", "轮"}, x), &svg);
  DrawLines(plot, layout, x, y, &svg);
  svg.Line({layout.left, layout.top}, {layout.left, layout.bottom}, "crosshair");
  return svg.Finish();
}

// The epochs that can be read: all, or some two hundred of many, the last among them.
std::vector<std::size_t> ReadableEpochs(const EpochPlot& plot) {
  constexpr std::size_t kMost = 200;
  const std::size_t last = LongestOf(plot);
  const std::size_t step = (last + kMost - 1) / kMost;
  std::vector<std::size_t> epochs;
  for (std::size_t epoch = last; epoch >= 1; epoch -= std::min(step, epoch))
    epochs.push_back(epoch);
  std::reverse(epochs.begin(), epochs.end());
  return epochs;
}

FigureTable TableOf(const EpochPlot& plot) {
  FigureTable table{{"epoch"}, {}};
  for (const EpochLine& line : plot.lines)
    table.columns.push_back(line.column.empty() ? line.name.english : line.column);
  for (std::size_t epoch = 1; epoch <= LongestOf(plot); ++epoch) {
    table.rows.push_back({static_cast<double>(epoch)});
    for (const EpochLine& line : plot.lines) {
      const bool known = epoch <= line.values.size();
      table.rows.back().emplace_back(known ? line.values[epoch - 1] : std::nan(""));
    }
  }
  return table;
}

}  // namespace

Figure DrawEpochs(const EpochPlot& plot) {
  const Layout wide = WideFor();
  const Layout narrow = NarrowFor();
  Readout readout;
  for (const EpochLine& line : plot.lines) readout.labels.push_back(line.name);
  const Axis on_wide = EpochAxis(plot, wide);
  const Axis on_narrow = EpochAxis(plot, narrow);
  Places places;
  for (const std::size_t epoch : ReadableEpochs(plot)) {
    Reading reading{{fmt::format("epoch {}", epoch), fmt::format("第 {} 轮", epoch)}, {}};
    for (const EpochLine& line : plot.lines) {
      reading.values.push_back(InEither(epoch <= line.values.size()
                                            ? NumberInFull(line.values[epoch - 1], 3)
                                            : std::string("-")));
    }
    readout.readings.push_back(std::move(reading));
    const auto at = static_cast<double>(epoch);
    places.wide.push_back(PlaceOf(on_wide.At(at)));
    places.narrow.push_back(PlaceOf(on_narrow.At(at)));
  }
  places.first = static_cast<int>(readout.readings.size()) - 1;
  readout.table = TableOf(plot);
  return {Draw(plot, wide), Draw(plot, narrow), ReadoutJson(readout, places)};
}

}  // namespace halflife
