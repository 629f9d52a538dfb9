// How many weights, and how many errors, are how large.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/figure_words.h"
#include "report/figures.h"
#include "report/frame.h"
#include "report/numbers.h"
#include "report/scored.h"
#include "report/words.h"

namespace halflife {
namespace {

bool IsSound(const Histogram& histogram) {
  constexpr std::size_t kMostBins = 10000;
  return IsDrawable(histogram.low) && IsDrawable(histogram.high) &&
         histogram.low < histogram.high && !histogram.counts.empty() &&
         histogram.counts.size() <= kMostBins;
}

struct Steps {
  const Histogram* histogram;
  Said name;
  std::string css_class;
  std::string column;
};

struct HistogramPlot {
  std::string id;
  Said title;
  Said description;
  Said values;  // what is along the axis
  Said counts;  // what is counted
  std::vector<Steps> steps;
};

double EdgeOf(const Histogram& histogram, std::size_t edge) {
  const double share = static_cast<double>(edge) / static_cast<double>(histogram.counts.size());
  return histogram.low + share * (histogram.high - histogram.low);
}

Range ValuesOf(const HistogramPlot& plot) {
  std::vector<double> ends;
  for (const Steps& steps : plot.steps) {
    ends.push_back(steps.histogram->low);
    ends.push_back(steps.histogram->high);
  }
  return RangeOf(ends);
}

// The least count above 0 and the largest.
Range CountsOf(const HistogramPlot& plot) {
  std::vector<double> counts;
  for (const Steps& steps : plot.steps)
    counts.insert(counts.end(), steps.histogram->counts.begin(), steps.histogram->counts.end());
  return PositiveRangeOf(counts);
}

bool IsLog(const HistogramPlot& plot) {
  constexpr double kFar = 100.0;
  const Range counts = CountsOf(plot);
  return counts.high > kFar * counts.low;
}

// On a log axis from below the least, so that it is seen.
Axis CountAxis(const HistogramPlot& plot, const Layout& layout) {
  const Range counts = CountsOf(plot);
  constexpr double kRoom = 1.3;
  if (IsLog(plot))
    return LogAxis({0.6 * counts.low, kRoom * counts.high}, layout.up(), layout.y_ticks);
  return WithWholeTicks(GrownAxis({0.0, std::max(1.0, counts.high)}, layout.up(), layout.y_ticks));
}

Axis ValueAxis(const HistogramPlot& plot, const Layout& layout) {
  return ExactAxis(ValuesOf(plot), layout.across(), layout.x_labels);
}

// Up and down along the counts, and back along the floor.
std::vector<Point> Outline(const Histogram& histogram, const Axis& x, const Axis& y) {
  const double floor = y.stretch.from;
  std::vector<Point> outline = {{x.At(histogram.low), floor}};
  for (std::size_t bin = 0; bin < histogram.counts.size(); ++bin) {
    const std::size_t count = histogram.counts[bin];
    const double height = count == 0 ? floor : y.At(static_cast<double>(count));
    outline.push_back({x.At(EdgeOf(histogram, bin)), height});
    outline.push_back({x.At(EdgeOf(histogram, bin + 1)), height});
  }
  outline.push_back({x.At(histogram.high), floor});
  return outline;
}

std::vector<KeyEntry> LegendOf(const HistogramPlot& plot) {
  std::vector<KeyEntry> entries;
  if (plot.steps.size() < 2) return entries;
  for (const Steps& steps : plot.steps)
    entries.push_back({steps.name, "steps " + steps.css_class, KeyEntry::Swatch::kBox});
  return entries;
}

Layout LayoutFor(const HistogramPlot& plot, bool narrow) {
  const Legend legend(LegendOf(plot), narrow ? NarrowLayout(0, 0) : WideLayout(0, 0));
  const int rows = std::max(2, 1 + legend.rows());
  return narrow ? NarrowLayout(200, rows) : WideLayout(220, rows);
}

Said CountName(const HistogramPlot& plot, const Axis& y) {
  if (!IsLog(plot)) return AxisName(plot.counts, y);
  return {plot.counts.english + ", log scale", plot.counts.chinese + "（对数刻度）"};
}

std::string Draw(const HistogramPlot& plot, bool narrow) {
  const Layout layout = LayoutFor(plot, narrow);
  Svg svg(HeadOf(plot.id, plot.title, plot.description, layout));
  const Axis x = ValueAxis(plot, layout);
  const Axis y = CountAxis(plot, layout);
  svg.Scales(ScaleAttributes(x, 'x') + ScaleAttributes(y, 'y'));
  svg.Text({0.0, RowAt(layout, 0)}, CountName(plot, y), {.css_class = "name"});
  Legend(LegendOf(plot), layout).Draw(layout, 1, &svg);
  DrawValueAxis(layout, y, Side::kLeft, &svg);
  const Range values = ValuesOf(plot);
  if (values.low < 0.0 && values.high > 0.0)
    svg.Line({x.At(0.0), layout.top}, {x.At(0.0), layout.bottom}, "grid zero");
  // What runs along the floor is the axis's.
  svg.BeginClip({layout.left, layout.top - 2.0}, {layout.right, layout.bottom - 0.5});
  for (const Steps& steps : plot.steps)
    svg.Polygon(Outline(*steps.histogram, x, y), "steps " + steps.css_class);
  svg.EndClip();
  DrawBottomAxis(layout, x, AxisName(plot.values, x), &svg);
  svg.Line({layout.left, layout.top}, {layout.left, layout.bottom}, "crosshair");
  return svg.Finish();
}

std::size_t CountAt(const Histogram& histogram, std::size_t bin) {
  return bin < histogram.counts.size() ? histogram.counts[bin] : 0;
}

Figure DrawHistogram(const HistogramPlot& plot) {
  const Axis wide = ValueAxis(plot, LayoutFor(plot, false));
  const Axis narrow = ValueAxis(plot, LayoutFor(plot, true));
  Readout readout;
  Places places;
  readout.table.columns = {"from", "to"};
  for (const Steps& steps : plot.steps) {
    readout.labels.push_back(plot.steps.size() > 1 ? steps.name : plot.counts);
    readout.table.columns.push_back(steps.column);
  }
  const Histogram& first = *plot.steps.front().histogram;
  for (std::size_t bin = 0; bin < first.counts.size(); ++bin) {
    const double low = EdgeOf(first, bin);
    const double high = EdgeOf(first, bin + 1);
    Reading reading{{fmt::format("{} to {}", NumberInFull(low, 3), NumberInFull(high, 3)),
                     fmt::format("{} 至 {}", NumberInFull(low, 3), NumberInFull(high, 3))},
                    {}};
    readout.table.rows.push_back({low, high});
    for (const Steps& steps : plot.steps) {
      const std::size_t count = CountAt(*steps.histogram, bin);
      reading.values.push_back(InEither(std::to_string(count)));
      readout.table.rows.back().emplace_back(static_cast<double>(count));
    }
    readout.readings.push_back(std::move(reading));
    const double middle = 0.5 * (low + high);
    places.wide.push_back(PlaceOf(wide.At(middle)));
    places.narrow.push_back(PlaceOf(narrow.At(middle)));
    if (low <= 0.0 && high > 0.0) places.first = static_cast<int>(bin);
  }
  return {Draw(plot, false), Draw(plot, true), ReadoutJson(readout, places)};
}

}  // namespace

bool HasWeightHistograms(const TuneResult& result) {
  const auto& weights = result.diagnostics.weights;
  return weights && IsSound(weights->baseline) && IsSound(weights->best) &&
         weights->baseline.counts.size() == weights->best.counts.size();
}

Figure WeightsFigure(const TuneResult& result) {
  const WeightHistograms& weights = *result.diagnostics.weights;
  std::vector<Steps> steps = {{&weights.best, BestWithDecay(result), "tuned", "best"}};
  if (!BestIsBaseline(result))
    steps.insert(steps.begin(), {&weights.baseline, BaselineSaid(result), "baseline", "baseline"});
  return DrawHistogram(
      {"weights", WeightsWords(result).title, WeightsWords(result).caption,
       IsTrained(result) ? Said{"weight", "权重"} : Said{"weight, standardised", "权重（标准化）"},
       Said{"weights", "权重个数"}, steps});
}

bool OutermostBinsAreFilled(const TuneResult& result) {
  if (!HasWeightHistograms(result)) return false;
  const auto is_filled = [](const Histogram& histogram) {
    return histogram.counts.front() > 0 || histogram.counts.back() > 0;
  };
  const WeightHistograms& weights = *result.diagnostics.weights;
  return is_filled(weights.best) || (!BestIsBaseline(result) && is_filled(weights.baseline));
}

bool HasResiduals(const TuneResult& result) {
  return result.diagnostics.numbers && IsSound(result.diagnostics.numbers->residuals);
}

Figure ResidualsFigure(const TuneResult& result) {
  const Histogram& residuals = result.diagnostics.numbers->residuals;
  return DrawHistogram({"residuals",
                        ResidualsWords(result).title,
                        ResidualsWords(result).caption,
                        InTargetUnit(result, {"truth less prediction", "真实值减预测值"}),
                        {"held-out rows", "留出行数"},
                        {{&residuals, {"rows", "行数"}, "validation", "rows"}}});
}

}  // namespace halflife
