#include "report/epoch_figure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "report/axis.h"
#include "report/frame.h"
#include "report/labels.h"
#include "report/svg.h"

namespace halflife {
namespace {

const Layout kWide{.variant = "wide",
                   .width = 720,
                   .height = 330,
                   .left = 58,
                   .right = 560,
                   .top = 34,
                   .bottom = 276,
                   .font = 13,
                   .x_labels = 8,
                   .y_ticks = 5};
const Layout kNarrow{.variant = "narrow",
                     .width = 360,
                     .height = 320,
                     .left = 48,
                     .right = 226,
                     .top = 34,
                     .bottom = 266,
                     .font = 12.5,
                     .x_labels = 4,
                     .y_ticks = 4};

std::size_t LongestOf(const EpochPlot& plot) {
  std::size_t longest = 1;
  for (const EpochLine& line : plot.lines) longest = std::max(longest, line.values.size());
  return longest;
}

LinearScale EpochScale(const EpochPlot& plot, const Layout& layout) {
  return {
      {0.0, static_cast<double>(LongestOf(plot))}, {layout.left, layout.right}, layout.x_labels};
}

// From zero where all is above: sizes are compared.
LinearScale ValueScale(const EpochPlot& plot, const Layout& layout) {
  std::vector<double> all = {0.0};
  for (const EpochLine& line : plot.lines)
    all.insert(all.end(), line.values.begin(), line.values.end());
  return {RangeOf(all), {layout.bottom, layout.top}, layout.y_ticks};
}

void DrawEpochAxis(const Layout& layout, const LinearScale& scale, Svg* svg) {
  const double y = layout.bottom;
  svg->Line({layout.left, y}, {layout.right, y}, "axis");
  for (const Tick& tick : scale.Ticks()) {
    svg->Line({tick.position, y}, {tick.position, y + 6.0}, "axis tick");
    svg->Text({tick.position, y + 9.0 + layout.font}, tick.label,
              {.css_class = "number", .anchor = "middle"});
  }
  svg->Text({0.5 * (layout.left + layout.right), layout.height - 6.0}, AxisName("epoch", scale),
            {.css_class = "name", .anchor = "middle"});
}

void DrawLines(const EpochPlot& plot, const Layout& layout, const LinearScale& x,
               const LinearScale& y, Svg* svg) {
  std::vector<Point> ends;
  std::vector<double> wanted;
  for (const EpochLine& line : plot.lines) {
    std::vector<Point> points;
    for (std::size_t e = 0; e < line.values.size(); ++e) {
      if (IsDrawable(line.values[e]))
        points.push_back({x.At(static_cast<double>(e + 1)), y.At(line.values[e])});
    }
    svg->Polyline(points, line.css_class);
    ends.push_back(points.empty() ? Point{layout.left, layout.bottom} : points.back());
    wanted.push_back(ends.back().y);
  }
  // SpreadLabels keeps the order it is given: that of the line ends, from the top.
  std::vector<std::size_t> order(wanted.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return wanted[a] < wanted[b]; });
  std::vector<double> sorted;
  sorted.reserve(order.size());
  for (const std::size_t i : order) sorted.push_back(wanted[i]);
  const std::vector<double> places =
      SpreadLabels(sorted, layout.font + 5.0, layout.top + 2.0, layout.bottom - 2.0);
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const std::size_t i = order[rank];
    const std::vector<Point> leader = {ends[i], {layout.right + 12.0, places[rank]}};
    svg->Polyline(leader, "leader " + plot.lines[i].css_class);
    svg->Text({layout.right + 16.0, places[rank] + 0.35 * layout.font}, plot.lines[i].name,
              {.css_class = "label"});
  }
}

std::string Description(const EpochPlot& plot) {
  std::string text = "By epoch. At the end: ";
  std::vector<std::string> parts;
  for (const EpochLine& line : plot.lines) {
    if (!line.values.empty())
      parts.push_back(fmt::format("{} {}", line.name, Number(line.values.back(), 3)));
  }
  return text + Join(parts, "; ") + ".";
}

std::string Draw(const EpochPlot& plot, const Layout& layout) {
  Svg svg({.width = layout.width,
           .height = layout.height,
           .id = plot.id + "-" + layout.variant,
           .css_class = "figure " + layout.variant,
           .title = plot.title,
           .description = Description(plot)});
  const LinearScale x = EpochScale(plot, layout);
  const LinearScale y = ValueScale(plot, layout);
  svg.Text({0.0, layout.font + 2.0}, AxisName(plot.axis, y), {.css_class = "name"});
  DrawValueAxis(layout, y, Side::kLeft, &svg);
  DrawEpochAxis(layout, x, &svg);
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

}  // namespace

Figure DrawEpochs(const EpochPlot& plot) {
  Readout readout;
  for (const EpochLine& line : plot.lines) readout.labels.push_back(line.name);
  const LinearScale wide = EpochScale(plot, kWide);
  const LinearScale narrow = EpochScale(plot, kNarrow);
  Places places;
  for (const std::size_t epoch : ReadableEpochs(plot)) {
    Reading reading{fmt::format("epoch {}", epoch), {}};
    for (const EpochLine& line : plot.lines) {
      reading.values.push_back(epoch <= line.values.size() ? Number(line.values[epoch - 1], 3)
                                                           : "-");
    }
    readout.readings.push_back(std::move(reading));
    const auto at = static_cast<double>(epoch);
    places.wide.push_back(std::round(100.0 * wide.At(at)) / 100.0);
    places.narrow.push_back(std::round(100.0 * narrow.At(at)) / 100.0);
  }
  places.first = static_cast<int>(readout.readings.size()) - 1;
  return {Draw(plot, kWide), Draw(plot, kNarrow), ReadoutJson(readout, places)};
}

}  // namespace halflife
