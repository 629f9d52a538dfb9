// The registry: every rule as the engine holds it.
#pragma once

#include <string_view>
#include <vector>

#include "halflife/custom/elementwise_rule.h"
#include "halflife/rule.h"

namespace halflife {

class TensorRule;

// One line of the registry; exactly one of `elementwise` and `tensor` is set.
struct Rule {
  const RuleSpec* spec = nullptr;
  const ElementwiseRule* elementwise = nullptr;
  const TensorRule* tensor = nullptr;
};

// All rules: the built-in ones (src/kernels/CMakeLists.txt), then those of the program's own
// (halflife/custom_rule.h). What FindRuleEntry returns stays where it is.
std::vector<Rule> RuleList();
const Rule& FindRuleEntry(std::string_view name);

// w -= g with a decay law and no state: applies what tensor rules computed, and decay without a
// gradient. Not in the list.
const ElementwiseRule& DisplacementRule();

// For tests: the names of the targets this machine can run ("AVX3", ..., and "scalar"), and a
// switch to one of them; "" goes back to the best.
std::vector<std::string_view> KernelTargets();
void SetKernelTarget(std::string_view name);

}  // namespace halflife
