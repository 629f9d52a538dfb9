#include "report/all_figures.h"

#include "report/figure_words.h"

namespace halflife {
namespace {

bool IsNet(const TuneResult& result) { return result.training.has_value(); }

struct FigureKind {
  const char* name;
  bool (*has)(const TuneResult&);
  Figure (*draw)(const TuneResult&);
  FigureWords (*words)(const TuneResult&);
};

constexpr FigureKind kFigureKinds[] = {
    {"loss", [](const TuneResult&) { return true; }, LossFigure, LossWords},
    {"paths", [](const TuneResult& result) { return !result.paths.empty(); }, PathFigure,
     PathWords},
    {"learning", IsNet, LearningFigure, EpochsWords},
    {"epochs", IsNet, EpochsFigure, EpochsWords},
    {"norms", IsNet, NormsFigure, NormsWords},
    {"angle", IsNet, AngleFigure, AngleWords},
    {"parts", HasErrorParts, ErrorPartsFigure, ErrorPartsWords},
    {"weights", HasWeightHistograms, WeightsFigure, WeightsWords},
    {"plane", HasPlane, PlaneFigure, PlaneWords},
    {"shrinkage", HasShrinkage, ShrinkageFigure, ShrinkageWords},
    {"predictions", HasPredictions, PredictionsFigure, PredictionsWords},
    {"residuals", HasResiduals, ResidualsFigure, ResidualsWords},
    {"reliability", HasReliability, ReliabilityFigure, ReliabilityWords},
    {"confusion", HasConfusion, ConfusionFigure, ConfusionWords},
    {"roc", HasRoc, RocFigure, RocWords},
    {"rows-trained", HasLearningCurve, LearningCurveFigure, LearningCurveWords},
    {"sizes", HasSizes, SizesFigure, SizesWords}};

}  // namespace

std::vector<NamedFigure> FiguresOf(const TuneResult& result) {
  std::vector<NamedFigure> figures;
  for (const FigureKind& kind : kFigureKinds) {
    if (kind.has(result)) figures.push_back({kind.name, kind.draw(result)});
  }
  return figures;
}

std::vector<std::string> WordsOfFigures(const TuneResult& result) {
  std::vector<std::string> texts;
  for (const FigureKind& kind : kFigureKinds) {
    if (!kind.has(result)) continue;
    const FigureWords words = kind.words(result);
    for (const Said& text : {words.title, words.caption}) {
      texts.push_back(text.english);
      texts.push_back(text.chinese);
    }
  }
  return texts;
}

}  // namespace halflife
