#include "report/torch_code.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "base/text.h"
#include "optim/groups.h"
#include "report/schedule_code.h"

namespace halflife {
namespace {

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

const TorchRule* FindTorchRule(std::string_view rule) {
  const std::vector<TorchRule>& rules = TorchRules();
  const auto at =
      std::find_if(rules.begin(), rules.end(), [&](const TorchRule& r) { return r.rule == rule; });
  return at == rules.end() ? nullptr : &*at;
}

std::string Value(double value) { return fmt::format("{}", value); }

// Parameters that one entry of an optimizer's groups holds.
struct Part {
  const ResolvedGroup* group = nullptr;
  bool decayed = false;
  std::vector<const DecayedParameter*> parameters = {};
  std::string list = {};      // the name of the Python list
  std::size_t optimizer = 0;  // which
  std::size_t entry = 0;      // of its param_groups
};

bool IsAdam(const Part& part) {
  return part.group->rule->spec->name == "adam" || part.group->rule->spec->name == "adamw";
}

// Whether PyTorch's weight_decay is the law.
bool IsNative(const Part& part) {
  if (part.group->center != DecayCenter::kZero) return false;
  if (part.group->law == DecayLaw::kDecoupled) return IsAdam(part);
  return part.group->law == DecayLaw::kCoupled &&
         FindTorchRule(part.group->rule->spec->name)->has_decay;
}

bool Decays(const Part& part) { return part.group->Decays(part.decayed); }

// "betas=(0.9, 0.99), nesterov=True": the options that are not the rule's own defaults, which are
// PyTorch's too.
std::string Keywords(const ResolvedGroup& group, const TorchRule& torch) {
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

// Writes the code of one training.
class TorchWriter {
 public:
  explicit TorchWriter(const TrainingSummary& training) : options_(training.optimizer) {
    MakeParts(training.parameters);
    NameLists(training.parameters);
  }

  std::string Write() {
    std::string code = MakeOptimizers();
    const std::string body = Before() + Step() + After();
    const bool plain = body == "    optimizer.step()\n";
    const std::string imports =
        fmt::format("{}import torch\n\n", schedules_.empty() ? "" : "import math\n");
    if (plain) return imports + lists_ + code;
    code = imports + functions_ + lists_ + code + Schedules();
    if (centered_) code += Starts();
    code += counted_ ? "steps = 0\n\n" : "\n";
    code +=
        "@torch.no_grad()\ndef update():  # after loss.backward(), in the place of "
        "optimizer.step()\n";
    if (counted_) code += "    global steps\n";
    return code + body + (counted_ ? "    steps += 1\n" : "");
  }

  bool TakesDecay() const {
    const Part& part = parts_.front();
    return groups_.size() == 1 && part.decayed && IsNative(part) &&
           part.group->decay_schedule.IsOne();
  }

  bool IsPlain() {
    MakeOptimizers();
    return groups_.size() == 1 && ConstructorOf(parts_.front()).second.empty() &&
           Before() + Step() + After() == "    optimizer.step()\n";
  }

 private:
  void MakeParts(const std::vector<DecayedParameter>& parameters) {
    std::vector<Group> groups = options_.groups;
    if (groups.empty()) groups.emplace_back();
    groups_.reserve(groups.size());
    for (const Group& group : groups) groups_.push_back(ResolveGroup(group, options_));
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      for (const bool decayed : {true, false}) {
        Part part{.group = &groups_[g], .decayed = decayed};
        for (const DecayedParameter& parameter : parameters) {
          if (parameter.group == g && parameter.decayed == decayed)
            part.parameters.push_back(&parameter);
        }
        if (!part.parameters.empty()) parts_.push_back(std::move(part));
      }
    }
  }

  // By dimensions where that parts them as they are, else by name.
  void NameLists(const std::vector<DecayedParameter>& parameters) {
    const bool by_dims =
        std::all_of(parameters.begin(), parameters.end(),
                    [](const DecayedParameter& p) { return p.decayed == (p.shape.size() > 1); });
    if (parts_.size() == 1) {
      parts_[0].list = "model.parameters()";
    } else if (groups_.size() == 1 && by_dims) {
      parts_[0].list = "weights";
      parts_[1].list = "others";
      lists_ =
          "weights = [p for p in model.parameters() if p.ndim > 1]\n"
          "others = [p for p in model.parameters() if p.ndim <= 1]  # biases, norms\n";
    } else {
      lists_ = "named = dict(model.named_parameters())\n";
      for (std::size_t i = 0; i < parts_.size(); ++i) NameList(i);
    }
  }

  void NameList(std::size_t i) {
    Part& part = parts_[i];
    part.list = fmt::format("part_{}", i + 1);
    std::vector<std::string> names;
    for (const DecayedParameter* parameter : part.parameters)
      names.push_back(Quoted(parameter->name));
    lists_ += fmt::format("{} = [named[name] for name in [\n    {}]]\n", part.list,
                          Join(names, ",\n    "));
  }

  std::string OptimizerName(std::size_t i) const {
    return i == 0 ? "optimizer" : fmt::format("optimizer_{}", i + 1);
  }

  // The class and the keywords that all its entries share.
  std::pair<std::string, std::string> ConstructorOf(const Part& part) const {
    const TorchRule& torch = *FindTorchRule(part.group->rule->spec->name);
    std::string type(torch.type);
    if (IsAdam(part) && part.group->law == DecayLaw::kDecoupled && IsNative(part)) type = "AdamW";
    return {type, Keywords(*part.group, torch)};
  }

  std::string MakeOptimizers() {
    std::vector<std::pair<std::string, std::string>> kinds;
    std::map<std::size_t, std::string> entries;
    std::map<std::size_t, std::size_t> counts;
    for (Part& part : parts_) {
      const auto kind = ConstructorOf(part);
      const auto at = std::find(kinds.begin(), kinds.end(), kind);
      part.optimizer = static_cast<std::size_t>(at - kinds.begin());
      if (at == kinds.end()) kinds.push_back(kind);
      part.entry = counts[part.optimizer]++;
      std::string entry = fmt::format("\"params\": {}", part.list);
      if (FindTorchRule(part.group->rule->spec->name)->has_decay) {
        entry += fmt::format(", \"weight_decay\": {}",
                             Value(IsNative(part) && Decays(part) ? part.group->decay : 0.0));
      }
      if (part.group->lr != parts_.front().group->lr)
        entry += fmt::format(", \"lr\": {}", Value(part.group->lr));
      entries[part.optimizer] += fmt::format("    {{{}}},\n", entry);
    }
    optimizers_ = kinds.size();
    if (parts_.size() == 1) return OnlyOptimizer();
    std::string code;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      code +=
          fmt::format("{} = torch.optim.{}([\n{}], lr={}{})\n", OptimizerName(i), kinds[i].first,
                      entries[i], Value(parts_.front().group->lr), kinds[i].second);
    }
    return code;
  }

