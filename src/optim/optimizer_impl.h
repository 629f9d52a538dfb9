// What an optimizer holds; its parts are in optimizer.cc (steps), gradients.cc (what they look at
// first), plan.cc (what it says of itself) and state.cc (files).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/float_block.h"
#include "halflife/optimizer.h"
#include "optim/groups.h"
#include "optim/memory.h"
#include "optim/tensor_steps.h"
#include "optim/work.h"

namespace halflife {

// The name and size of one array of a parameter's state.
struct SlotView {
  std::string key;  // "NAME/adam.m"
  float* at;
  std::size_t count;
  bool whole_shape;  // shaped as the parameter
  float grain;       // where its digits end; see halflife/custom/tiny.h
};

// A setting of a group as text.
struct StateSetting {
  std::string group;
  std::string name;
  std::string value;

  std::string Key() const;  // in a state file: "group GROUP: NAME"
};

class Optimizer::Impl {
 public:
  Impl(std::vector<Parameter> parameters, OptimizerOptions options);

  StepReport Step(std::span<const std::span<const float>> gradients);
  StepReport StepBlock(std::span<const float> block);
  StepReport StepNamed(std::span<const NamedGradient> gradients);
  std::vector<PlanRow> Plan() const;
  void CheckIndex(std::size_t parameter) const;
  ResolvedGroup& FindGroup(const std::string& name);
  const ResolvedGroup& FindGroup(const std::string& name) const;
  const ResolvedGroup& GroupOf(std::size_t parameter) const {
    return groups[tensors[parameter].group];
  }

  // As Assignment::Decays, now: SetDecay may have changed it.
  bool Decays(std::size_t parameter) const {
    return GroupOf(parameter).Decays(tensors[parameter].decayed);
  }

  std::string StateBytes() const;
  LoadReport LoadBytes(std::string_view bytes, const std::string& where);
  std::vector<SlotView> SlotsOf(std::size_t parameter) const;
  std::vector<std::string> ScalarKeysOf(std::size_t parameter) const;
  std::vector<StateSetting> StateSettings() const;

  std::vector<Parameter> parameters;
  OptimizerOptions options;
  std::vector<ResolvedGroup> groups;
  std::vector<TensorState> tensors;
  std::vector<std::vector<float>> centers;  // empty: none
  std::int64_t step = 0;
  std::int64_t skipped = 0;

 private:
  void CheckPolicies() const;
  void MakeCenters();
  void MakeState();
  void MakeWork();
  void TakeGradients(std::span<const std::span<const float>> gradients, StepReport* report);
  std::size_t IndexOf(std::string_view name) const;
  bool LookAtGradients(StepReport* report, double* scale);
  bool Overflows(const StepContext& context, StepReport* report);
  void Refuse(std::size_t tensor, ErrorKind why, const std::string& size, StepReport* report);
  static void CountStep(std::span<const GroupStep> steps, std::span<TensorState> states);
  void FoldGroups();

  ParameterMemory memory_;
  FloatBlock arena_;
  WorkList work_;
  TensorSteps tensor_steps_;
  std::vector<GroupStep> group_steps_;  // of the step that runs
  std::vector<double> sums_;            // of squares, chunk by chunk
  // For gradients in a block or by name: room for spans, parameters by name, who was named.
  std::vector<std::span<const float>> gradients_;
  std::vector<std::size_t> by_name_;
  std::vector<char> named_;
};

// The sizes of a shape, "768x3072"; "scalar" when it has none.
std::string ShapeText(std::span<const std::int64_t> shape);

}  // namespace halflife
