// Made-up results of every kind, so that every sentence about a result is said of some.
#pragma once

#include <vector>

#include "halflife/tune.h"

namespace halflife {

// Tables and nets, each with every outcome of the comparison and every choice. Their numbers need
// not go together.
std::vector<TuneResult> ManyResults();

}  // namespace halflife
