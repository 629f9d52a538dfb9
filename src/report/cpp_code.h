// What a run did, as C++ for this library.
#pragma once

#include <string>
#include <string_view>

#include "halflife/tune.h"

namespace halflife {

// "kWeight" of "weight", "kGroupLasso" of "group lasso".
std::string CppEnumerator(std::string_view name);

// Makes `optimizer` of `parameters` with the options of the run.
std::string CppCode(const TrainingSummary& training);

}  // namespace halflife
