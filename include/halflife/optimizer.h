// The optimizer: a rule, a decay law, groups and schedules, stepping at the speed of memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "halflife/group.h"
#include "halflife/parameter.h"
#include "halflife/schedule.h"

namespace halflife {

// What a step does with a parameter whose gradient is missing (an empty span).
enum class MissingGradient {
  kSkip,   // nothing moves: not the weights, not the state, not its own count of steps
  kDecay,  // the decay law alone acts; a coupled law refuses, since it acts through the gradient
};

// What a step does when a gradient holds an infinity or a NaN, or is finite but so large that
// weights or state would become infinite (after gradient_scale and clipping).
enum class NonFinite {
  kPropagate,  // does not look: IEEE arithmetic carries it into the weights
  kError,     // throws Error naming the parameter, before anything moves; reads gradients once more
  kSkipStep,  // nothing moves, and the step is counted as skipped; reads gradients once more
};

struct OptimizerOptions : Settings {
  std::vector<Group> groups;  // empty: one group of all parameters
  DecayPolicy policy = DecayPolicy::kWeightsOnly;
  MissingGradient missing_gradient = MissingGradient::kSkip;
  NonFinite non_finite = NonFinite::kPropagate;
  double gradient_scale = 1;  // multiplies gradients first: 1 / loss scale, or 1 / batches summed
  double clip_norm = 0;       // then: largest norm of all gradients together; 0: no limit
  double clip_value = 0;      // then: largest size of one element; 0: no limit
  int threads = 0;            // 0: all that the process may use
};

// What one step did.
struct StepReport {
  bool skipped = false;       // by NonFinite::kSkipStep
  std::size_t missing = 0;    // parameters without a gradient
  double gradient_norm = -1;  // after gradient_scale, before clipping; -1 where it was not needed
};

// What the optimizer does with one parameter.
struct PlanRow {
  std::string parameter;
  std::string shape;  // "768x3072"
  ParameterKind kind;
  std::string group;
  std::string rule;
  std::string law;  // "decoupled", "proximal L1 toward the start", "none"
  double lr;
  double decay;
  double half_life;  // in steps at the current step, of 32-bit floats without a gradient; infinite:
                     // none, or one that floats never reach; NaN: depends on the gradients
  double share = 0;  // of a weight that the decay takes off a step, as planned; 0: none, or by
                     // gradients
  FloatShare in_floats;  // what that is for 32-bit floats
};

// What a state file holds other than the running program.
struct LoadReport {
  std::int64_t step = 0;
  std::vector<std::string> differences;  // "group all: decay was 0.1, is 0.01": the program's hold
};

// Thread safety: one thread at a time steps, changes or loads an optimizer; its const functions may
// run side by side between those. Optimizers that share no parameters may all be used at once. A
// step spreads its work over threads of its own (OptimizerOptions::threads) and returns when it is
// done.
class Optimizer {
 public:
  // Throws Error when an option is out of its range, names repeat, parameters share memory, a
  // pattern matches no parameter or a parameter fits no group, saying which and what to do.
  Optimizer(std::vector<Parameter> parameters, OptimizerOptions options);
  ~Optimizer();
  Optimizer(Optimizer&&) noexcept;
  Optimizer& operator=(Optimizer&&) noexcept;

  // One step. `gradients` are in the order of the parameters and as long, in memory of their own;
  // empty: missing.
  StepReport Step(std::span<const std::span<const float>> gradients);

  std::int64_t step() const;           // steps taken
  std::int64_t skipped_steps() const;  // by NonFinite::kSkipStep

  std::vector<PlanRow> Plan() const;
  // The plan as a table, and a line for every parameter whose decay floats lose or change by more
  // than 5 %.
  std::string PlanText() const;

  // How the decay shrinks that parameter by itself, as 32-bit floats do.
  Shrinkage ShrinkageOf(std::size_t parameter) const;

  // Where the rule keeps an average (asgd, schedule_free_adamw): the weights to evaluate with, as
  // long as the parameter. Otherwise the weights themselves.
  void AverageWeights(std::size_t parameter, std::span<float> out) const;

  // Changes hold from the next step on. `group` is the group's name; its lr_scale still multiplies
  // `lr`.
  void SetLr(const std::string& group, double lr);
  void SetDecay(const std::string& group, double decay);
  void SetGradientScale(double scale);

  // The state as a safetensors file (docs/formats.md), written whole or not at all. It holds the
  // moments and counters, not the weights. Resuming is bit-identical to never having stopped.
  void Save(const std::string& path) const;
  // Refuses, with the reason and nothing changed, a file for other parameters, shapes or rules.
  LoadReport Load(const std::string& path);
  std::string StateBytes() const;
  LoadReport LoadBytes(std::string_view bytes, const std::string& where);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace halflife
