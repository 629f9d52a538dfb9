#include "report/torch_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace halflife {
namespace {

constexpr std::array kClasses = {TorchClass{"sgd", "SGD", DecayLaw::kCoupled},
                                 TorchClass{"adam", "Adam", DecayLaw::kCoupled},
                                 TorchClass{"adamw", "AdamW", DecayLaw::kDecoupled},
                                 TorchClass{"nadam", "NAdam", DecayLaw::kCoupled},
                                 TorchClass{"radam", "RAdam", DecayLaw::kCoupled},
                                 TorchClass{"adamax", "Adamax", DecayLaw::kCoupled},
                                 TorchClass{"adagrad", "Adagrad", DecayLaw::kCoupled},
                                 TorchClass{"adadelta", "Adadelta", DecayLaw::kCoupled},
                                 TorchClass{"rmsprop", "RMSprop", DecayLaw::kCoupled},
                                 TorchClass{"rprop", "Rprop", DecayLaw::kNone},
                                 TorchClass{"asgd", "ASGD", DecayLaw::kCoupled},
                                 TorchClass{"adafactor", "Adafactor", DecayLaw::kDecoupled, "2.5"},
                                 TorchClass{"muon", "Muon", DecayLaw::kDecoupled, "2.9"}};

// Options that are one keyword of two numbers in PyTorch.
struct Pair {
  std::string_view keyword;
  std::string_view first;
  std::string_view second;
};
constexpr std::array kPairs = {
    Pair{"betas", "beta1", "beta2"}, Pair{"etas", "eta_minus", "eta_plus"},
    Pair{"step_sizes", "step_min", "step_max"}, Pair{"eps", "eps1", "eps2"}};

std::string KeywordOf(const OptionSpec& option, double value) {
  if (option.name == "match_rms_adamw")
    return value != 0 ? ", adjust_lr_fn=\"match_rms_adamw\"" : "";
  const bool is_flag = option.range.whole && option.range.high == 1;
  return fmt::format(", {}={}", option.name,
                     is_flag ? (value != 0 ? "True" : "False") : ShortestNumber(value));
}

}  // namespace

const TorchClass* FindTorchClass(std::string_view rule, DecayLaw law) {
  if (rule == "adam" && law == DecayLaw::kDecoupled) rule = "adamw";
  if (rule == "adamw" && law == DecayLaw::kCoupled) rule = "adam";
  const auto* const at = std::find_if(kClasses.data(), kClasses.data() + kClasses.size(),
                                      [&](const TorchClass& torch) { return torch.rule == rule; });
  return at == kClasses.data() + kClasses.size() ? nullptr : at;
}

std::string TorchKeywords(const RuleSpec& rule, const std::map<std::string, double>& given) {
  const auto find = [&](std::string_view name) {
    const auto is = [&](const OptionSpec& option) { return option.name == name; };
    const auto at = std::find_if(rule.options.begin(), rule.options.end(), is);
    return at == rule.options.end() ? nullptr : &*at;
  };
  const auto value = [&](const OptionSpec& option) {
    const auto at = given.find(std::string(option.name));
    return ShortestNumber(at == given.end() ? option.init : at->second);
  };
  std::string text;
  std::vector<std::string_view> told;
  for (const Pair& pair : kPairs) {
    const OptionSpec* const first = find(pair.first);
    const OptionSpec* const second = find(pair.second);
    if (first == nullptr || second == nullptr) continue;
    told.insert(told.end(), {pair.first, pair.second});
    if (given.contains(std::string(pair.first)) || given.contains(std::string(pair.second)))
      text += fmt::format(", {}=({}, {})", pair.keyword, value(*first), value(*second));
  }
  for (const auto& [name, number] : given) {
    const OptionSpec* const option = find(name);
    if (option != nullptr && std::find(told.begin(), told.end(), name) == told.end())
      text += KeywordOf(*option, number);
  }
  // Its path of single tensors in 1.13 multiplies by the momentum once too often.
  if (rule.name == "nadam") text += ", foreach=True";
  return text;
}

}  // namespace halflife
