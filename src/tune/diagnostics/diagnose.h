// What the figures of a report show of a tuned table beside the sweep.
#pragma once

#include <vector>

#include "halflife/diagnostics.h"
#include "halflife/tune.h"
#include "tune/sweep.h"
#include "tune/tune_model.h"

namespace halflife {

// Throws Error where the plane that `options` ask for is none: not of two inputs, or of more than
// two classes.
void CheckPlane(const Dataset& dataset, const TuneOptions& options);

struct Tuned {
  const ModelContext& context;
  const ModelMaker& make;
  Model* model = nullptr;
  const Sweep& sweep;
  const std::vector<Fit>& fits;  // on all rows, one a trial
  const TuneOptions& options;
};

// What is known of it. What would take further fits is left out where one costs too much for
// figures alone, where rows are not in memory, and where the sweep was stopped, or this is: the
// context's `stop` is asked between fits. Tells the verdict what decaying biases too does. Adds to
// `findings` where a plane that was asked for could not be drawn.
Diagnostics Diagnose(const Tuned& tuned, Verdict* verdict, std::vector<TuneFinding>* findings);

}  // namespace halflife
