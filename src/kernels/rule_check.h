// Whether what a rule says of itself can be used.
#pragma once

#include "halflife/custom/elementwise_rule.h"

namespace halflife {

// Throws Error (usage) naming the rule, what is wrong and what to do.
void CheckRule(const RuleSpec& spec, const ElementwiseRule& rule);

}  // namespace halflife
