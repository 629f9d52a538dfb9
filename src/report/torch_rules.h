// Which class of torch.optim a rule is, and with which keywords.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "halflife/decay.h"
#include "halflife/rule.h"

namespace halflife {

// A class of torch.optim: what its weight_decay does, and from which version on there is it.
struct TorchClass {
  std::string_view rule;
  std::string_view name;
  DecayLaw own;                 // kNone: it has no weight_decay
  std::string_view since = "";  // "": 1.13 has it
};

// The class for the rule under the law, for Adam and AdamW are one rule with two laws; null where
// PyTorch has none.
const TorchClass* FindTorchClass(std::string_view rule, DecayLaw law);

// ", betas=(0.9, 0.99), nesterov=True": the options that are given, as keywords; PyTorch's defaults
// are the rule's own.
std::string TorchKeywords(const RuleSpec& rule, const std::map<std::string, double>& given);

}  // namespace halflife
