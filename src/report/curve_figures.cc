// What the best decay leaves of each direction, the loss against the rows trained on, and the gain
// against a net's size.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/text.h"
#include "report/figure_words.h"
#include "report/figures.h"
#include "report/frame.h"
#include "report/numbers.h"
#include "report/scored.h"
#include "report/words.h"

namespace halflife {
namespace {

constexpr double kFar = 8.0;     // a horizontal axis is logarithmic from this ratio of its ends on
constexpr double kSteep = 20.0;  // a vertical one

struct Series {
  Said name;
  std::string css_class;
  std::vector<Estimate> values;
};

// Lines over whole numbers above 0, with error bars where there are errors.
struct CurvePlot {
  std::string id;
  FigureWords words;
  Said x_name;
  Said y_name;
  std::vector<double> x;
  std::vector<Series> series;
  bool with_zero = false;  // 0 is on the vertical axis
  bool to_one = false;     // which goes from 0 to 1
};

bool IsLog(Range range, double ratio) { return range.low > 0.0 && range.high > ratio * range.low; }

Axis AcrossAxis(const CurvePlot& plot, const Layout& layout) {
  Range range = RangeOf(plot.x);
  const double inset = layout.narrow() ? 8.0 : 12.0;
  const Stretch inner{layout.left + inset, layout.right - inset};
  if (IsLog(range, kFar)) return LogAxis(range, inner, layout.x_labels);
  return WithWholeTicks(ExactAxis(range, inner, layout.x_labels));
}

std::vector<double> ValuesOf(const CurvePlot& plot) {
  std::vector<double> values;
  for (const Series& series : plot.series) {
    for (const Estimate& estimate : series.values) {
      values.push_back(estimate.mean);
      if (!IsDrawable(estimate.mean) || !IsDrawable(estimate.se)) continue;
      values.push_back(estimate.mean - estimate.se);
      values.push_back(estimate.mean + estimate.se);
    }
  }
  if (plot.with_zero) values.push_back(0.0);
  return values;
}

Range MeansOf(const CurvePlot& plot) {
  std::vector<double> means;
  for (const Series& series : plot.series) {
    for (const Estimate& estimate : series.values) means.push_back(estimate.mean);
  }
  return RangeOf(means);
}

bool IsSteep(const CurvePlot& plot) {
  return !plot.with_zero && !plot.to_one && IsLog(MeansOf(plot), kSteep);
}

Axis UpAxis(const CurvePlot& plot, const Layout& layout) {
  if (plot.to_one) return ExactAxis({0.0, 1.0}, layout.up(), layout.y_ticks);
  if (!IsSteep(plot)) return GrownAxis(RangeOf(ValuesOf(plot)), layout.up(), layout.y_ticks);
  const Range means = MeansOf(plot);
  constexpr double kRoom = 1.3;
  return LogAxis({means.low / kRoom, std::min(1e300, means.high * kRoom)}, layout.up(),
                 layout.y_ticks);
}

Said WithScale(const Said& name, const Axis& axis) {
  if (axis.kind == Axis::Kind::kLinear) return AxisName(name, axis);
  return {name.english + ", log scale", name.chinese + "（对数刻度）"};
}

std::vector<KeyEntry> LegendOf(const CurvePlot& plot) {
  std::vector<KeyEntry> entries;
  if (plot.series.size() < 2) return entries;
  for (const Series& series : plot.series)
    entries.push_back({series.name, series.css_class, KeyEntry::Swatch::kLineAndDot});
  return entries;
}

Layout LayoutFor(const CurvePlot& plot, bool narrow) {
  const Legend legend(LegendOf(plot), narrow ? NarrowLayout(0, 0) : WideLayout(0, 0));
  const int rows = std::max(2, 1 + legend.rows());
  return narrow ? NarrowLayout(214, rows) : WideLayout(240, rows);
}

void DrawSeries(const CurvePlot& plot, const Series& series, const Axis& x, const Axis& y,
                Svg* svg) {
  std::vector<double> means;
  for (const Estimate& estimate : series.values) means.push_back(estimate.mean);
  const std::vector<Point> points = PointsOf(x, y, plot.x, means);
  svg->Polyline(points, "curve " + series.css_class);
  for (std::size_t i = 0; i < std::min(plot.x.size(), series.values.size()); ++i) {
    if (IsDrawable(plot.x[i]))
      DrawErrorBar(y, x.At(plot.x[i]), series.values[i], "bar " + series.css_class, svg);
  }
  constexpr std::size_t kMany = 60;
  for (const Point& at : points)
    svg->Circle(at, points.size() > kMany ? 1.6 : 2.8, "dot " + series.css_class);
}

std::string Draw(const CurvePlot& plot, bool narrow) {
  const Layout layout = LayoutFor(plot, narrow);
  Svg svg(HeadOf(plot.id, plot.words.title, plot.words.caption, layout));
  const Axis x = AcrossAxis(plot, layout);
  const Axis y = UpAxis(plot, layout);
  svg.Scales(ScaleAttributes(x, 'x') + ScaleAttributes(y, 'y'));
  svg.Text({0.0, RowAt(layout, 0)}, WithScale(plot.y_name, y), {.css_class = "name"});
  Legend(LegendOf(plot), layout).Draw(layout, 1, &svg);
  DrawValueAxis(layout, y, Side::kLeft, &svg);
  DrawBottomAxis(layout, x, WithScale(plot.x_name, x), &svg);
  svg.BeginClip({layout.left, layout.top - 3.0}, {layout.right, layout.bottom + 3.0});
  for (const Series& series : plot.series) DrawSeries(plot, series, x, y, &svg);
  svg.EndClip();
  svg.Line({layout.left, layout.top}, {layout.left, layout.bottom}, "crosshair");
  return svg.Finish();
}

// `readout` has a reading a value of `x`.
Figure DrawCurves(const CurvePlot& plot, const Readout& readout) {
  const Axis wide = AcrossAxis(plot, LayoutFor(plot, false));
  const Axis narrow = AcrossAxis(plot, LayoutFor(plot, true));
  Places places;
  for (const double x : plot.x) {
    places.wide.push_back(PlaceOf(wide.At(x)));
    places.narrow.push_back(PlaceOf(narrow.At(x)));
  }
  return {Draw(plot, false), Draw(plot, true), ReadoutJson(readout, places)};
}

double ShareLeft(double value, double decay) { return value / (value + decay); }

bool HasOneSe(const TuneResult& result) {
  return !NoSignal(result) && result.one_se != result.best;
}

std::vector<LearningPoint> LearningPoints(const TuneResult& result) {
  std::vector<LearningPoint> points;
  for (const LearningPoint& point : result.diagnostics.learning) {
    if (point.rows > 0) points.push_back(point);
  }
  return points;
}

std::vector<SizePoint> SizePoints(const TuneResult& result) {
  std::vector<SizePoint> points;
  for (const SizePoint& point : result.diagnostics.sizes) {
    if (point.parameters > 0 && IsDrawable(point.gain.mean)) points.push_back(point);
  }
  return points;
}

std::string HiddenText(const std::vector<int>& hidden) {
  std::string text;
  for (const int units : hidden) text += (text.empty() ? "" : "-") + std::to_string(units);
  return text;
}

}  // namespace

bool HasShrinkage(const TuneResult& result) {
  const auto& curvature = result.diagnostics.curvature;
  const bool separable = std::any_of(
      result.findings.begin(), result.findings.end(),
      [](const TuneFinding& finding) { return finding.kind == TuneFinding::Kind::kSeparable; });
  if (separable || !curvature || !IsDrawable(BestPoint(result).decay)) return false;
  const std::size_t count = std::min(curvature->index.size(), curvature->values.size());
  return std::any_of(curvature->values.begin(),
                     curvature->values.begin() + static_cast<std::ptrdiff_t>(count),
                     [](double value) { return value > 0.0 && IsDrawable(value); });
}

Figure ShrinkageFigure(const TuneResult& result) {
  const Curvature& curvature = *result.diagnostics.curvature;
  CurvePlot plot{.id = "shrinkage",
                 .words = ShrinkageWords(result),
                 .x_name = {"direction, the stiffest first", "方向序号，由陡到平"},
                 .y_name = {"share of a weight that is left", "权重保留的比例"},
                 .to_one = true};
  Readout readout;
  readout.table.columns = {"direction", "eigenvalue", "share_at_best"};
  if (HasOneSe(result)) {
    const std::string decay = DecayText(OneSePoint(result).decay);
    plot.series.push_back({{"one-SE " + decay, "一倍标准误 " + decay}, "tuned light", {}});
    readout.table.columns.emplace_back("share_at_one_se");
  }
  plot.series.push_back({BestWithDecay(result), "tuned", {}});
  const std::size_t count = std::min(curvature.index.size(), curvature.values.size());
  readout.labels = {{"eigenvalue", "特征值"}, BestWithDecay(result)};
  if (HasOneSe(result)) readout.labels.push_back(plot.series.front().name);
  for (std::size_t i = 0; i < count; ++i) {
    const double value = curvature.values[i];
    if (!(value > 0.0) || !IsDrawable(value)) continue;
    const auto direction = static_cast<double>(curvature.index[i]) + 1.0;
    const double best = ShareLeft(value, BestPoint(result).decay);
    plot.x.push_back(direction);
    plot.series.back().values.push_back({best, 0.0});
    readout.readings.push_back(
        {{fmt::format("direction {}", direction), fmt::format("第 {} 个方向", direction)},
         {InEither(NumberInFull(value, 3)), InEither(NumberText(best, 3))}});
    readout.table.rows.push_back({direction, value, best});
    if (!HasOneSe(result)) continue;
    const double one_se = ShareLeft(value, OneSePoint(result).decay);
    plot.series.front().values.push_back({one_se, 0.0});
    readout.readings.back().values.push_back(InEither(NumberText(one_se, 3)));
    readout.table.rows.back().emplace_back(one_se);
  }
  return DrawCurves(plot, readout);
}

bool HasLearningCurve(const TuneResult& result) { return LearningPoints(result).size() >= 2; }

Figure LearningCurveFigure(const TuneResult& result) {
  CurvePlot plot{.id = "rows-trained",
                 .words = LearningCurveWords(result),
                 .x_name = {"rows trained on", "训练行数"},
                 .y_name = {"held-out loss", "留出损失"},
                 .series = {{BestWithDecay(result), "tuned", {}}}};
  Readout readout;
  readout.labels = {plot.series[0].name};
  const bool two = !BestIsBaseline(result);
  if (two) {
    plot.series.insert(plot.series.begin(), {BaselineSaid(result), "baseline", {}});
    readout.labels.insert(readout.labels.begin(), plot.series[0].name);
  }
  readout.table.columns = {"share", "rows", "baseline_loss", "baseline_se", "best_loss", "best_se"};
  for (const LearningPoint& point : LearningPoints(result)) {
    const auto rows = static_cast<double>(point.rows);
    plot.x.push_back(rows);
    if (two) plot.series.front().values.push_back(point.baseline);
    plot.series.back().values.push_back(point.best);
    readout.readings.push_back(
        {{fmt::format("{} rows", point.rows), fmt::format("{} 行", point.rows)}, {}});
    for (const Series& series : plot.series)
      readout.readings.back().values.push_back(
          InEither(LossWithErrorText(result, series.values.back())));
    readout.table.rows.push_back({point.share, rows, point.baseline.mean, point.baseline.se,
                                  point.best.mean, point.best.se});
  }
  return DrawCurves(plot, readout);
}

bool HasSizes(const TuneResult& result) { return SizePoints(result).size() >= 2; }

Figure SizesFigure(const TuneResult& result) {
  CurvePlot plot{.id = "sizes",
                 .words = SizesWords(result),
                 .x_name = {"parameters", "参数个数"},
                 .y_name = {"loss gained by decay", "衰减减少的损失"},
                 .series = {{{"gain", "增益"}, "tuned", {}}},
                 .with_zero = true};
  Readout readout;
  readout.labels = {{"gain", "增益"}, {"chosen decay", "所选衰减"}, {"parameters", "参数个数"}};
  readout.table.columns = {"hidden",    "parameters", "best_decay", "baseline_loss",
                           "best_loss", "gain",       "gain_se"};
  for (const SizePoint& point : SizePoints(result)) {
    const auto parameters = static_cast<double>(point.parameters);
    const std::string hidden = HiddenText(point.hidden);
    plot.x.push_back(parameters);
    plot.series[0].values.push_back(point.gain);
    readout.readings.push_back(
        {hidden.empty() ? Said{"no hidden layer", "无隐藏层"}
                        : Said{"hidden " + hidden, "隐藏层 " + hidden},
         {InEither(LossWithErrorText(result, point.gain)), InEither(DecayText(point.best_decay)),
          InEither(std::to_string(point.parameters))}});
    readout.table.rows.push_back({hidden, parameters, point.best_decay, point.baseline_loss,
                                  point.best_loss, point.gain.mean, point.gain.se});
  }
  return DrawCurves(plot, readout);
}

}  // namespace halflife
