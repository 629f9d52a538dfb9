// How numbers go into JSON: what is not finite is null.
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "halflife/tune.h"

namespace halflife {

using Json = nlohmann::ordered_json;

inline Json Finite(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

inline Json Optional(const std::optional<double>& value) {
  return value ? Finite(*value) : Json(nullptr);
}

inline Json EstimateJson(const Estimate& estimate) {
  return {{"loss", Finite(estimate.mean)}, {"se", Finite(estimate.se)}};
}

}  // namespace halflife
