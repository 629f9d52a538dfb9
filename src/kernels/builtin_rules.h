// The rules that src/kernels/CMakeLists.txt lists, in its order.
#pragma once

#include <vector>

#include "kernels/rule.h"

namespace halflife {

std::vector<Rule> BuiltinRules();

}  // namespace halflife
