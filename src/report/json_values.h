// How numbers go into JSON: what is not finite is null.
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>

namespace halflife {

using Json = nlohmann::ordered_json;

inline Json Finite(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

}  // namespace halflife
