// An elementwise rule as the engine holds it: its state, and how to run it.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "halflife/custom/job.h"
#include "halflife/rule.h"

namespace halflife {

// The state that one variant of a rule keeps for each weight.
struct RuleVariant {
  std::span<const std::string_view> slots;
  std::array<float, kMaxSlots> grain;  // where the digits of each end; see halflife/custom/tiny.h
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

// Runs `rule` on the chosen target.
void RunElementwise(const ElementwiseRule& rule, std::size_t variant, const ElementwiseJob& job);

// Checks a rule of the program's own and adds it to the list; see halflife/custom_rule.h.
void AddElementwiseRule(const RuleSpec& spec, const ElementwiseRule& rule);

}  // namespace halflife
