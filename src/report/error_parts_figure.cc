// Noise, bias and variance along the decay.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "report/criteria_words.h"
#include "report/figure_words.h"
#include "report/figures.h"
#include "report/frame.h"
#include "report/numbers.h"
#include "report/words.h"

namespace halflife {
namespace {

struct Part {
  Said name;
  std::string css_class;
  std::string column;
  std::vector<double> values;  // one a grid point
};

const ErrorParts& PartsOf(const TuneResult& result) { return *result.diagnostics.error_parts; }

bool NoiseIsKnown(const ErrorParts& parts) {
  return parts.source != ErrorParts::NoiseSource::kUnknown;
}

Said NoiseName(const ErrorParts& parts) {
  using Source = ErrorParts::NoiseSource;
  switch (parts.source) {
    case Source::kGiven:
      return {"noise, as given", "噪声（给定）"};
    case Source::kRepeatedRows:
      return {"noise, from repeated rows", "噪声（由重复行估计）"};
    case Source::kResiduals:
      return {"noise, from residuals", "噪声（由残差估计）"};
    case Source::kBestFit:
    case Source::kUnknown:
      break;
  }
  return {"noise, from the best fit", "噪声（由最优拟合估计）"};
}

// Leave-one-out where the parts are of the same fit.
Part Measured(const TuneResult& result) {
  const bool loo = HasLeaveOneOut(result) && PartsOf(result).samples == 0;
  Part part{loo ? Said{"leave-one-out", "留一法"} : Said{"validation", "验证"},
            "validation dotted",
            loo ? "leave_one_out_loss" : "validation_loss",
            {}};
  for (const GridPoint& point : result.grid)
    part.values.push_back(loo ? point.loo.value_or(std::nan("")) : point.validation.mean);
  return part;
}

// The noise, where it is known, the bias, the variance, their sum, and the loss that was measured.
std::vector<Part> Parts(const TuneResult& result) {
  const ErrorParts& parts = PartsOf(result);
  const std::size_t count = result.grid.size();
  Part noise{NoiseName(parts), "noise", "noise", std::vector<double>(count, parts.noise)};
  const Said rest = NoiseIsKnown(parts) ? Said{"bias and rest", "偏差及其余"}
                                        : Said{"bias and noise", "偏差与噪声"};
  Part bias{rest, "bias", "bias", parts.bias};
  Part variance{{"variance", "方差"}, "variance", "variance", parts.variance};
  bias.values.resize(count, std::nan(""));
  variance.values.resize(count, std::nan(""));
  Part sum{{"their sum", "总和"}, "sum", "sum", {}};
  for (std::size_t i = 0; i < count; ++i)
    sum.values.push_back(parts.noise + bias.values[i] + variance.values[i]);
  if (!NoiseIsKnown(parts)) return {bias, variance, sum, Measured(result)};
  return {noise, bias, variance, sum, Measured(result)};
}

struct Shown {
  Range range;
  bool cut = false;
};

// From 0 to what is drawn, or where the ends are far above the best to about twice that.
Shown RangeOfParts(const TuneResult& result) {
  std::vector<double> all = {0.0};
  double least = std::nan("");
  for (const Part& part : Parts(result)) {
    all.insert(all.end(), part.values.begin(), part.values.end());
    if (part.css_class != "sum") continue;
    for (const double value : part.values) {
      if (IsDrawable(value) && !(value >= least)) least = value;
    }
  }
  Range whole = RangeOf(all);
  // A bias next to 0 that rounding or chance moved below it is drawn at the plot's edge.
  constexpr double kLittle = 0.02;
  if (whole.low > -kLittle * least) whole.low = 0.0;
  constexpr double kMost = 3.0;
  if (!(least > 0.0) || whole.high <= kMost * least) return {whole, false};
  return {{whole.low, 0.8 * kMost * least}, true};
}

std::vector<KeyEntry> LegendOf(const TuneResult& result) {
  std::vector<KeyEntry> entries;
  for (const Part& part : Parts(result)) entries.push_back({part.name, part.css_class});
  return entries;
}

int LegendRows(const TuneResult& result, bool narrow) {
  return Legend(LegendOf(result), narrow ? NarrowLayout(0, 0) : WideLayout(0, 0)).rows();
}

Layout LayoutFor(const TuneResult& result, bool narrow) {
  const int rows = 2 + LegendRows(result, narrow);
  return narrow ? NarrowLayout(224, rows) : WideLayout(264, rows);
}

Said Description(const TuneResult& result) {
  const std::vector<Part> parts = Parts(result);
  const auto best = static_cast<std::size_t>(result.best);
  return InBoth([&](Language language) {
    const auto value = [&](const Part& part) {
      return IsDrawable(part.values[best]) ? NumberInFull(part.values[best], 3)
                                           : Say(language, "unknown", "未知");
    };
    if (!NoiseIsKnown(PartsOf(result))) {
      return Say(language, "At {}, {}, the expected loss is bias and noise {}, and variance {}.",
                 "{} {} 时，期望损失由偏差与噪声 {} 和方差 {} 组成。",
                 BestDecaySaid(result).In(language), DecayText(BestPoint(result).decay),
                 value(parts[0]), value(parts[1]));
    }
    return Say(language,
               "At {}, {}, the expected loss is noise {}, bias and rest {}, and variance {}.",
               "{} {} 时，期望损失由噪声 {}、偏差及其余 {} 和方差 {} 组成。",
               BestDecaySaid(result).In(language), DecayText(BestPoint(result).decay),
               value(parts[0]), value(parts[1]), value(parts[2]));
  });
}

// A line, and its stretch across the axis's break.
void DrawPart(const TuneResult& result, const Part& part, const Axis& x, const Axis& y, Svg* svg) {
  std::vector<double> decays = DecaysOf(result);
  std::vector<Point> line = PointsOf(x, y, decays, part.values);
  const bool from_zero = !decays.empty() && decays.front() == 0.0 && !part.values.empty() &&
                         IsDrawable(part.values.front());
  if (from_zero && line.size() > 1) {
    const std::vector<Point> across = {line[0], line[1]};
    svg->Polyline(across, "curve across " + part.css_class);
    svg->Circle(line[0], 2.5, "dot " + part.css_class);
    line.erase(line.begin());
  }
  svg->Polyline(line, "curve " + part.css_class);
}

std::string Draw(const TuneResult& result, bool narrow) {
  const Layout layout = LayoutFor(result, narrow);
  Svg svg(HeadOf("parts", ErrorPartsWords(result).title, Description(result), layout));
  const Axis x = DecayAxis(result, layout);
  const Axis y = GrownAxis(RangeOfParts(result).range, layout.up(), layout.y_ticks);
  svg.Scales(ScaleAttributes(x, 'x') + ScaleAttributes(y, 'y'));
  svg.Text({0.0, RowAt(layout, 0)}, AxisName({"expected loss", "期望损失"}, y),
           {.css_class = "name"});
  Legend(LegendOf(result), layout).Draw(layout, 1, &svg);
  DrawValueAxis(layout, y, Side::kLeft, &svg);
  DrawBottomAxis(layout, x, DecayName(), &svg);
  DrawMarks({{BestWithDecay(result), x.At(BestPoint(result).decay), "best"}}, 1, layout, &svg);
  svg.BeginClip({layout.left, layout.top}, {layout.right, layout.bottom + 4.0});
  for (const Part& part : Parts(result)) DrawPart(result, part, x, y, &svg);
  svg.EndClip();
  svg.Line({layout.left, layout.top}, {layout.left, layout.bottom}, "crosshair");
  return svg.Finish();
}

}  // namespace

bool HasErrorParts(const TuneResult& result) {
  if (!result.diagnostics.error_parts || !std::isfinite(PartsOf(result).noise)) return false;
  const ErrorParts& parts = PartsOf(result);
  const std::size_t count =
      std::min({parts.bias.size(), parts.variance.size(), result.grid.size()});
  constexpr int kFewest = 3;  // two points are no curve
  int known = 0;
  for (std::size_t i = 0; i < count; ++i)
    known += IsDrawable(parts.bias[i]) && IsDrawable(parts.variance[i]) ? 1 : 0;
  return known >= kFewest;
}

bool ErrorPartsAreCut(const TuneResult& result) { return RangeOfParts(result).cut; }

Figure ErrorPartsFigure(const TuneResult& result) {
  Readout readout;
  readout.table.columns = {"decay"};
  const std::vector<Part> parts = Parts(result);
  for (const Part& part : parts) {
    readout.labels.push_back(part.name);
    readout.table.columns.push_back(part.column);
  }
  for (std::size_t i = 0; i < result.grid.size(); ++i) {
    const double decay = result.grid[i].decay;
    Reading reading{{"decay " + DecayText(decay), "衰减 " + DecayText(decay)}, {}};
    readout.table.rows.push_back({decay});
    for (const Part& part : parts) {
      const double value = part.values[i];
      reading.values.push_back(IsDrawable(value) ? InEither(NumberInFull(value, 3))
                                                 : Said{"unknown", "未知"});
      readout.table.rows.back().emplace_back(value);
    }
    readout.readings.push_back(std::move(reading));
  }
  return {Draw(result, false), Draw(result, true),
          ReadoutJson(readout,
                      PlacesOfDecays(result, LayoutFor(result, false), LayoutFor(result, true)))};
}

}  // namespace halflife
