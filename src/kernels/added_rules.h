// The rules that the program brought itself, through halflife/custom_rule.h.
#pragma once

#include <string_view>
#include <vector>

#include "kernels/rule.h"

namespace halflife {

// In the order they were added.
std::vector<Rule> AddedRules();

// Null where there is none of that name; what it points to stays where it is.
const Rule* FindAddedRule(std::string_view name);

}  // namespace halflife
