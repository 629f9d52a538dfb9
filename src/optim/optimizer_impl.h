// What an optimizer holds; its parts are in optimizer.cc (steps), gradients.cc (what they look at
// first), plan.cc (what it says of itself) and state.cc (files).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "halflife/optimizer.h"
#include "optim/groups.h"
#include "optim/memory.h"
#include "optim/tensor_steps.h"
#include "optim/work.h"

namespace halflife {

// Zeroed floats at a 64-byte boundary.
class AlignedFloats {
 public:
  explicit AlignedFloats(std::size_t count);
  float* data() const { return data_.get(); }

 private:
  struct Free {
    void operator()(float* at) const;
  };
  std::unique_ptr<float, Free> data_;
};

// The name and size of one array of a parameter's state.
struct SlotView {
  std::string key;  // "NAME/adam.m"
  float* at;
  std::size_t count;
  bool whole_shape;  // shaped as the parameter
  float grain;       // where its digits end; see halflife/custom/tiny.h
};

class Optimizer::Impl {
 public:
  Impl(std::vector<Parameter> parameters, OptimizerOptions options);

  StepReport Step(std::span<const std::span<const float>> gradients);
  std::vector<PlanRow> Plan() const;
  void CheckIndex(std::size_t parameter) const;
  ResolvedGroup& FindGroup(const std::string& name);
  const ResolvedGroup& GroupOf(std::size_t parameter) const {
    return groups[tensors[parameter].group];
  }

  std::string StateBytes() const;
  LoadReport LoadBytes(std::string_view bytes, const std::string& where);
  std::vector<SlotView> SlotsOf(std::size_t parameter) const;
  std::vector<std::string> ScalarKeysOf(std::size_t parameter) const;
  std::vector<std::pair<std::string, std::string>> SettingsText() const;

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
  bool LookAtGradients(StepReport* report, double* scale);
  bool Overflows(const StepContext& context, StepReport* report);
  void Refuse(std::size_t tensor, ErrorKind why, const std::string& size, StepReport* report);
  static void Advance(std::span<const GroupStep> steps, std::span<TensorState> states);
  void FoldGroups();

  ParameterMemory memory_;
  AlignedFloats arena_{0};
  WorkList work_;
  TensorSteps tensor_steps_;
  std::vector<GroupStep> group_steps_;  // of the step that runs
  std::vector<double> sums_;            // of squares, chunk by chunk
};

// The sizes of a shape, "768x3072"; "scalar" when it has none.
std::string ShapeText(std::span<const std::int64_t> shape);

}  // namespace halflife
