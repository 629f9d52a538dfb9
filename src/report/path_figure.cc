// The largest weights along the decay.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "report/figures.h"
#include "report/frame.h"
#include "report/labels.h"
#include "report/plain_text.h"
#include "report/short_labels.h"
#include "report/words.h"

namespace halflife {
namespace {

constexpr std::size_t kColours = 6;

const Layout kWide{.variant = "wide",
                   .width = 720,
                   .height = 400,
                   .left = 192,
                   .right = 662,
                   .top = 34,
                   .bottom = 346,
                   .font = 13,
                   .x_labels = 6,
                   .y_ticks = 6};
const Layout kNarrow{.variant = "narrow",
                     .width = 360,
                     .height = 370,
                     .left = 124,
                     .right = 312,
                     .top = 34,
                     .bottom = 316,
                     .font = 12.5,
                     .x_labels = 3,
                     .y_ticks = 5};

// Colour by turns, the second round dashed: class names of the style sheet.
std::string LineClass(std::size_t index) {
  return fmt::format("series c{}{}", index % kColours + 1, index < kColours ? "" : " second");
}

// All weights shown; where they explode towards no decay, only what is near the size at the best.
Range WeightRange(const TuneResult& result) {
  std::vector<double> all = {0.0};
  double size = 0.0;
  for (const WeightPath& path : result.paths) {
    all.insert(all.end(), path.weights.begin(), path.weights.end());
    const auto best = static_cast<std::size_t>(result.best);
    if (best < path.weights.size() && IsDrawable(path.weights[best]))
      size = std::max(size, std::fabs(path.weights[best]));
  }
  Range range = RangeOf(all);
  if (size > 0.0) {
    range.low = std::max(range.low, -3.0 * size);
    range.high = std::min(range.high, 3.0 * size);
  }
  return range;
}

std::vector<Point> LineOf(const TuneResult& result, const WeightPath& path, const DecayScale& x,
                          const LinearScale& y) {
  std::vector<Point> line;
  const std::size_t count = std::min(path.weights.size(), result.grid.size());
  for (std::size_t i = 0; i < count; ++i) {
    if (IsDrawable(path.weights[i]))
      line.push_back({x.At(result.grid[i].decay), y.At(path.weights[i])});
  }
  return line;
}

std::vector<std::string> LabelsOf(const TuneResult& result, int columns) {
  std::vector<std::string> names;
  for (const WeightPath& path : result.paths) names.push_back(path.name);
  return ShortLabels(names, columns);
}

// Names left of the plot, each joined to the start of its line.
void DrawNames(const TuneResult& result, const Layout& layout, const std::vector<double>& starts,
               Svg* svg) {
  const double row = layout.font + 5.0;
  const std::vector<double> places =
      SpreadLabels(starts, row, layout.top + 2.0, layout.bottom - 4.0);
  const double lead = layout.narrow() ? 14.0 : 24.0;
  const int columns = static_cast<int>((layout.left - lead - 4.0) / TextWidth("x", layout.font));
  const std::vector<std::string> labels = LabelsOf(result, columns);
  for (std::size_t i = 0; i < result.paths.size(); ++i) {
    const std::vector<Point> leader = {
        {layout.left - lead, places[i]}, {layout.left - 4.0, starts[i]}, {layout.left, starts[i]}};
    svg->Polyline(leader, "leader " + LineClass(i));
    svg->Text({layout.left - lead - 4.0, places[i] + 0.35 * layout.font}, labels[i],
              {.css_class = "label", .anchor = "end"});
  }
}

void DrawPaths(const TuneResult& result, const Layout& layout, const DecayScale& x,
               const LinearScale& y, Svg* svg) {
  std::vector<double> starts;
  svg->BeginClip({layout.left, layout.top}, {layout.right, layout.bottom});
  for (std::size_t i = 0; i < result.paths.size(); ++i) {
    std::vector<Point> line = LineOf(result, result.paths[i], x, y);
    const double start = line.empty() ? y.At(0.0) : line.front().y;
    starts.push_back(std::clamp(start, layout.top, layout.bottom));
    // To the plot's edge, where the name is.
    if (!line.empty()) line.insert(line.begin(), {layout.left, start});
    svg->Polyline(line, LineClass(i));
  }
  svg->EndClip();
  DrawNames(result, layout, starts, svg);
}

std::string Description(const TuneResult& result) {
  std::string text =
      fmt::format("Weights at the best decay, {}: ", DecayText(BestPoint(result).decay));
  const auto best = static_cast<std::size_t>(result.best);
  for (const WeightPath& path : result.paths) {
    if (best >= path.weights.size() || !IsDrawable(path.weights[best])) continue;
    text += fmt::format("{} {}; ", CleanText(path.name), Number(path.weights[best], 3));
  }
  return text +
         (result.no_decay.empty()
              ? "all weights together shrink towards 0 as the decay grows."
              : "the weights that are decayed shrink together towards 0 as the decay grows.");
}

std::string Draw(const TuneResult& result, const Layout& layout) {
  Svg svg({.width = layout.width,
           .height = layout.height,
           .id = "paths-" + layout.variant,
           .css_class = "figure " + layout.variant,
           .title = "The largest weights along the weight decay",
           .description = Description(result)});
  const DecayScale x(DecaysOf(result), {layout.left, layout.right}, layout.x_labels);
  const LinearScale y(WeightRange(result), {layout.bottom, layout.top}, layout.y_ticks);
  svg.Text({layout.width, layout.font + 2.0}, AxisName("weight, standardised", y),
           {.css_class = "name", .anchor = "end"});
  DrawValueAxis(layout, y, Side::kRight, &svg);
  DrawDecayAxis(layout, x, kDecayName, &svg);
  const double best = x.At(BestPoint(result).decay);
  svg.Line({best, layout.top}, {best, layout.bottom}, "choice best");
  const double half = 0.5 * TextWidth("best", layout.font);
  svg.Text({std::clamp(best, layout.left + half, layout.right - half), layout.top - 6.0}, "best",
           {.css_class = "label best", .anchor = "middle"});
  DrawPaths(result, layout, x, y, &svg);
  svg.Line({layout.left, layout.top}, {layout.left, layout.bottom}, "crosshair");
  return svg.Finish();
}

}  // namespace

Figure PathFigure(const TuneResult& result) {
  constexpr int kListColumns = 40;
  Readout readout;
  readout.labels = LabelsOf(result, kListColumns);
  for (std::size_t i = 0; i < result.grid.size(); ++i) {
    Reading reading{"decay " + DecayText(result.grid[i].decay), {}};
    for (const WeightPath& path : result.paths) {
      const bool known = i < path.weights.size() && IsDrawable(path.weights[i]);
      reading.values.push_back(known ? Number(path.weights[i], 3) : "unknown");
    }
    readout.readings.push_back(std::move(reading));
  }
  return {Draw(result, kWide), Draw(result, kNarrow),
          ReadoutJson(readout, PlacesOfDecays(result, kWide, kNarrow))};
}

}  // namespace halflife
