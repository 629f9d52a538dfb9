// Made-up diagnostics with the shapes of real ones, for the samples of results.
#pragma once

#include "halflife/tune.h"

namespace halflife {

// Each gives what a model of its kind has, for the decays of `result`.
void AddLinearDiagnostics(TuneResult* result);
void AddLogisticDiagnostics(TuneResult* result);
void AddNetDiagnostics(TuneResult* result);

}  // namespace halflife