  std::string OnlyOptimizer() const {
    const Part& part = parts_.front();
    const auto& [type, keywords] = ConstructorOf(part);
    const std::string decay = IsNative(part) && Decays(part)
                                  ? fmt::format(", weight_decay={}", Value(part.group->decay))
                                  : (IsNative(part) ? ", weight_decay=0.0" : "");
    return fmt::format("optimizer = torch.optim.{}({}, lr={}{}{})\n", type, part.list,
                       Value(part.group->lr), decay, keywords);
  }

  // A function of the step for the schedule; schedules that are alike share one.
  std::string MultiplierName(const char* of, const Schedule& schedule) {
    counted_ = true;
    std::vector<std::pair<std::string, const Schedule*>>& known = schedules_;
    for (const auto& [name, other] : known) {
      if (other->Text() == schedule.Text()) return name;
    }
    std::string name = fmt::format("{}_multiplier", of);
    if (std::any_of(known.begin(), known.end(), [&](const auto& k) { return k.first == name; }))
      name += fmt::format("_{}", known.size() + 1);
    known.emplace_back(name, &schedule);
    return name;
  }

  std::string Times(double value, const char* of, const Schedule& schedule) {
    if (schedule.IsOne()) return Value(value);
    return fmt::format("{} * {}(steps)", Value(value), MultiplierName(of, schedule));
  }

