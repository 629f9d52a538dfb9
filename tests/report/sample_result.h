// Made-up results with the shapes of real ones, for the report's tests.
#pragma once

#include "halflife/tune.h"

namespace halflife {

// House prices: 0 and 60 decays from 1e-4 to 30, best near 0.2, decay helps.
TuneResult RegressionSample();

// Two classes that a plane can separate: no fit at 0, losses that explode at small decays.
TuneResult ClassificationSample();

// A net of two layers, 2 seeds of 20 epochs: decay 0, 0.01 (set aside after epoch 3), 0.1 (the
// best), 1 (one seed alone) and 10 (diverged).
TuneResult NetSample();

// The same net, 100 rows in five splits of a seed each, which chose 0.1 four times and once no
// decay.
TuneResult SplitSample();

// A regression of so many points, all of whose losses are `loss` with no error.
TuneResult FlatSample(const std::vector<double>& decays, double loss);

}  // namespace halflife
