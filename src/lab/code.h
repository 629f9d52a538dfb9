// The code of a step: the same rule and decay law in C++ with this library and in PyTorch.
#pragma once

#include <map>
#include <string>

#include "halflife/decay.h"
#include "halflife/rule.h"
#include "report/svg.h"

namespace halflife {

struct CodeOfStep {
  const RuleSpec* rule = nullptr;
  DecayLaw law = DecayLaw::kDecoupled;
  ProximalPenalty penalty = ProximalPenalty::kL2;  // of the proximal law; not the group lasso
  double lr = 0;
  double decay = 0;
  std::map<std::string, double> options;  // of the rule, where they are not its defaults
  Point start;
  int steps = 0;
};

// A program's lines that train two weights, `Gradient(w, g)` being the data loss's own gradient.
std::string CppCode(const CodeOfStep& step);

// The same with torch.optim. A class's own weight_decay where that is this law, and otherwise the
// law by hand; for rules that torch.optim lacks, their formula as a comment.
std::string TorchCode(const CodeOfStep& step);

}  // namespace halflife
