// The figures of the report: inline SVG for wide and for narrow pages, what a crosshair reads out,
// and the numbers that are drawn. What a figure says is said in both languages.
#pragma once

#include <string>

#include "halflife/tune.h"

namespace halflife {

struct Figure {
  std::string wide;  // an <svg> element each
  std::string narrow;
  // JSON, safe inside <script>: labels; readings, each with a title and values, and where they lie
  // on both drawings; the first to be shown; the table of what is drawn. Figures without a
  // crosshair have no readings.
  std::string readout;
};

// Validation and training loss along the decay, with standard errors; the best and the one-SE
// decay, the one in use, the range that is about as good, the baseline's loss.
Figure LossFigure(const TuneResult& result);

// The largest weights along the decay, and the size of the fit. `result.paths` must not be empty.
Figure PathFigure(const TuneResult& result);

// Of nets, by epoch, mean over seeds: training and validation loss at the best decay and at the
// baseline; the norm of each layer's weights; the angle by which a step turns the decayed weights.
Figure LearningFigure(const TuneResult& result);
Figure NormsFigure(const TuneResult& result);
Figure AngleFigure(const TuneResult& result);

// The same losses on a log axis at the largest decay tried too, over the runs that were set aside.
Figure EpochsFigure(const TuneResult& result);

// What follows is drawn from result.diagnostics, and needs that Has... of the same.

// Noise, bias and variance along the decay, and their sum beside the loss that was measured: of
// three decays at least.
bool HasErrorParts(const TuneResult& result);
Figure ErrorPartsFigure(const TuneResult& result);

// How many weights are how large, at the baseline and at the best decay; one outline where these
// are one.
bool HasWeightHistograms(const TuneResult& result);
Figure WeightsFigure(const TuneResult& result);
// Whether an outermost bin that it draws is not empty.
bool OutermostBinsAreFilled(const TuneResult& result);

// The loss over two weights, and where a circle and a diamond hold them.
bool HasPlane(const TuneResult& result);
// Whether the L1 penalty is at the tuned decay and L2 where its loss is the same; else vice versa.
bool PlaneIsOfL1(const TuneResult& result);
Figure PlaneFigure(const TuneResult& result);

// What the best decay leaves of each direction of the weights; not of classes that can be told
// apart without error, whose fits are far from where the curvature is taken.
bool HasShrinkage(const TuneResult& result);
Figure ShrinkageFigure(const TuneResult& result);

// Held-out numbers against their predictions; how large the errors are.
bool HasPredictions(const TuneResult& result);
Figure PredictionsFigure(const TuneResult& result);
bool HasResiduals(const TuneResult& result);
Figure ResidualsFigure(const TuneResult& result);

// Held-out classes: predicted probabilities against what came, who was taken for whom, and of two
// classes the rates as the threshold falls.
bool HasReliability(const TuneResult& result);
Figure ReliabilityFigure(const TuneResult& result);
bool HasConfusion(const TuneResult& result);
Figure ConfusionFigure(const TuneResult& result);
bool HasRoc(const TuneResult& result);
Figure RocFigure(const TuneResult& result);

// Held-out loss against the rows trained on, at the baseline and at the best decay; one line where
// these are one.
bool HasLearningCurve(const TuneResult& result);
Figure LearningCurveFigure(const TuneResult& result);

// What decay gains in nets of several sizes.
bool HasSizes(const TuneResult& result);
Figure SizesFigure(const TuneResult& result);

// Whether LossFigure cuts its vertical axis because some losses are far above the best.
bool LossIsCut(const TuneResult& result);
// The same of ErrorPartsFigure.
bool ErrorPartsAreCut(const TuneResult& result);
// The same of PathFigure, whose weights may explode towards no decay.
bool PathsAreCut(const TuneResult& result);

// Whether EpochsFigure has lines of runs that were set aside.
bool HasLossesSetAside(const TuneResult& result);
// Of nets the decay of the lowest mean among those trained to their end, where another was chosen;
// else null.
const GridPoint* LowestBesideTheChoice(const TuneResult& result);

// Of nets, what NormsFigure and AngleFigure show beside the best decay: the baseline, or where that
// is the best the largest other decay that was trained to its end. Null if there is none.
const GridPoint* FollowedBesideTheBest(const TuneResult& result);

// How many classes ConfusionFigure shows when it is wide: fewer than there are where there are
// many.
std::size_t ClassesShown(const TuneResult& result);

}  // namespace halflife
