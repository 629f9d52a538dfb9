// Made-up results with the shapes of real ones, for the report's tests.
#pragma once

#include "halflife/tune.h"

namespace halflife {

// House prices: 0 and 60 decays from 1e-4 to 30, best near 0.2, decay helps.
TuneResult RegressionSample();

// Two classes that a plane can separate: no fit at 0, losses that explode at small decays.
TuneResult ClassificationSample();

// A regression of so many points, all of whose losses are `loss` with no error.
TuneResult FlatSample(const std::vector<double>& decays, double loss);

}  // namespace halflife
