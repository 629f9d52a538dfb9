// Held-out predictions: numbers against the truth, probabilities against what came, rates as the
// threshold falls.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "report/figure_words.h"
#include "report/figures.h"
#include "report/square.h"
#include "report/words.h"

namespace halflife {
namespace {

struct Pairs {
  std::vector<double> x;
  std::vector<double> y;
};

// The pairs of which both can be drawn.
Pairs Drawable(const std::vector<double>& x, const std::vector<double>& y) {
  Pairs pairs;
  for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
    if (!IsDrawable(x[i]) || !IsDrawable(y[i])) continue;
    pairs.x.push_back(x[i]);
    pairs.y.push_back(y[i]);
  }
  return pairs;
}

FigureTable TableOf(const Pairs& pairs, const char* x, const char* y) {
  FigureTable table{{x, y}, {}};
  for (std::size_t i = 0; i < pairs.x.size(); ++i) table.rows.push_back({pairs.x[i], pairs.y[i]});
  return table;
}

Range RangeOfBoth(const Pairs& pairs) {
  std::vector<double> all = pairs.x;
  all.insert(all.end(), pairs.y.begin(), pairs.y.end());
  const Range range = RangeOf(all);
  constexpr double kRoom = 0.02;
  const double room = kRoom * (range.high - range.low);
  return {range.low - room, range.high + room};
}

std::string DrawPredictions(const TuneResult& result, const Pairs& pairs, bool narrow) {
  const Layout layout = SquareLayout(narrow, 2);
  const FigureWords words = PredictionsWords(result);
  Svg svg(HeadOf("predictions", words.title, words.caption, layout));
  const Square square(RangeOfBoth(pairs), layout);
  square.DrawAxes(
      layout,
      {InTargetUnit(result, {"predicted", "预测值"}), InTargetUnit(result, {"truth", "真实值"})},
      &svg);
  for (const Point& at : PointsOf(square.x, square.y, pairs.x, pairs.y))
    svg.Circle(at, 2.6, "dot held");
  return svg.Finish();
}

Pairs PairsOf(const HeldOutNumbers& numbers) { return Drawable(numbers.predicted, numbers.truth); }

// Means of shares can leave 0 to 1 by rounding.
bool IsShare(double value) {
  constexpr double kRounding = 1e-9;
  return value >= -kRounding && value <= 1.0 + kRounding;
}

std::vector<ReliabilityBin> BinsOf(const TuneResult& result) {
  std::vector<ReliabilityBin> bins;
  for (const ReliabilityBin& bin : result.diagnostics.classes->reliability) {
    if (bin.rows == 0 || !IsShare(bin.predicted) || !IsShare(bin.observed)) continue;
    bins.push_back(
        {std::clamp(bin.predicted, 0.0, 1.0), std::clamp(bin.observed, 0.0, 1.0), bin.rows});
  }
  return bins;
}

std::string DrawReliability(const TuneResult& result, bool narrow) {
  const Layout layout = SquareLayout(narrow, 2);
  const FigureWords words = ReliabilityWords(result);
  Svg svg(HeadOf("reliability", words.title, words.caption, layout));
  const Square square({0.0, 1.0}, layout);
  square.DrawAxes(
      layout, {{"predicted probability", "预测概率"}, {"share that came true", "实际发生的比例"}},
      &svg);
  const std::vector<ReliabilityBin> bins = BinsOf(result);
  std::size_t most = 1;
  for (const ReliabilityBin& bin : bins) most = std::max(most, bin.rows);
  constexpr double kLargest = 13.0;
  for (const ReliabilityBin& bin : bins) {
    const double share = static_cast<double>(bin.rows) / static_cast<double>(most);
    svg.Circle({square.x.At(bin.predicted), square.y.At(bin.observed)}, kLargest * std::sqrt(share),
               "dot bin");
  }
  svg.Line({layout.left, layout.top}, {layout.left, layout.bottom}, "crosshair");
  return svg.Finish();
}

Pairs RatesOf(const TuneResult& result) {
  const HeldOutClasses& classes = *result.diagnostics.classes;
  return Drawable(classes.false_positive, classes.true_positive);
}

std::string DrawRoc(const TuneResult& result, bool narrow) {
  const Layout layout = SquareLayout(narrow, 2);
  const FigureWords words = RocWords(result);
  Svg svg(HeadOf("roc", words.title, words.caption, layout));
  const Square square({0.0, 1.0}, layout);
  square.DrawAxes(layout, {{"false positive rate", "假阳性率"}, {"true positive rate", "真阳性率"}},
                  &svg);
  const Pairs rates = RatesOf(result);
  svg.BeginClip({layout.left - 1.0, layout.top - 1.0}, {layout.right + 1.0, layout.bottom + 1.0});
  svg.Polyline(PointsOf(square.x, square.y, rates.x, rates.y), "curve validation");
  svg.EndClip();
  return svg.Finish();
}

}  // namespace

bool HasPredictions(const TuneResult& result) {
  return result.diagnostics.numbers && !PairsOf(*result.diagnostics.numbers).x.empty();
}

Figure PredictionsFigure(const TuneResult& result) {
  const Pairs pairs = PairsOf(*result.diagnostics.numbers);
  Readout readout;
  readout.table = TableOf(pairs, "predicted", "truth");
  return {DrawPredictions(result, pairs, false), DrawPredictions(result, pairs, true),
          ReadoutJson(readout)};
}

bool HasReliability(const TuneResult& result) {
  return result.diagnostics.classes && !BinsOf(result).empty();
}

Figure ReliabilityFigure(const TuneResult& result) {
  const Square wide({0.0, 1.0}, SquareLayout(false, 2));
  const Square narrow({0.0, 1.0}, SquareLayout(true, 2));
  Readout readout{{{"share that came true", "实际发生的比例"}, {"rows", "行数"}}, {}, {}};
  readout.table.columns = {"predicted", "observed", "rows"};
  Places places;
  for (const ReliabilityBin& bin : BinsOf(result)) {
    const std::string predicted = Number(bin.predicted, 3);
    readout.readings.push_back(
        {{"predicted " + predicted, "预测概率 " + predicted},
         {InEither(Number(bin.observed, 3)), InEither(std::to_string(bin.rows))}});
    readout.table.rows.push_back({bin.predicted, bin.observed, static_cast<double>(bin.rows)});
    places.wide.push_back(PlaceOf(wide.x.At(bin.predicted)));
    places.narrow.push_back(PlaceOf(narrow.x.At(bin.predicted)));
  }
  return {DrawReliability(result, false), DrawReliability(result, true),
          ReadoutJson(readout, places)};
}

bool HasRoc(const TuneResult& result) {
  return result.diagnostics.classes && RatesOf(result).x.size() >= 2;
}

Figure RocFigure(const TuneResult& result) {
  Readout readout;
  readout.table = TableOf(RatesOf(result), "false_positive_rate", "true_positive_rate");
  return {DrawRoc(result, false), DrawRoc(result, true), ReadoutJson(readout)};
}

}  // namespace halflife
