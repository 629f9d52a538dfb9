// Findings of a tuning as JSON: {"kind", numbers...}.
#pragma once

#include <vector>

#include "halflife/verdict.h"
#include "report/json_values.h"

namespace halflife {

Json FindingsJson(const std::vector<TuneFinding>& findings);

}  // namespace halflife
