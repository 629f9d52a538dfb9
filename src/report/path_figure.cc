// The largest weights along the decay.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/text.h"
#include "report/figure_words.h"
#include "report/figures.h"
#include "report/frame.h"
#include "report/labels.h"
#include "report/numbers.h"
#include "report/penalty_words.h"
#include "report/plain_text.h"
#include "report/short_labels.h"
#include "report/words.h"

namespace halflife {
namespace {

constexpr std::size_t kColours = 6;
constexpr int kMostTicks = 6;  // of the vertical axis

// What there is of the size of the fit at a decay.
std::optional<double> SizeOf(const TuneResult& result, const GridPoint& point) {
  std::optional<double> size = point.effective_dof;
  if (IsSparse(result)) {
    size.reset();
    if (point.nonzero) size = static_cast<double>(*point.nonzero);
  }
  return size && IsDrawable(*size) ? size : std::nullopt;
}

bool HasFitSizes(const TuneResult& result) {
  return std::any_of(result.grid.begin(), result.grid.end(),
                     [&](const GridPoint& point) { return SizeOf(result, point).has_value(); });
}

Layout WideFor(const TuneResult& result) {
  Layout layout = WideLayout(312, HasFitSizes(result) ? 3 : 2);
  layout.left = 192;
  layout.right = 662;
  layout.x_labels = 6;
  layout.y_ticks = kMostTicks;
  return layout;
}

Layout NarrowFor(const TuneResult& result) {
  Layout layout = NarrowLayout(282, HasFitSizes(result) ? 3 : 2);
  layout.left = 124;
  layout.right = 308;
  layout.x_labels = 3;
  layout.y_ticks = 5;
  return layout;
}

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

std::vector<Point> LineOf(const TuneResult& result, const WeightPath& path, const Axis& x,
                          const Axis& y) {
  return PointsOf(x, y, DecaysOf(result), path.weights);
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

void DrawPaths(const TuneResult& result, const Layout& layout, const Axis& x, const Axis& y,
               Svg* svg) {
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

// On top of the plot: the size of the fit at the best decay, and at those next to the axis's ticks
// for which there is room.
void DrawSizes(const TuneResult& result, const Layout& layout, const Axis& x, Svg* svg) {
  struct Taken {
    double low;
    double high;
  };
  std::vector<Taken> taken;
  const double y = layout.top - 8.0;
  const auto draw = [&](const GridPoint& point) {
    const auto size = SizeOf(result, point);
    if (!size) return;
    const std::string text = Number(*size, *size < 100.0 ? 2 : 3);
    const double place = x.At(point.decay);
    const double half = 0.5 * TextWidth(text, layout.font);
    const double middle = std::clamp(place, layout.left - 8.0, layout.width - half);
    for (const Taken& other : taken) {
      if (middle - half < other.high + 6.0 && middle + half > other.low - 6.0) return;
    }
    taken.push_back({middle - half, middle + half});
    svg->Line({place, layout.top - 5.0}, {place, layout.top}, "axis tick");
    svg->Text({middle, y}, text, {.css_class = "number size", .anchor = "middle"});
  };
  draw(BestPoint(result));
  for (const Tick& tick : x.ticks) {
    if (tick.label.empty()) continue;
    const auto nearest = std::min_element(result.grid.begin(), result.grid.end(),
                                          [&](const GridPoint& a, const GridPoint& b) {
                                            return std::fabs(x.At(a.decay) - tick.position) <
                                                   std::fabs(x.At(b.decay) - tick.position);
                                          });
    draw(*nearest);
  }
  Said name = IsSparse(result) ? Said{"weights not 0", "非零权重"}
                               : Said{"degrees of freedom", "有效自由度"};
  if (layout.narrow()) name = IsSparse(result) ? Said{"not 0", "非零"} : Said{"dof", "自由度"};
  const double edge = taken.empty() ? layout.left : layout.left - 8.0;
  double end = edge;
  for (const Taken& other : taken) end = std::min(end, other.low - 14.0);
  svg->Text({end, y}, name, {.css_class = "name", .anchor = "end"});
}

// Above the sizes, where there are such.
void DrawBest(const TuneResult& result, const Layout& layout, const Axis& x, Svg* svg) {
  const double best = x.At(BestPoint(result).decay);
  svg->Line({best, layout.top}, {best, layout.bottom}, "choice best");
  const Said name = BestSaid(result);
  const double half = 0.5 * TextWidth(name, layout.font);
  const double row = layout.top - (HasFitSizes(result) ? 24.0 : 7.0);
  svg->Text({std::clamp(best, layout.left + half, layout.right - half), row}, name,
            {.css_class = "label best", .anchor = "middle"});
}

Said Description(const TuneResult& result) {
  const auto best = static_cast<std::size_t>(result.best);
  std::string weights;
  for (const WeightPath& path : result.paths) {
    if (best >= path.weights.size() || !IsDrawable(path.weights[best])) continue;
    weights += fmt::format("{} {}; ", CleanText(path.name), NumberInFull(path.weights[best], 3));
  }
  return InBoth([&](Language language) {
    return Say(language, "Weights at {3}, {0}: {1}{2}", "{3} {0} 时的权重：{1}{2}",
               DecayText(BestPoint(result).decay), weights,
               result.no_decay.empty()
                   ? Say(language, "all weights together shrink towards 0 as the decay grows.",
                         "衰减增大时，全部权重合起来向 0 收缩。")
                   : Say(language,
                         "the weights that are decayed shrink together towards 0 as the decay "
                         "grows.",
                         "衰减增大时，被衰减的权重合起来向 0 收缩。"),
               BestDecaySaid(result).In(language));
  });
}

std::string Draw(const TuneResult& result, const Layout& layout) {
  Svg svg(HeadOf("paths",
                 {"The largest weights along the weight decay", "最大的权重随权重衰减的变化"},
                 Description(result), layout));
  const Axis x = DecayAxis(result, layout);
  const Axis y = GrownAxis(WeightRange(result), layout.up(), layout.y_ticks);
  svg.Scales(ScaleAttributes(x, 'x') + ScaleAttributes(y, 'y'));
  svg.Text({layout.width, RowAt(layout, 0)},
           AxisName({"weight, standardised", "权重（标准化）"}, y),
           {.css_class = "name", .anchor = "end"});
  DrawValueAxis(layout, y, Side::kRight, &svg);
  DrawBottomAxis(layout, x, DecayName(), &svg);
  if (HasFitSizes(result)) DrawSizes(result, layout, x, &svg);
  DrawBest(result, layout, x, &svg);
  DrawPaths(result, layout, x, y, &svg);
  svg.Line({layout.left, layout.top}, {layout.left, layout.bottom}, "crosshair");
  return svg.Finish();
}

// A column a weight; those that the fit has no value of stay empty.
FigureTable TableOf(const TuneResult& result) {
  FigureTable table;
  table.columns = {"decay", IsSparse(result) ? "nonzero" : "effective_dof"};
  for (const WeightPath& path : result.paths) table.columns.push_back(CleanText(path.name));
  for (std::size_t i = 0; i < result.grid.size(); ++i) {
    const GridPoint& point = result.grid[i];
    table.rows.push_back({point.decay, SizeOf(result, point).value_or(std::nan(""))});
    for (const WeightPath& path : result.paths)
      table.rows.back().emplace_back(i < path.weights.size() ? path.weights[i] : std::nan(""));
  }
  return table;
}

}  // namespace

bool PathsAreCut(const TuneResult& result) {
  const Range shown = GrownAxis(WeightRange(result), {1.0, 0.0}, kMostTicks).range;
  for (const WeightPath& path : result.paths) {
    for (const double weight : path.weights) {
      if (IsDrawable(weight) && (weight < shown.low || weight > shown.high)) return true;
    }
  }
  return false;
}

Figure PathFigure(const TuneResult& result) {
  constexpr int kListColumns = 40;
  Readout readout;
  for (const std::string& label : LabelsOf(result, kListColumns))
    readout.labels.push_back(InEither(label));
  for (std::size_t i = 0; i < result.grid.size(); ++i) {
    const std::string decay = DecayText(result.grid[i].decay);
    Reading reading{{"decay " + decay, "衰减 " + decay}, {}};
    for (const WeightPath& path : result.paths) {
      const bool known = i < path.weights.size() && IsDrawable(path.weights[i]);
      reading.values.push_back(known ? InEither(NumberInFull(path.weights[i], 3))
                                     : Said{"unknown", "未知"});
    }
    readout.readings.push_back(std::move(reading));
  }
  readout.table = TableOf(result);
  const Layout wide = WideFor(result);
  const Layout narrow = NarrowFor(result);
  return {Draw(result, wide), Draw(result, narrow),
          ReadoutJson(readout, PlacesOfDecays(result, wide, narrow))};
}

}  // namespace halflife
