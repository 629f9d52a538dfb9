// What one call of a kernel gets: pointers, counts and the step's numbers. Kernels allocate nothing
// and cannot fail; callers validate.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace halflife {

inline constexpr std::size_t kMaxSlots = 6;
inline constexpr std::size_t kMaxScalars = 6;

// What a rule's constants are made of, in double.
struct RuleInput {
  const double* options;  // in the order of RuleSpec::options
  const double* scalars;  // [0] is t, counted from 1; then the rule's own
  double lr;
};

// The shapes that the decay laws come in, once their numbers are known for a step.
enum class LawShape {
  kShrink,    // w -= step + shrink (w - c); none, decoupled, independent, corrected
  kCoupled,   // g += coupled (w - c); w -= step
  kCautious,  // as kShrink, only where step (w - c) >= 0
  kProximal,  // w -= step; w - c -> soft(w - c, threshold) factor
};

// A decay law folded into this step's numbers.
struct LawStep {
  LawShape shape = LawShape::kShrink;
  double shrink = 0;
  double coupled = 0;
  double threshold = 0;
  double factor = 1;
  double row_threshold = 0;  // group lasso, for each row as a whole, after the proximal step
};

// A run of elements of one tensor.
struct ElementwiseJob {
  float* w = nullptr;
  const float* g = nullptr;
  const float* center = nullptr;  // null: zero
  float* const* slots = nullptr;
  std::size_t offset = 0;  // into all arrays
  std::size_t count = 0;
  double gradient_scale = 1;
  RuleInput input{};
  LawStep law;
};

}  // namespace halflife
