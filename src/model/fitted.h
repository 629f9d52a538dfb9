// From a fit in standardised units to the model that a user keeps.
#pragma once

#include <string>

#include "halflife/fitted_model.h"
#include "model/model.h"

namespace halflife {

// `fit` at `decay` on all rows of `dataset`, under the columns' own names; its loss is the
// fit's.
FittedModel MakeFittedModel(const Dataset& dataset, const Standardizer& standardizer,
                            const Fit& fit, double decay);

}  // namespace halflife
