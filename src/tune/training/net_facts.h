// What a sweep over nets knows of them beside their runs: what decays and how, and what the best
// constant scores.
#pragma once

#include <optional>
#include <vector>

#include "halflife/tune.h"
#include "net/net_trainer.h"
#include "net/rows.h"

namespace halflife {

// What a run's optimizer does with its parameters, seen in one that is made for that alone.
class NetProbe {
 public:
  // Throws Error where nothing decays.
  NetProbe(const NetTrainer& trainer, double lr);

  const std::vector<DecayedParameter>& parameters() const { return parameters_; }
  Shrinkage Of(double decay, double lr) const;

 private:
  std::vector<DecayedParameter> parameters_;
  bool found_ = false;
  Shrinkage shrinkage_;
  double lr_scale_ = 1.0;  // of that parameter's group
};

// The losses of `held` of the best constant of the rows' training rows, a value a row, in the
// target's unit.
std::vector<double> ConstantLosses(const NetRows& rows, const ArraySamples& held);

// How many of the splits' test rows are of their largest class, a share; classification only.
std::optional<double> LargestClassShare(const std::vector<const NetRows*>& splits);

// LARS and LAMB use the weights' norm only where decay is above 0, unless told to always: then
// decay 0 would be another optimizer, and a sweep would compare that. Whether it had to be told.
bool AlwaysAdapt(OptimizerOptions* options);

}  // namespace halflife
