// Other ways to an interval of the gain, written from their papers.
#pragma once

#include "calibration/problem.h"
#include "data/dataset.h"
#include "model/model.h"
#include "tune/sweep.h"

namespace halflife::testing {

// Of the first round of the sweep; `model` fits pairs of folds left out.
Rivals AskRivals(const Dataset& data, Model* model, const Sweep& sweep);

}  // namespace halflife::testing
