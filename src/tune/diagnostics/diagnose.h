// What the figures of a report show of a tuned table beside the sweep.
#pragma once

#include <optional>
#include <vector>

#include "halflife/diagnostics.h"
#include "halflife/tune.h"
#include "tune/sweep.h"
#include "tune/tune_model.h"

namespace halflife {

// Throws Error unless the plane that `options` ask for can be drawn.
void CheckPlane(const Dataset& dataset, const TuneOptions& options);

struct Tuned {
  const ModelContext& context;
  const ModelMaker& make;
  Model* model = nullptr;
  const Sweep& sweep;
  const std::vector<Fit>& fits;  // on all rows, one a trial
  const TuneOptions& options;
};

// What is known of it. What would take further fits is left out where these cost far more than a
// report is worth, where rows are not in memory, and where the sweep was stopped.
Diagnostics Diagnose(const Tuned& tuned);

}  // namespace halflife
