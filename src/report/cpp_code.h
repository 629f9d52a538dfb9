// What a run did, as C++ for this library.
#pragma once

#include <string>

#include "halflife/tune.h"

namespace halflife {

// Makes `optimizer` of `parameters` with the options of the run.
std::string CppCode(const TrainingSummary& training);

}  // namespace halflife
