// Tensor rules that are elementwise but for a few norms over the tensor: small structs like those
// of elementwise rules (kernels/measured-inl.h says what they hold), compiled once per SIMD target.
#pragma once

#include <array>

#include "kernels/tensor_rule.h"

namespace halflife {

// What is known of such a rule once it is compiled.
struct MeasuredKernels {
  const RuleSpec* spec;
  std::span<const std::string_view> slots;
  std::array<float, kMaxSlots> grain;
  std::span<const std::string_view> scalars;
  void (*advance)(const double* options, double lr, double* scalars);
  void (*measure)(const TensorJob& job, const TensorPart& part, double* totals);
  void (*step)(const TensorJob& job, const TensorPart& part);
};

class MeasuredRule : public TensorRule {
 public:
  explicit MeasuredRule(const MeasuredKernels& kernels) : kernels_(kernels) {}
  const RuleSpec& spec() const override { return *kernels_.spec; }
  std::vector<TensorSlot> Slots(std::span<const std::int64_t> shape) const override {
    std::vector<TensorSlot> slots;
    for (const std::string_view name : kernels_.slots)
      slots.push_back({name, ElementsOf(shape), kernels_.grain[slots.size()]});
    return slots;
  }
  std::span<const std::string_view> Scalars() const override { return kernels_.scalars; }
  void Advance(const double* options, double lr, double* scalars) const override {
    kernels_.advance(options, lr, scalars);
  }
  void Measure(int /*pass*/, const TensorJob& job, const TensorPart& part,
               double* totals) const override {
    kernels_.measure(job, part, totals);
  }
  void Step(const TensorJob& job, const TensorPart& part) const override {
    kernels_.step(job, part);
  }

 private:
  MeasuredKernels kernels_;
};

}  // namespace halflife
