// What result.json says of nets that were trained by steps; see docs/formats.md.
#pragma once

#include <nlohmann/json.hpp>

#include "halflife/tune.h"

namespace halflife {

// A point of the grid: how it was trained, and its curves.
nlohmann::ordered_json TrainedPointJson(const TuneResult& result, const TrainedPoint& point);

// The keys of the whole: model, split, test, sweep, parameters.
void AddTraining(const TuneResult& result, nlohmann::ordered_json* json);

}  // namespace halflife
