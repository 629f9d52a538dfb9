// Multilayer perceptrons: what a net looks like and how it is trained.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "halflife/activation.h"
#include "halflife/optimizer.h"

namespace halflife {

std::span<const std::string_view> ActivationNames();  // in the order of the enum
std::string_view Name(Activation activation);
// Throws Error, suggesting the nearest, when there is none of that name.
Activation FindActivation(std::string_view name);

inline constexpr int kMostUnits = 65536;  // of a hidden layer

// Hidden layers: sums, layer norm (when asked), activation, dropout. The last layer gives sums
// alone: a logit a class, or one number.
struct NetOptions {
  std::vector<int> hidden = {
      128};  // units of each hidden layer, 1 to kMostUnits; none: a linear model
  Activation activation = Activation::kRelu;
  bool layer_norm = false;  // with gain and shift (arXiv:1607.06450), eps 1e-5
  double dropout = 0;       // share of hidden units left out in training, 0 <= x < 1
};

// How a learning rate or a decay changes over the run.
enum class ScheduleShape { kConstant, kLinear, kCosine };

std::string_view Name(ScheduleShape shape);
ScheduleShape FindScheduleShape(std::string_view name);

// Initial weights are uniform within the bounds of He et al. (arXiv:1502.01852) before relu and
// gelu, of Glorot and Bengio (2010) before tanh and in the last layer; biases and shifts are 0,
// gains 1.
struct TrainingOptions {
  int epochs = 30;  // the length of the schedules; a run may end before it
  int batch = 128;  // rows a step; the last of an epoch may have fewer

  // Rule, options, law, policy, groups, clipping. Each run brings its own lr and decay, so here
  // they stay unset, as does lr_schedule: see the next four.
  OptimizerOptions optimizer;
  ScheduleShape lr_shape = ScheduleShape::kConstant;  // after the warm-up, to the run's end
  double lr_end = 0;                                  // the last multiplier of lr, 0 <= x <= 1
  double warm_up = 0;  // share of all steps in which lr rises from 0, 0 <= x < 1
  ScheduleShape decay_shape = ScheduleShape::kConstant;  // to 0 over the whole run

  // Early stopping: a run ends after so many epochs without a lower validation loss, and keeps the
  // weights of its best epoch. 0: off, the last weights are kept.
  int patience = 0;
};

// Throws Error naming the option that is out of its range. The optimizer's own options are checked
// when it is made.
void CheckOptions(const NetOptions& net);
void CheckOptions(const TrainingOptions& training);

// The schedules of lr and decay over `steps` steps.
Schedule LrSchedule(const TrainingOptions& training, std::int64_t steps);
Schedule DecaySchedule(const TrainingOptions& training, std::int64_t steps);

}  // namespace halflife
