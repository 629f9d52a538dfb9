// Tensor rules that are elementwise but for a few norms over the tensor: small structs like those
// of elementwise rules (kernels/measured-inl.h says what they hold), compiled once per SIMD target.
#pragma once

#include <array>

#include "kernels/tensor_rule.h"

namespace halflife {

// A run of elements; all pointers at its first one.
struct MeasuredRun {
  const float* w = nullptr;
  const float* g = nullptr;       // by TakeGradient; null where it is not read
  const float* center = nullptr;  // null: zero
  std::array<float*, kMaxSlots> slots{};
  std::size_t count = 0;
};

// What is known of such a rule once it is compiled.
struct MeasuredKernels {
  const RuleSpec* spec;
  std::span<const std::string_view> slots;
  std::array<float, kMaxSlots> grain;
  std::span<const std::string_view> scalars;
  void (*advance)(const double* options, double lr, double* scalars);
  bool step_reads_gradient;
  void (*measure)(const MeasuredRun& run, const TensorInput& in, double* totals);
  void (*step)(const MeasuredRun& run, const TensorInput& in, float* step);
};

class MeasuredRule : public TensorRule {
 public:
  explicit MeasuredRule(const MeasuredKernels& kernels) : kernels_(kernels) {}
  const RuleSpec& spec() const override { return *kernels_.spec; }
  std::vector<TensorSlot> Slots(std::span<const std::int64_t> shape) const override;
  std::span<const std::string_view> Scalars() const override { return kernels_.scalars; }
  void Advance(const double* options, double lr, double* scalars) const override {
    kernels_.advance(options, lr, scalars);
  }
  void Measure(int pass, const TensorJob& job, const TensorPart& part,
               double* totals) const override;
  void Step(const TensorJob& job, std::size_t begin, std::size_t count, float* step) const override;

 private:
  MeasuredRun RunOf(const TensorJob& job, std::size_t begin, std::size_t count) const;

  MeasuredKernels kernels_;
};

}  // namespace halflife
