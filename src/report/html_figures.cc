// Which figures stand in which section: one line each.
#include <fmt/format.h>

#include "report/figure_words.h"
#include "report/figures.h"
#include "report/html_figure.h"
#include "report/html_parts.h"
#include "report/html_sections.h"
#include "report/net_words.h"
#include "report/words.h"

namespace halflife {
namespace {

bool HasPaths(const TuneResult& result) { return !result.paths.empty(); }

struct PageFigure {
  std::string_view section;
  std::string_view id;  // of its drawings too
  bool (*has)(const TuneResult& result);
  Figure (*draw)(const TuneResult& result);
  FigureWords (*words)(const TuneResult& result);
  Along along = Along::kDecay;
  bool many = false;  // values in a reading
};

constexpr PageFigure kFigures[] = {
    {"training", "epochs", IsTrained, EpochsFigure, EpochsWords, Along::kEpoch, true},
    {"training", "norms", IsTrained, NormsFigure, NormsWords, Along::kEpoch, true},
    {"training", "angle", IsTrained, AngleFigure, AngleWords, Along::kEpoch, true},
    {"parts", "parts", HasErrorParts, ErrorPartsFigure, ErrorPartsWords},
    {"weights", "paths", HasPaths, PathFigure, PathWords, Along::kDecay, true},
    {"weights", "weights", HasWeightHistograms, WeightsFigure, WeightsWords, Along::kPoint},
    {"contours", "plane", HasPlane, PlaneFigure, PlaneWords, Along::kPoint},
    {"shrinkage", "shrinkage", HasShrinkage, ShrinkageFigure, ShrinkageWords, Along::kPoint},
    {"predictions", "predictions", HasPredictions, PredictionsFigure, PredictionsWords,
     Along::kPoint},
    {"predictions", "residuals", HasResiduals, ResidualsFigure, ResidualsWords, Along::kPoint},
    {"predictions", "reliability", HasReliability, ReliabilityFigure, ReliabilityWords,
     Along::kPoint},
    {"predictions", "confusion", HasConfusion, ConfusionFigure, ConfusionWords, Along::kPoint},
    {"predictions", "roc", HasRoc, RocFigure, RocWords, Along::kPoint},
    {"rows", "rows-trained", HasLearningCurve, LearningCurveFigure, LearningCurveWords,
     Along::kPoint},
    {"sizes", "sizes", HasSizes, SizesFigure, SizesWords, Along::kPoint},
};

}  // namespace

std::string FiguresOf(std::string_view section, const TuneResult& result) {
  std::string html;
  for (const PageFigure& figure : kFigures) {
    if (figure.section != section || !figure.has(result)) continue;
    const FigureWords words = figure.words(result);
    html += FigureHtml(figure.draw(result), {.id = figure.id,
                                             .title = words.title,
                                             .how = Escaped(words.caption),
                                             .along = figure.along,
                                             .many = figure.many});
  }
  if (section != "training" || html.empty()) return html;
  return Element("p",
                 InBoth([&](Language language) { return TimeScaleSentence(result, language); })) +
         html;
}

}  // namespace halflife
