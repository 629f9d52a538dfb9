// Rules that need a whole tensor at once (norms, factored moments, matrix products): the second and
// last kind of rule. They read a tensor once or more for sums over it, and then the driver takes
// their step from w, by the decay law. Parts of one tensor go to all threads, and what memory a
// rule needs, it says beforehand: a step allocates nothing.
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

inline constexpr std::size_t kRun = 1024;     // elements that go through a buffer at once
inline constexpr std::size_t kMaxTotals = 2;  // sums over a tensor
inline constexpr std::size_t kPart = 16384;   // elements of a usual part of a tensor

// One array of state: its name, and how many floats a tensor of the given shape needs. The rule
// sees to the grain as it writes.
struct TensorSlot {
  std::string_view name;
  std::size_t size = 0;
  float grain = kGrain;  // where its digits end; kGrainOfSquares for squares
};

// What a tensor rule's constants are made of.
struct TensorInput : RuleInput {
  double decay = 0;                // only for RuleSpec::inner_decay under the coupled law
  bool decayed = false;            // whether the tensor decays, by whatever law
  double totals[kMaxTotals] = {};  // of the tensor, as far as they are known
};

// One step of one tensor.
struct TensorJob {
  float* w = nullptr;
  const float* g = nullptr;       // as given; kernels read it by Taking (kernels/taking-inl.h)
  const float* center = nullptr;  // null: zero
  float* const* slots = nullptr;
  std::size_t count = 0;
  std::span<const std::int64_t> shape;
  TensorInput input{};
  double gradient_scale = 1;
  double limit = 0;  // of a gradient's size, after the scale
  double coupled = 0;
  bool couples = false;      // then g += coupled (w - c)
  LawStep law;               // what else decays; never kCoupled
  float* scratch = nullptr;  // what Scratch() asked for, at a 64-byte boundary
};

// Elements [begin, begin + count) of g, scaled, on the grid, clipped, and with the coupled decay.
void TakeGradient(const TensorJob& job, std::size_t begin, std::size_t count, float* to);

// w[begin + i] -= step[i], by the law.
void TakeStep(const TensorJob& job, std::size_t begin, std::size_t count, const float* step);

// A part of a tensor: `rows` runs of `count` elements each, `stride` apart.
struct TensorPart {
  std::size_t begin = 0;
  std::size_t count = 0;
  std::size_t rows = 1;
  std::size_t stride = 0;
};

// Calls body(begin, count) for runs of at most kRun elements, in order.
template <class Body>
void ForEachRun(const TensorPart& part, const Body& body) {
  for (std::size_t row = 0; row < part.rows; ++row) {
    for (std::size_t i = 0; i < part.count; i += kRun)
      body(part.begin + row * part.stride + i, part.count - i < kRun ? part.count - i : kRun);
  }
}

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

  // The parts that a tensor of that shape is cut in, whatever the number of threads.
  virtual std::vector<TensorPart> Parts(std::span<const std::int64_t> shape) const;
  // The floats it needs during a step.
  virtual std::size_t Scratch(std::span<const std::int64_t> /*shape*/) const { return 0; }

  // How often a tensor is read for sums before its step.
  virtual int measures() const { return 1; }
  // Adds to totals[kMaxTotals] what that part brings to them. Parts are measured side by side.
  virtual void Measure(int pass, const TensorJob& job, const TensorPart& part,
                       double* totals) const = 0;
  // After all parts of a pass, on up to `threads` threads; called where joins() says so.
  virtual bool joins() const { return false; }
  virtual void Join(int /*pass*/, const TensorJob& /*job*/, int /*threads*/) const {}
  // Moves w, by the law, and what Measure left of the state. Parts move side by side.
  virtual void Step(const TensorJob& job, const TensorPart& part) const = 0;
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

inline std::size_t ElementsOf(std::span<const std::int64_t> shape) {
  const MatrixShape matrix = AsMatrix(shape);
  return matrix.rows * matrix.columns;
}

}  // namespace halflife
