// The figures of the report: inline SVG for wide and for narrow pages, and what a crosshair reads
// out.
#pragma once

#include <string>

#include "halflife/tune.h"

namespace halflife {

struct Figure {
  std::string wide;  // an <svg> element each
  std::string narrow;
  std::string
      readout;  // JSON, safe inside <script>: labels, and per decay a title, values and both x
};

// Validation and training loss along the decay, with standard errors, the best and the one-SE
// decay.
Figure LossFigure(const TuneResult& result);

// The largest weights along the decay. `result.paths` must not be empty.
Figure PathFigure(const TuneResult& result);

// Of nets, by epoch, at the best decay and at the baseline, mean over seeds: training and
// validation loss; the norm of each layer's weights; the angle by which a step turns the decayed
// weights.
Figure LearningFigure(const TuneResult& result);
Figure NormsFigure(const TuneResult& result);
Figure AngleFigure(const TuneResult& result);

// Whether LossFigure cuts its vertical axis because losses at the ends are far above the best.
bool LossIsCut(const TuneResult& result);

}  // namespace halflife