  std::string Schedules() const {
    std::string code;
    for (const auto& [name, schedule] : schedules_) code += "\n" + PythonSchedule(name, *schedule);
    return code.empty() ? "" : code + "\n";
  }

  std::string Starts() const {
    return "start = {p: p.detach().clone() for p in model.parameters()}  # what decay pulls to\n";
  }

  std::string Lr(const Part& part) { return Times(part.group->lr, "lr", part.group->lr_schedule); }

  std::string Decay(const Part& part) {
    return Times(part.group->decay, "decay", part.group->decay_schedule);
  }

  // Gradients and what PyTorch's own groups hold for this step.
  std::string Before() {
    std::string code;
    if (options_.gradient_scale != 1 || options_.clip_norm > 0 || options_.clip_value > 0) {
      code += "    trained = [p for p in model.parameters() if p.grad is not None]\n";
      if (options_.gradient_scale != 1) {
        code += fmt::format("    for p in trained:\n        p.grad.mul_({})\n",
                            Value(options_.gradient_scale));
      }
      if (options_.clip_norm > 0) {
        code += fmt::format("    torch.nn.utils.clip_grad_norm_(trained, {})\n",
                            Value(options_.clip_norm));
      }
      if (options_.clip_value > 0) {
        code += fmt::format("    torch.nn.utils.clip_grad_value_(trained, {})\n",
                            Value(options_.clip_value));
      }
    }
    if (groups_.size() == 1 && !groups_.front().lr_schedule.IsOne()) {
      code += fmt::format("    for group in optimizer.param_groups:\n        group[\"lr\"] = {}\n",
                          Lr(parts_.front()));
    }
    for (const Part& part : parts_) {
      const std::string entry =
          fmt::format("    {}.param_groups[{}]", OptimizerName(part.optimizer), part.entry);
      if (groups_.size() > 1 && !part.group->lr_schedule.IsOne())
        code += fmt::format("{}[\"lr\"] = {}\n", entry, Lr(part));
      if (IsNative(part) && Decays(part) && !part.group->decay_schedule.IsOne())
        code += fmt::format("{}[\"weight_decay\"] = {}\n", entry, Decay(part));
    }
    for (const Part& part : parts_) code += LawBefore(part);
    return code;
  }

  std::string Step() const {
    std::string code;
    for (std::size_t i = 0; i < optimizers_; ++i)
      code += fmt::format("    {}.step()\n", OptimizerName(i));
    return code;
  }

  std::string After() {
    std::string code;
    for (const Part& part : parts_) code += LawAfter(part);
    return code;
  }

  // "p", or "(p - start[p])" where the decay pulls to the start.
  std::string From(const Part& part, const std::string& p) {
    if (part.group->center == DecayCenter::kZero) return p;
    centered_ = true;
    return fmt::format("({} - start[p])", p);
  }

  // What is done to each weight that has a gradient.
  static std::string ForEach(const Part& part, const std::string& line) {
    return fmt::format("    for p in {}:\n        if p.grad is not None:\n            {}\n",
                       part.list, line);
  }

  // The share of a weight that a law takes off; "" where it has no fixed one.
  std::string Share(const Part& part) {
    const ResolvedGroup& group = *part.group;
    switch (group.law) {
      case DecayLaw::kDecoupled:
      case DecayLaw::kCautious:
        return fmt::format("{} * {}", Lr(part), Decay(part));
      case DecayLaw::kIndependent:
        return group.lr_schedule.IsOne()
                   ? Decay(part)
                   : fmt::format("{} * {}", Times(1, "lr", group.lr_schedule), Decay(part));
      case DecayLaw::kCorrected:
        return fmt::format("({}) ** 2 / {} * {}", Lr(part), Value(group.lr * group.lr_peak),
                           Decay(part));
      default:
        return "";
    }
  }

