// A rule as the engine holds it: what it says of itself, and how to run it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "halflife/rule.h"
#include "kernels/job.h"

namespace halflife {

class TensorRule;

// The state that one variant of a rule keeps for each weight.
struct RuleVariant {
  std::span<const std::string_view> slots;
  std::array<float, kMaxSlots> grain;  // where the digits of each end; see kernels/tiny.h
};

// An elementwise rule: small per-weight work, compiled once per SIMD target.
struct ElementwiseRule {
  std::span<const RuleVariant> variants;
  std::span<const std::string_view> scalars;          // after t, for each tensor
  std::size_t (*pick)(const double* options);         // the variant these options need
  std::string_view (*refuse)(const double* options);  // why they don't go together, or ""
  void (*advance)(const double* options, double lr, double* scalars);  // once a step, t counted
  void (*run)(std::size_t variant, const ElementwiseJob& job);         // the best SIMD target
  void (*run_scalar)(std::size_t variant, const ElementwiseJob& job);
  void (*average)(std::size_t variant, const ElementwiseJob& job, float* out);  // or null
  bool absorbs;  // whether its state takes part in the decay
};

// One line of the registry; exactly one of `elementwise` and `tensor` is set.
struct Rule {
  const RuleSpec* spec = nullptr;
  const ElementwiseRule* elementwise = nullptr;
  const TensorRule* tensor = nullptr;
};

// All rules: the built-in ones (src/kernels/CMakeLists.txt), then those that AddRules brought.
const std::vector<Rule>& RuleList();
const Rule& FindRuleEntry(std::string_view name);

// Adds rules of the program's own; to be called before main or before any optimizer is made.
bool AddRules(std::span<const Rule> rules);

// w -= g with a decay law and no state: applies what tensor rules computed, and decay without a
// gradient. Not in the list.
const ElementwiseRule& DisplacementRule();

// Runs `rule` on the chosen target.
void RunElementwise(const ElementwiseRule& rule, std::size_t variant, const ElementwiseJob& job);

// For tests: the names of the targets this machine can run ("AVX3", ..., and "scalar"), and a
// switch to one of them; "" goes back to the best.
std::vector<std::string_view> KernelTargets();
void SetKernelTarget(std::string_view name);

}  // namespace halflife
