// Decay laws that PyTorch's weight_decay is not, as lines of Python around optimizer.step().
#pragma once

#include <string>

#include "optim/groups.h"

namespace halflife {

// What the lines are written from; texts are Python.
struct TorchLaw {
  const ResolvedGroup* group = nullptr;
  std::string list;               // of the parameters that decay
  std::string lr, decay;          // of this step
  std::string multiplier;         // of lr by its schedule; "" where that is 1
  bool without_gradient = false;  // whether parameters that have none decay too
};

// Lines before optimizer.step(); `before` has the weights then, where a law asks for it.
std::string LinesBefore(const TorchLaw& law);
std::string LinesAfter(const TorchLaw& law);

// Whether LinesAfter needs `before`, and whether it needs the function `shrink_rows`.
bool NeedsBefore(const TorchLaw& law);
bool NeedsShrinkRows(const TorchLaw& law);
std::string ShrinkRowsFunction();

}  // namespace halflife