  std::string LawBefore(const Part& part) {
    if (!Decays(part) || IsNative(part)) return "";
    switch (part.group->law) {
      case DecayLaw::kCoupled:
        return ForEach(part,
                       fmt::format("p.grad.add_({}, alpha={})", From(part, "p"), Decay(part)));
      case DecayLaw::kDecoupled:
      case DecayLaw::kIndependent:
      case DecayLaw::kCorrected:
        return ForEach(part, fmt::format("p.sub_({} * {})", Share(part), From(part, "p")));
      case DecayLaw::kCautious:
        return fmt::format("    before = {{p: p.clone() for p in {}}}\n", part.list);
      default:
        return "";
    }
  }

  std::string LawAfter(const Part& part) {
    if (!Decays(part)) return "";
    if (part.group->law == DecayLaw::kCautious) {
      const std::string pull = From(part, "before[p]");
      return ForEach(part, fmt::format("p.sub_({} * torch.where((before[p] - p) * {} >= 0, {}, "
                                       "torch.zeros_like(p)))",
                                       Share(part), pull, pull));
    }
    return part.group->law == DecayLaw::kProximal ? Proximal(part) : "";
  }

  std::string Proximal(const Part& part) {
    const ResolvedGroup& group = *part.group;
    const std::string size = fmt::format("{} * {}", Lr(part), Decay(part));
    const std::string from = From(part, "p");
    std::string map;
    switch (group.penalty) {
      case ProximalPenalty::kL2:
        map = fmt::format("{} / (1 + {})", from, size);
        break;
      case ProximalPenalty::kL1:
        map = fmt::format("torch.nn.functional.softshrink({}, {})", from, size);
        break;
      case ProximalPenalty::kElasticNet:
        map = fmt::format("torch.nn.functional.softshrink({}, {} * {}) / (1 + {} * {})", from, size,
                          Value(group.l1_ratio), size, Value(1 - group.l1_ratio));
        break;
      case ProximalPenalty::kGroupLasso:
        map = fmt::format("shrink_rows({}, {})", from, size);
        functions_ = kShrinkRows;
        break;
    }
    if (group.center != DecayCenter::kZero) map = "start[p] + " + map;
    return ForEach(part, fmt::format("p.copy_({})", map));
  }

  static constexpr std::string_view kShrinkRows =
      "def shrink_rows(w, size):  # each row of the first dimension as a whole\n"
      "    rows = w.reshape(w.shape[0], -1)\n"
      "    norm = rows.norm(dim=1, keepdim=True)\n"
      "    left = (1 - size * rows.shape[1] ** 0.5 / norm).clamp(min=0)\n"
      "    return (rows * left).reshape(w.shape)\n\n";

  const OptimizerOptions& options_;
  std::vector<ResolvedGroup> groups_;
  std::vector<Part> parts_;
  std::string functions_;
  std::string lists_;
  std::vector<std::pair<std::string, const Schedule*>> schedules_;
  std::size_t optimizers_ = 1;
  bool counted_ = false;
  bool centered_ = false;
};

}  // namespace

std::string TorchLacks(const TrainingSummary& training) {
  std::vector<Group> groups = training.optimizer.groups;
  if (groups.empty()) groups.emplace_back();
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const std::string rule = groups[g].rule.value_or(training.optimizer.rule.value_or("adamw"));
    if (FindTorchRule(rule) == nullptr) return rule;
  }
  return "";
}

bool TakesTorchDecay(const TrainingSummary& training) {
  return TorchLacks(training).empty() && TorchWriter(training).TakesDecay();
}

bool IsPlainTorch(const TrainingSummary& training) {
  return TorchLacks(training).empty() && TorchWriter(training).IsPlain();
}

std::string TorchCode(const TrainingSummary& training) { return TorchWriter(training).Write(); }

}  // namespace halflife
