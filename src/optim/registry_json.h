// The registry as JSON, for `halflife describe --json` and for the page's lists.
#pragma once

#include <nlohmann/json.hpp>

#include "halflife/rule.h"

namespace halflife {

// Keys stay; an end of a range that is open to infinity is null.
nlohmann::ordered_json RuleJson(const RuleSpec& rule);
nlohmann::ordered_json LawJson(const DecayLawSpec& law);

}  // namespace halflife
