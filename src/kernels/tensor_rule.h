// Rules that need a whole tensor at once (norms, factored moments, matrix products): the second and
// last kind of rule. They compute a displacement; the driver applies it with the decay law.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "halflife/custom/job.h"
#include "halflife/custom/tiny.h"
#include "halflife/rule.h"

namespace halflife {

// One array of state: its name, and how many floats a tensor of the given shape needs. The rule
// sees to the grain as it writes.
struct TensorSlot {
  std::string_view name;
  std::size_t size = 0;
  float grain = kGrain;  // where its digits end; kGrainOfSquares for squares
};

// One step of one tensor.
struct TensorJob {
  std::span<const float> w;
  std::span<const float> g;
  std::span<const float> center;  // empty: zero
  std::span<const std::int64_t> shape;
  float* const* slots = nullptr;
  RuleInput input{};
  double decay = 0;      // only for RuleSpec::inner_decay under the coupled law
  bool decayed = false;  // whether the tensor decays, by whatever law
};

class TensorRule {
 public:
  virtual ~TensorRule() = default;
  virtual const RuleSpec& spec() const = 0;
  virtual std::vector<TensorSlot> Slots(std::span<const std::int64_t> shape) const = 0;
  virtual std::span<const std::string_view> Scalars() const { return {}; }
  // Why a tensor of that shape cannot be trained by the rule, or "".
  virtual std::string Refuse(std::span<const std::int64_t> /*shape*/) const { return ""; }
  // Moves the scalars to the next step; [0], t, is already counted.
  virtual void Advance(const double* /*options*/, double /*lr*/, double* /*scalars*/) const {}
  // Writes to `step` what is to be taken from w.
  virtual void Step(const TensorJob& job, std::span<float> step) const = 0;
};

// A matrix seen as `rows` x `columns`: all dimensions but the first are folded together.
struct MatrixShape {
  std::size_t rows;
  std::size_t columns;
};
inline MatrixShape AsMatrix(std::span<const std::int64_t> shape) {
  MatrixShape matrix{1, 1};
  if (shape.empty()) return matrix;
  matrix.rows = static_cast<std::size_t>(shape[0]);
  for (std::size_t i = 1; i < shape.size(); ++i)
    matrix.columns *= static_cast<std::size_t>(shape[i]);
  return matrix;
}

}  // namespace halflife
