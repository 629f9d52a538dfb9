// Validation and training loss along the decay.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/text.h"
#include "report/criteria_words.h"
#include "report/figure_words.h"
#include "report/figures.h"
#include "report/frame.h"
#include "report/net_words.h"
#include "report/numbers.h"
#include "report/penalty_words.h"
#include "report/words.h"

namespace halflife {
namespace {

constexpr int kWideTicks = 5;  // of the vertical axis
constexpr int kNarrowTicks = 4;

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

// What both drawings show of it, for axes grow to whole ticks.
Range Drawn(const TuneResult& result) {
  const Range range = RangeToShow(result).range;
  const Range wide = GrownAxis(range, {1.0, 0.0}, kWideTicks).range;
  const Range narrow = GrownAxis(range, {1.0, 0.0}, kNarrowTicks).range;
  return {std::max(wide.low, narrow.low), std::min(wide.high, narrow.high)};
}

struct Curve {
  Estimate GridPoint::*part;
  std::string name;  // of its classes
};

// What all parts of the drawing lie on.
struct Paper {
  Layout layout;
  Axis x;
  Axis y;
};

void DrawCurve(const TuneResult& result, const Curve& curve, const Paper& paper, Svg* svg) {
  std::vector<Point> line;
  std::vector<Point> from_zero;  // the stretch across the axis break
  for (const GridPoint& point : result.grid) {
    const Estimate& estimate = point.*curve.part;
    if (!IsDrawable(estimate.mean) || SetAside(point)) continue;
    const Point at{paper.x.At(point.decay), paper.y.At(estimate.mean)};
    // To the next decay alone: past one that was set aside nothing is known.
    const bool is_next = from_zero.size() == 1 && &point == &result.grid[1];
    if (point.decay == 0.0 || is_next) from_zero.push_back(at);
    if (point.decay > 0.0) line.push_back(at);
    DrawErrorBar(paper.y, at.x, estimate, "bar " + curve.name, svg);
  }
  svg->Polyline(from_zero, "curve across " + curve.name);
  svg->Polyline(line, "curve " + curve.name);
  for (const Point& at : line) svg->Circle(at, 1.8, "dot " + curve.name);
  if (!from_zero.empty() && result.grid.front().decay == 0.0)
    svg->Circle(from_zero.front(), 3.0, "dot " + curve.name);
}

// Beside the others it is thin: it chose nothing.
void DrawLeaveOneOut(const TuneResult& result, const Paper& paper, Svg* svg) {
  if (!HasLeaveOneOut(result)) return;
  std::vector<double> decays;
  std::vector<double> losses;
  for (const GridPoint& point : result.grid) {
    if (!(point.decay > 0.0) || !point.loo) continue;
    decays.push_back(point.decay);
    losses.push_back(*point.loo);
  }
  svg->Polyline(PointsOf(paper.x, paper.y, decays, losses), "curve loo");
}

bool IsUnfinished(const GridPoint& point) { return point.trained && !point.trained->finished; }

// Of nets the decays whose runs did not all reach their end, where those got to.
void DrawUnfinished(const TuneResult& result, const Paper& paper, Svg* svg) {
  for (const GridPoint& point : result.grid) {
    if (!IsUnfinished(point) || !IsDrawable(point.validation.mean)) continue;
    svg->Circle({paper.x.At(point.decay), paper.y.At(point.validation.mean)}, 3.5, "dot aside");
  }
}

const TuneFinding* FlatFinding(const TuneResult& result) {
  for (const TuneFinding& finding : result.verdict.findings) {
    if (finding.kind == TuneFinding::Kind::kFlat && finding.decays.size() >= 2) return &finding;
  }
  return nullptr;
}

void DrawFlatRange(const TuneResult& result, const Paper& paper, Svg* svg) {
  const TuneFinding* flat = FlatFinding(result);
  if (flat == nullptr) return;
  svg->Rectangle({paper.x.At(flat->decays[0]), paper.layout.top},
                 {paper.x.At(flat->decays[1]), paper.layout.bottom}, "flat");
}

// The loss at the baseline as the curves have it; none where the baseline was not tried, was
// chosen, or lies outside of the drawing.
std::optional<double> BaselineLevel(const TuneResult& result) {
  const GridPoint* baseline = BaselinePoint(result);
  if (baseline == nullptr || baseline == &BestPoint(result) || SetAside(*baseline)) return {};
  const double loss = baseline->validation.mean;
  const Range drawn = Drawn(result);
  if (!(loss >= drawn.low && loss <= drawn.high)) return {};
  return loss;
}

// Where a decay that may lie outside of those tried is marked: at the edge then, with an arrow.
Mark MarkInUse(double decay, const Paper& paper) {
  const std::string text = DecayText(decay);
  Mark mark{{"in use " + text, "现用 " + text}, paper.x.At(decay), "current"};
  const bool before = decay > 0.0 ? decay < paper.x.range.low : !paper.x.zero_at.has_value();
  if (before) {
    mark.text = {"← in use " + text, "← 现用 " + text};
    mark.x = paper.layout.left;
  } else if (decay > paper.x.range.high) {
    mark.text = {"in use " + text + " →", "现用 " + text + " →"};
    mark.x = paper.layout.right;
  }
  return mark;
}

Said BestText(const TuneResult& result, bool is_one_se) {
  const std::string decay = DecayText(BestPoint(result).decay);
  if (is_one_se) return {"best and one-SE " + decay, "最优与一倍标准误 " + decay};
  const Said name = BestSaid(result);
  return {name.english + " " + decay, name.chinese + " " + decay};
}

std::vector<Mark> MarksOf(const TuneResult& result, const Paper& paper) {
  const bool is_one_se = !NoSignal(result) && result.one_se == result.best;
  std::vector<Mark> marks = {
      {BestText(result, is_one_se), paper.x.At(BestPoint(result).decay), "best"}};
  if (!is_one_se && !NoSignal(result)) {
    const double decay = OneSePoint(result).decay;
    marks.push_back({{"one-SE " + DecayText(decay), "一倍标准误 " + DecayText(decay)},
                     paper.x.At(decay),
                     "one-se"});
  }
  if (const GridPoint* lowest = LowestBesideTheChoice(result)) {
    const std::string decay = DecayText(lowest->decay);
    marks.push_back({{"lowest " + decay, "最低 " + decay}, paper.x.At(lowest->decay), "lowest"});
  }
  if (result.verdict.over_current) {
    const double decay = result.verdict.over_current->decay;
    if (std::isfinite(decay)) marks.push_back(MarkInUse(decay, paper));
  }
  return marks;
}

std::vector<KeyEntry> LegendOf(const TuneResult& result) {
  using Swatch = KeyEntry::Swatch;
  std::vector<KeyEntry> entries = {
      {{"validation ± se", "验证 ± 标准误"}, "validation", Swatch::kLineAndDot},
      {{"training ± se", "训练 ± 标准误"}, "training", Swatch::kLineAndDot}};
  if (HasLeaveOneOut(result)) entries.push_back({{"leave-one-out", "留一法"}, "loo"});
  if (BaselineLevel(result)) entries.push_back({BaselineSaid(result), "baseline thin"});
  if (const TuneFinding* flat = FlatFinding(result)) {
    const std::string percent = NumberText(100.0 * flat->number, 2);
    entries.push_back({{fmt::format("within {} % of the lowest", percent),
                        fmt::format("与最低相差 {} % 以内", percent)},
                       "flat",
                       Swatch::kBox});
  }
  if (std::any_of(result.grid.begin(), result.grid.end(), IsUnfinished))
    entries.push_back({{"not all runs ended", "未全部训练完"}, "aside", Swatch::kDot});
  return entries;
}

Said Description(const TuneResult& result) {
  const GridPoint& best = BestPoint(result);
  return InBoth([&](Language language) {
    return Say(language,
               "Validation loss is {}{} plus or minus {} at a decay of {}; training loss there is "
               "{}. Decays tried: {}, from {} to {}.{}",
               "衰减为 {3} 时验证损失{0}为 {1} ± {2}，训练损失为 {4}。共试 {5} 个衰减，从 {6} 到 "
               "{7}。{8}",
               IsTrained(result) ? "" : Say(language, "lowest, ", "最低，"),
               LossText(result, best.validation.mean), LossText(result, best.validation.se),
               DecayText(best.decay), LossText(result, best.train.mean), result.grid.size(),
               DecayText(result.grid.front().decay), DecayText(result.grid.back().decay),
               NoSignal(result)
                   ? ""
                   : Say(language, " The one-SE decay is {}.", "一倍标准误的衰减为 {}。",
                         DecayText(OneSePoint(result).decay)));
  });
}

// Rows above the plot: the axis's name, the legend, the names of marks.
struct Rows {
  int legend = 1;
  int marks = 2;
  int all() const { return 1 + legend + marks; }
};

Rows RowsOf(const TuneResult& result, bool narrow) {
  const Layout bare = narrow ? NarrowLayout(0, 0) : WideLayout(0, 0);
  const Legend legend(LegendOf(result), bare);
  const bool more = LowestBesideTheChoice(result) != nullptr || result.verdict.over_current;
  return {legend.rows(), more ? 3 : 2};
}

Layout LayoutFor(const TuneResult& result, bool narrow) {
  const int rows = RowsOf(result, narrow).all();
  return narrow ? NarrowLayout(224, rows) : WideLayout(284, rows);
}

// A diamond: hollow dots are what did not end.
void DrawBest(const TuneResult& result, const Paper& paper, Svg* svg) {
  const GridPoint& best = BestPoint(result);
  if (!IsDrawable(best.validation.mean)) return;
  const Point at{paper.x.At(best.decay), paper.y.At(best.validation.mean)};
  const double reach = 7.5;
  const std::vector<Point> diamond = {
      {at.x + reach, at.y}, {at.x, at.y + reach}, {at.x - reach, at.y}, {at.x, at.y - reach}};
  svg->Polygon(diamond, "best-mark");
}

void DrawCurves(const TuneResult& result, const Paper& paper, Svg* svg) {
  const Layout& layout = paper.layout;
  const double room = 6.0;  // for whole dots at the edges
  svg->BeginClip({layout.left - room, layout.top - (LossIsCut(result) ? 0.0 : room)},
                 {layout.right + room, layout.bottom + room});
  if (const auto level = BaselineLevel(result)) {
    const double y = paper.y.At(*level);
    svg->Line({layout.left, y}, {layout.right, y}, "curve baseline thin");
  }
  DrawLeaveOneOut(result, paper, svg);
  DrawCurve(result, {&GridPoint::train, "training"}, paper, svg);
  DrawCurve(result, {&GridPoint::validation, "validation"}, paper, svg);
  DrawUnfinished(result, paper, svg);
  DrawBest(result, paper, svg);
  svg->EndClip();
}

std::string Draw(const TuneResult& result, bool narrow) {
  const Layout layout = LayoutFor(result, narrow);
  const Rows rows = RowsOf(result, narrow);
  const Paper paper{layout, DecayAxis(result, layout),
                    GrownAxis(RangeToShow(result).range, layout.up(), layout.y_ticks)};
  Svg svg(HeadOf("loss", {"Loss along the weight decay", "损失随权重衰减的变化"},
                 Description(result), layout));
  svg.Scales(ScaleAttributes(paper.x, 'x') + ScaleAttributes(paper.y, 'y'));
  DrawFlatRange(result, paper, &svg);
  svg.Text({0.0, RowAt(layout, 0)}, AxisName({"mean data loss", "平均数据损失"}, paper.y),
           {.css_class = "name"});
  Legend(LegendOf(result), layout).Draw(layout, 1, &svg);
  DrawValueAxis(layout, paper.y, Side::kLeft, &svg);
  DrawBottomAxis(layout, paper.x, DecayName(), &svg);
  DrawMarks(MarksOf(result, paper), rows.marks, layout, &svg);
  DrawCurves(result, paper, &svg);
  svg.Line({layout.left, layout.top}, {layout.left, layout.bottom}, "crosshair");
  return svg.Finish();
}

Said HalfLifeText(const GridPoint& point) {
  return point.half_life_epochs ? InEither(NumberText(*point.half_life_epochs, 3))
                                : Said{"none", "无"};
}

Said Unknown() { return {"unknown", "未知"}; }

Said SizeLabel(const TuneResult& result) {
  if (IsTrained(result)) return {"half-life, epochs", "半衰期（轮）"};
  if (IsSparse(result)) return {"weights not 0", "非零权重"};
  if (DofIsEstimated(result)) return {"effective dof, about", "有效自由度（约）"};
  return {"effective dof", "有效自由度"};
}

Said SizeText(const TuneResult& result, const GridPoint& point) {
  if (IsTrained(result)) return HalfLifeText(point);
  if (point.nonzero) return InEither(std::to_string(*point.nonzero));
  return point.effective_dof ? InEither(NumberText(*point.effective_dof, 3)) : Unknown();
}

Reading ReadingAt(const TuneResult& result, const GridPoint& point) {
  Reading reading{{"decay " + DecayText(point.decay), "衰减 " + DecayText(point.decay)},
                  {InEither(LossWithErrorText(result, point.validation)),
                   InEither(LossWithErrorText(result, point.train)),
                   InEither(NumberText(point.score)), SizeText(result, point)}};
  if (HasLeaveOneOut(result))
    reading.values.push_back(point.loo ? InEither(LossText(result, *point.loo)) : Unknown());
  if (SetAside(point)) {
    reading.title.english += ", " + EndText(result, *point.trained);
    reading.title.chinese += "，" + EndText(result, *point.trained, Language::kChinese);
  }
  return reading;
}

FigureTable TableOf(const TuneResult& result) {
  FigureTable table{{"decay", "validation_loss", "validation_se", "training_loss", "training_se",
                     IsRegression(result) ? "r2" : "accuracy"},
                    {}};
  const bool loo = HasLeaveOneOut(result);
  if (loo) table.columns.emplace_back("leave_one_out_loss");
  for (const GridPoint& point : result.grid) {
    table.rows.push_back({point.decay, point.validation.mean, point.validation.se, point.train.mean,
                          point.train.se, point.score});
    if (loo) table.rows.back().emplace_back(point.loo.value_or(std::nan("")));
  }
  return table;
}

}  // namespace

const GridPoint* LowestBesideTheChoice(const TuneResult& result) {
  if (!IsTrained(result)) return nullptr;
  const GridPoint* lowest = nullptr;
  for (const GridPoint& point : result.grid) {
    if (IsUnfinished(point) || !IsDrawable(point.validation.mean)) continue;
    if (lowest == nullptr || point.validation.mean < lowest->validation.mean) lowest = &point;
  }
  const bool chosen = lowest == nullptr || lowest == &BestPoint(result) ||
                      lowest->validation.mean >= BestPoint(result).validation.mean;
  return chosen ? nullptr : lowest;
}

bool LossIsCut(const TuneResult& result) {
  if (RangeToShow(result).cut) return true;
  const Range drawn = Drawn(result);
  return std::any_of(result.grid.begin(), result.grid.end(), [&](const GridPoint& point) {
    const double loss = point.validation.mean;
    return IsUnfinished(point) && IsDrawable(loss) && (loss < drawn.low || loss > drawn.high);
  });
}

Figure LossFigure(const TuneResult& result) {
  Readout readout;
  readout.labels = {{"validation", "验证"},
                    {"training", "训练"},
                    IsRegression(result) ? InEither("R²") : Said{"accuracy", "准确率"},
                    SizeLabel(result)};
  if (HasLeaveOneOut(result)) readout.labels.push_back({"leave-one-out", "留一法"});
  for (const GridPoint& point : result.grid) readout.readings.push_back(ReadingAt(result, point));
  readout.table = TableOf(result);
  return {Draw(result, false), Draw(result, true),
          ReadoutJson(readout,
                      PlacesOfDecays(result, LayoutFor(result, false), LayoutFor(result, true)))};
}

}  // namespace halflife
