// The optimizer: a rule, a decay law, groups and schedules, stepping at the speed of memory.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
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

// What holds for the optimizer as a whole.
struct StepOptions {
  std::vector<Group> groups = {};  // empty: one group of all parameters
  DecayPolicy policy = DecayPolicy::kWeightsOnly;
  MissingGradient missing_gradient = MissingGradient::kSkip;
  NonFinite non_finite = NonFinite::kPropagate;
  double gradient_scale = 1;  // multiplies gradients first: 1 / loss scale, or 1 / batches summed
  double clip_norm = 0;       // then: largest norm of all gradients together; 0: no limit
  double clip_value = 0;      // then: largest size of one element; 0: no limit
  int threads = 0;            // 0: all that the process may use
};

// Options in one expression, what every group inherits and what holds for the whole:
//   OptimizerOptions{{.rule = "adamw", .lr = 1e-3, .decay = 0.1}, {.clip_norm = 1}}
// or member by member.
struct OptimizerOptions : Settings, StepOptions {};

// The gradient of the parameter of that name; empty: missing.
struct NamedGradient {
  std::string_view name;
  std::span<const float> values;
};

// Pairs of a name and a gradient: std::map<std::string, std::vector<float>> and the like.
template <class Range>
concept GradientsByName = std::ranges::input_range<const Range> &&
    requires(std::ranges::range_reference_t<const Range> pair) {
  { pair.first } -> std::convertible_to<std::string_view>;
  { pair.second } -> std::convertible_to<std::span<const float>>;
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
  // In steps at the current step, of 32-bit floats without a gradient. Infinite: none, or one that
  // floats never reach; NaN: depends on the gradients.
  double half_life;
  // Of a weight that the decay takes off a step, as planned; 0: none, or by gradients.
  double share = 0;
  FloatShare in_floats;  // what that is for 32-bit floats
};

// The plan as a table: a line of headings, then a line a row. The last two columns are the share of
// a weight that the decay takes off a step, and what that is for 32-bit floats without a gradient:
// "as planned" within 5 %, "nothing", "0 to 6e-08" where some floats lose nothing, else from the
// least to the most. With gradients it may act all the same: see FloatShare.
std::string PlanTable(std::span<const PlanRow> rows);

// Where a state file and the program that loads it differ; the program's holds.
struct StateDifference {
  enum class Kind {
    kChanged,  // from `was` to `is`; of a given centre both are empty
    kAdded,    // the file does not have it
    kRemoved,  // the program does not have it
  };
  Kind kind = Kind::kChanged;
  std::string group = {};      // whose setting it is,
  std::string parameter = {};  // or whose centre
  std::string setting = {};    // "decay", "beta1", "center"
  std::string was = {};        // as the file has it
  std::string is = {};
};

// It in a line of labels: group "all" decay: "0.1" -> "0.01".
std::string DifferenceText(const StateDifference& difference);

// What a state file holds other than the running program.
struct LoadReport {
  std::int64_t step = 0;
  std::vector<StateDifference> differences;
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
  StepReport Step(std::initializer_list<std::span<const float>> gradients);
  // All gradients in one block: in the order of the parameters, without gaps, none missing.
  StepReport Step(std::span<const float> block);
  // In any order, by the parameters' names; those left out are missing. Throws Error for a name
  // that no parameter has or that is there twice.
  StepReport Step(std::span<const NamedGradient> gradients);
  // The same from a map or other pairs; takes memory for a list of them.
  template <GradientsByName Pairs>
  StepReport Step(const Pairs& pairs) {
    std::vector<NamedGradient> gradients;
    for (const auto& [name, values] : pairs) gradients.push_back({name, values});
    return Step(std::span<const NamedGradient>(gradients));
  }

  std::int64_t StepCount() const;         // steps taken
  std::int64_t SkippedStepCount() const;  // by NonFinite::kSkipStep
  std::int64_t step() const { return StepCount(); }
  std::int64_t skipped_steps() const { return SkippedStepCount(); }

  std::vector<PlanRow> Plan() const;
  std::string PlanText() const;  // PlanTable of it

  // How the decay shrinks that parameter by itself, as 32-bit floats do.
  Shrinkage ShrinkageOf(std::size_t parameter) const;

  // Where the rule keeps an average (asgd, schedule_free_adamw): the weights to evaluate with, as
  // long as the parameter. Otherwise the weights themselves.
  void AverageWeights(std::size_t parameter, std::span<float> out) const;

  // Changes hold from the next step on. `group` is the group's name ("all" where no groups were
  // given); its lr_scale and schedules still multiply what is set here.
  void SetLr(const std::string& group, double lr);
  void SetDecay(const std::string& group, double decay);
  void SetGradientScale(double scale);
  // What was set last, here or in the options, or the rule's own; before lr_scale and schedules,
  // with which it stands in the plan.
  double Lr(const std::string& group) const;
  double Decay(const std::string& group) const;
  double GradientScale() const;

  // The state as a safetensors file (docs/formats.md), written whole or not at all, in a folder
  // that is made if need be. It holds the moments and counters, not the weights. Resuming is
  // bit-identical to never having stopped.
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
