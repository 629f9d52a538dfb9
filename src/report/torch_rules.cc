#include "report/torch_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace halflife {
namespace {

const std::vector<TorchRule>& TorchRules() {
  static const Keyword kBetas{"betas", "beta1", "beta2"};
  static const Keyword kEps{"eps", "eps"};
  static const Keyword kAmsgrad{"amsgrad", "amsgrad", {}, true};
  static const std::vector<TorchRule> kRules = {
      {"sgd",
       "SGD",
       {{"momentum", "momentum"}, {"dampening", "dampening"}, {"nesterov", "nesterov", {}, true}}},
      {"adam", "Adam", {kBetas, kEps, kAmsgrad}},
      {"adamw", "Adam", {kBetas, kEps, kAmsgrad}},
      // The path of single tensors in 1.13 multiplies by the momentum once too often.
      {"nadam",
       "NAdam",
       {kBetas, kEps, {"momentum_decay", "momentum_decay"}},
       true,
       "foreach=True"},
      {"radam", "RAdam", {kBetas, kEps}},
      {"adamax", "Adamax", {kBetas, kEps}},
      {"adagrad",
       "Adagrad",
       {{"lr_decay", "lr_decay"},
        {"initial_accumulator_value", "initial_accumulator_value"},
        kEps}},
      {"adadelta", "Adadelta", {{"rho", "rho"}, kEps}},
      {"rmsprop",
       "RMSprop",
       {{"alpha", "alpha"}, kEps, {"momentum", "momentum"}, {"centered", "centered", {}, true}}},
      {"rprop",
       "Rprop",
       {{"etas", "eta_minus", "eta_plus"}, {"step_sizes", "step_min", "step_max"}},
       false},
      {"asgd", "ASGD", {{"lambd", "lambd"}, {"alpha", "alpha"}, {"t0", "t0"}}}};
  return kRules;
}

std::string Value(double value) { return fmt::format("{}", value); }

}  // namespace

const TorchRule* FindTorchRule(std::string_view rule) {
  const std::vector<TorchRule>& rules = TorchRules();
  const auto at =
      std::find_if(rules.begin(), rules.end(), [&](const TorchRule& r) { return r.rule == rule; });
  return at == rules.end() ? nullptr : &*at;
}

std::string TorchKeywords(const ResolvedGroup& group) {
  const TorchRule& torch = *FindTorchRule(group.rule->spec->name);
  const std::span<const OptionSpec> specs = group.rule->spec->options;
  const auto index = [&](std::string_view option) {
    const auto at = std::find_if(specs.begin(), specs.end(),
                                 [&](const OptionSpec& spec) { return spec.name == option; });
    return static_cast<std::size_t>(at - specs.begin());
  };
  const auto changed = [&](std::string_view option) {
    return !option.empty() && group.options[index(option)] != specs[index(option)].init;
  };
  std::string text;
  for (const Keyword& keyword : torch.keywords) {
    if (!changed(keyword.option) && !changed(keyword.second)) continue;
    const double first = group.options[index(keyword.option)];
    std::string value = Value(first);
    if (keyword.flag) value = first != 0 ? "True" : "False";
    if (!keyword.second.empty())
      value = fmt::format("({}, {})", value, Value(group.options[index(keyword.second)]));
    text += fmt::format(", {}={}", keyword.name, value);
  }
  if (!torch.always.empty()) text += fmt::format(", {}", torch.always);
  return text;
}

}  // namespace halflife
