// Which class of PyTorch 1.13 a rule is, and with which keywords.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "optim/groups.h"

namespace halflife {

// A keyword of a class of PyTorch's and the options of ours that it takes; two make a pair.
struct Keyword {
  std::string_view name;
  std::string_view option;
  std::string_view second = {};
  bool flag = false;
};

// PyTorch's class of a rule.
struct TorchRule {
  std::string_view rule;
  std::string_view type;
  std::vector<Keyword> keywords;
  bool has_decay = true;  // whether it takes weight_decay
  std::string_view always = {};
};

// Null where PyTorch has none.
const TorchRule* FindTorchRule(std::string_view rule);

// ", betas=(0.9, 0.99), nesterov=True": the options that are not the rule's own defaults, which are
// PyTorch's too.
std::string TorchKeywords(const ResolvedGroup& group);

}  // namespace halflife
