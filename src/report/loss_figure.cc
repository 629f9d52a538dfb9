// Validation and training loss along the decay.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "report/criteria_words.h"
#include "report/figures.h"
#include "report/frame.h"
#include "report/labels.h"
#include "report/net_words.h"
#include "report/penalty_words.h"
#include "report/words.h"

namespace halflife {
namespace {

const Layout kWide{.variant = "wide",
                   .width = 720,
                   .height = 410,
                   .left = 58,
                   .right = 712,
                   .top = 72,
                   .bottom = 356,
                   .font = 13,
                   .x_labels = 8,
                   .y_ticks = 5};
const Layout kNarrow{.variant = "narrow",
                     .width = 360,
                     .height = 370,
                     .left = 48,
                     .right = 356,
                     .top = 92,
                     .bottom = 316,
                     .font = 13,
                     .x_labels = 5,
                     .y_ticks = 4};

// A net's decay that no seed was trained to its end with: its losses are those of another epoch.
bool SetAside(const GridPoint& point) { return point.trained && point.trained->seeds == 0; }

// The losses to show: all of them where they are of one size; else the lowest, and about as much
// above the best as that is above them, or where that is next to nothing of a constant's loss, up
// to twice that. Curves that leave the top are cut and the page says so.
struct LossRange {
  Range range;
  bool cut = false;
};

LossRange RangeToShow(const TuneResult& result) {
  std::vector<double> all;
  for (const GridPoint& point : result.grid) {
    if (SetAside(point)) continue;
    for (const Estimate& estimate : {point.train, point.validation}) {
      all.push_back(estimate.mean - estimate.se);
      all.push_back(estimate.mean + estimate.se);
    }
  }
  const Range whole = RangeOf(all);
  const Estimate& best = BestPoint(result).validation;
  const double core = best.mean + best.se - whole.low;
  if (!IsDrawable(core) || core <= 0.0) return {whole, false};
  const auto whole_run = std::find_if(result.grid.begin(), result.grid.end(),
                                      [](const GridPoint& p) { return !SetAside(p); });
  const Estimate& first =
      (whole_run == result.grid.end() ? result.grid.front() : *whole_run).validation;
  constexpr double kNothing = 1e-6;
  const double constant = result.data.null_loss.value_or(0.0);
  double high = whole.low + (core < kNothing * constant ? 2.0 * constant : 2.2 * core);
  const double baseline = first.mean + first.se;
  if (IsDrawable(baseline) && baseline < whole.low + 4.0 * core) high = std::max(high, baseline);
  if (whole.high <= 1.3 * (high - whole.low) + whole.low) return {whole, false};
  return {{whole.low, high}, true};
}

// A scale of the plot's height with the range at its ends.
LinearScale ValueScale(const LossRange& shown, const Layout& layout) {
  return {shown.range, {layout.bottom, layout.top}, layout.y_ticks};
}

struct Curve {
  Estimate GridPoint::*part;
  std::string name;  // of its classes
};

void DrawCurve(const TuneResult& result, const Curve& curve, const DecayScale& x,
               const LinearScale& y, Svg* svg) {
  std::vector<Point> line;
  std::vector<Point> from_zero;  // the stretch across the axis break
  for (const GridPoint& point : result.grid) {
    const Estimate& estimate = point.*curve.part;
    if (!IsDrawable(estimate.mean) || SetAside(point)) continue;
    const Point at{x.At(point.decay), y.At(estimate.mean)};
    if (point.decay == 0.0 || from_zero.size() == 1) from_zero.push_back(at);
    if (point.decay > 0.0) line.push_back(at);
    if (IsDrawable(estimate.se) && estimate.se > 0.0) {
      svg->Line({at.x, y.At(estimate.mean - estimate.se)},
                {at.x, y.At(estimate.mean + estimate.se)}, "bar " + curve.name);
    }
  }
  svg->Polyline(from_zero, "curve across " + curve.name);
  svg->Polyline(line, "curve " + curve.name);
  for (const Point& at : line) svg->Circle(at, 1.8, "dot " + curve.name);
  if (!from_zero.empty() && result.grid.front().decay == 0.0)
    svg->Circle(from_zero.front(), 3.0, "dot " + curve.name);
}

// Beside the others it is thin: it chose nothing.
void DrawLeaveOneOut(const TuneResult& result, const DecayScale& x, const LinearScale& y,
                     Svg* svg) {
  if (!HasLeaveOneOut(result)) return;
  std::vector<Point> line;
  for (const GridPoint& point : result.grid) {
    if (point.decay > 0.0 && point.loo && IsDrawable(*point.loo))
      line.push_back({x.At(point.decay), y.At(*point.loo)});
  }
  svg->Polyline(line, "curve loo");
}

// A vertical line and its name above the plot, outside of the other's line.
struct Choice {
  std::string text;
  double x = 0.0;
  std::string css_class;
  double start = 0.0;  // of the name
  double width = 0.0;
  bool raised = false;  // to a second row
};

// The best's name ends at its line and the one-SE's begins at its own, further right. At an edge of
// the plot a name is moved in; if that brings it to the other, it goes up a row.
std::vector<Choice> PlaceChoices(const TuneResult& result, const Layout& layout,
                                 const DecayScale& x) {
  const std::string decay = DecayText(BestPoint(result).decay);
  const bool alone = NoSignal(result) || result.one_se == result.best;
  Choice best{.text = BestName(result) + " " + decay,
              .x = x.At(BestPoint(result).decay),
              .css_class = "best"};
  if (alone && !NoSignal(result)) best.text = "best and one-SE " + decay;
  best.width = TextWidth(best.text, layout.font);
  best.start = std::max(layout.left, best.x - 4.0 - best.width);
  if (alone) return {best};
  const double one_se_decay = OneSePoint(result).decay;
  Choice one_se{
      .text = "one-SE " + DecayText(one_se_decay), .x = x.At(one_se_decay), .css_class = "one-se"};
  one_se.width = TextWidth(one_se.text, layout.font);
  one_se.start = std::min(one_se.x + 4.0, layout.right - one_se.width);
  const bool meet = best.start + best.width + 6.0 > std::min(one_se.start, one_se.x);
  best.raised = meet && best.start == layout.left;
  one_se.raised = one_se.start < best.x + 4.0 && !best.raised;
  return {best, one_se};
}

void DrawChoices(const TuneResult& result, const Layout& layout, const DecayScale& x, Svg* svg) {
  for (const Choice& choice : PlaceChoices(result, layout, x)) {
    const double row = layout.top - 8.0 - (choice.raised ? layout.font + 4.0 : 0.0);
    svg->Line({choice.x, row - 0.6 * layout.font}, {choice.x, layout.bottom},
              "choice " + choice.css_class);
    const std::string css_class = "label " + choice.css_class;
    // Beside the line where there is room: the estimate of the width must not open a gap.
    const bool ends_here = choice.css_class == "best" && choice.start > layout.left;
    svg->Text({ends_here ? choice.x - 4.0 : choice.start, row}, choice.text,
              {.css_class = css_class, .anchor = ends_here ? "end" : "start"});
  }
}

void DrawLegend(const Layout& layout, Svg* svg) {
  const double y = layout.narrow() ? layout.font + 24.0 : layout.font + 2.0;
  double x = layout.narrow() ? 0.0 : layout.right - 270.0;
  const std::pair<const char*, const char*> entries[] = {{"validation ± se", "validation"},
                                                         {"training ± se", "training"}};
  for (const auto& [text, css_class] : entries) {
    svg->Line({x, y - 4.0}, {x + 24.0, y - 4.0}, std::string("curve ") + css_class);
    svg->Circle({x + 12.0, y - 4.0}, 2.5, std::string("dot ") + css_class);
    svg->Text({x + 30.0, y}, text, {.css_class = "label"});
    x += 30.0 + TextWidth(text, layout.font) + 16.0;
  }
}

std::string Description(const TuneResult& result) {
  const GridPoint& best = BestPoint(result);
  return fmt::format(
      "Validation loss is {}{} plus or minus {} at a decay of {}; training loss there is {}. "
      "Decays tried: {}, from {} to {}.{}",
      IsTrained(result) ? "" : "lowest, ", Number(best.validation.mean),
      Number(best.validation.se, 2), DecayText(best.decay), Number(best.train.mean),
      result.grid.size(), DecayText(result.grid.front().decay), DecayText(result.grid.back().decay),
      NoSignal(result)
          ? ""
          : fmt::format(" The one-SE decay is {}.", DecayText(OneSePoint(result).decay)));
}

std::string Draw(const TuneResult& result, const Layout& layout) {
  Svg svg({.width = layout.width,
           .height = layout.height,
           .id = "loss-" + layout.variant,
           .css_class = "figure " + layout.variant,
           .title = "Loss along the weight decay",
           .description = Description(result)});
  const DecayScale x(DecaysOf(result), {layout.left, layout.right}, layout.x_labels);
  const LinearScale y = ValueScale(RangeToShow(result), layout);
  svg.Text({0.0, layout.font + 2.0}, AxisName("mean data loss", y), {.css_class = "name"});
  DrawLegend(layout, &svg);
  DrawValueAxis(layout, y, Side::kLeft, &svg);
  DrawDecayAxis(layout, x, kDecayName, &svg);
  DrawChoices(result, layout, x, &svg);
  svg.BeginClip({layout.left, layout.top}, {layout.right, layout.bottom});
  DrawLeaveOneOut(result, x, y, &svg);
  DrawCurve(result, {&GridPoint::train, "training"}, x, y, &svg);
  DrawCurve(result, {&GridPoint::validation, "validation"}, x, y, &svg);
  const GridPoint& best = BestPoint(result);
  if (IsDrawable(best.validation.mean))
    svg.Circle({x.At(best.decay), y.At(best.validation.mean)}, 5.0, "dot best");
  svg.EndClip();
  svg.Line({layout.left, layout.top}, {layout.left, layout.bottom}, "crosshair");
  return svg.Finish();
}

std::string HalfLifeText(const GridPoint& point) {
  return point.half_life_epochs ? Number(*point.half_life_epochs, 3) : "none";
}

std::string WithError(const Estimate& estimate) {
  return fmt::format("{} ± {}", Number(estimate.mean), Number(estimate.se, 2));
}

}  // namespace

bool LossIsCut(const TuneResult& result) { return RangeToShow(result).cut; }

Figure LossFigure(const TuneResult& result) {
  Readout readout{{"validation", "training", IsRegression(result) ? "R²" : "accuracy"}, {}};
  readout.labels.push_back(IsTrained(result)        ? "half-life, epochs"
                           : IsSparse(result)       ? "weights not 0"
                           : DofIsEstimated(result) ? "effective dof, about"
                                                    : "effective dof");
  const bool leave_one_out = HasLeaveOneOut(result);
  if (leave_one_out) readout.labels.push_back("leave-one-out");
  for (const GridPoint& point : result.grid) {
    readout.readings.push_back(
        {"decay " + DecayText(point.decay),
         {WithError(point.validation), WithError(point.train), Number(point.score),
          IsTrained(result) ? HalfLifeText(point)
          : point.nonzero   ? std::to_string(*point.nonzero)
                          : (point.effective_dof ? Number(*point.effective_dof, 3) : "unknown")}});
    if (leave_one_out)
      readout.readings.back().values.push_back(point.loo ? Number(*point.loo) : "unknown");
    if (SetAside(point)) readout.readings.back().title += ", " + EndText(result, *point.trained);
  }
  return {Draw(result, kWide), Draw(result, kNarrow),
          ReadoutJson(readout, PlacesOfDecays(result, kWide, kNarrow))};
}

}  // namespace halflife
