#include "report/torch_code.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "base/text.h"
#include "optim/groups.h"
#include "report/code_string.h"
#include "report/say.h"
#include "report/schedule_code.h"
#include "report/torch_law.h"
#include "report/torch_rules.h"

namespace halflife {
namespace {

// Parameters that one entry of an optimizer's groups holds.
struct Part {
  const ResolvedGroup* group = nullptr;
  bool decayed = false;
  std::vector<const DecayedParameter*> parameters = {};
  std::string list = {};      // the name of the Python list
  std::size_t optimizer = 0;  // which
  std::size_t entry = 0;      // of its param_groups
};

std::string_view RuleName(const ResolvedGroup& group) { return group.rule->spec->name; }

// Of a rule that PyTorch has.
const TorchClass& ClassOf(const ResolvedGroup& group) {
  return *FindTorchClass(RuleName(group), group.law);
}

// The options that are not the rule's defaults.
std::map<std::string, double> ChangedOptions(const ResolvedGroup& group) {
  const std::span<const OptionSpec> specs = group.rule->spec->options;
  std::map<std::string, double> changed;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    if (group.options[i] != specs[i].init) changed.emplace(specs[i].name, group.options[i]);
  }
  return changed;
}

// What PyTorch has no rule or option for; "" where it has.
std::string LackedBy(const ResolvedGroup& group, Language language) {
  std::string rule(RuleName(group));
  const TorchClass* const torch = FindTorchClass(rule, group.law);
  if (torch == nullptr) return Say(language, "{}", " {}", rule);
  if (!torch->since.empty())
    return Say(language, "{}; {} and later have torch.optim.{}", " {}；{} 及以后有 torch.optim.{}",
               rule, torch->since, torch->name);
  const bool follows = rule != "rprop" && rule != "asgd";
  if (!follows && !group.lr_schedule.IsOne())
    return Say(language, "{} whose learning rate changes from step to step", "学习率逐步变化的 {}",
               rule);
  const bool after = group.law == DecayLaw::kCautious || group.law == DecayLaw::kProximal;
  if (rule == "asgd" && after)
    return Say(language, "asgd with the {} law, which its average takes in",
               "衰减方式为 {} 的 asgd（它的平均会含有这种衰减）", Name(group.law));
  return "";
}

// Writes the code of one training.
class TorchWriter {
 public:
  explicit TorchWriter(const TrainingSummary& training)
      : options_(training.optimizer), groups_(ResolveGroups(options_)) {
    MakeParts(training.parameters);
    NameLists(training.parameters);
  }

  std::string Write() {
    const std::string optimizers = MakeOptimizers();
    const std::string body = Body();
    const std::string imports =
        fmt::format("{}import torch\n\n", schedules_.empty() ? "" : "import math\n");
    if (body == kPlainBody) return imports + lists_ + optimizers + Averages();
    std::string code = imports + functions_ + lists_ + optimizers + Schedules() + Centers();
    code += counted_ ? "steps = 0\n\n" : "\n";
    code +=
        "@torch.no_grad()\ndef update():  # after loss.backward(), in the place of "
        "optimizer.step()\n";
    if (counted_) code += "    global steps\n";
    return code + body + (counted_ ? "    steps += 1\n" : "") + Averages();
  }

  bool TakesDecay() const {
    return groups_.size() == 1 && !parts_.empty() && parts_.front().decayed &&
           IsNative(parts_.front()) && groups_.front().decay_schedule.IsOne();
  }

  bool IsPlain() {
    if (groups_.size() != 1 || parts_.empty()) return false;
    MakeOptimizers();
    return ConstructorOf(parts_.front()).second.empty() && Body() == kPlainBody;
  }

 private:
  static constexpr std::string_view kPlainBody = "    optimizer.step()\n";

  void MakeParts(const std::vector<DecayedParameter>& parameters) {
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
    } else if (groups_.size() == 1 && by_dims && !parts_.empty()) {
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
    std::string names;
    for (const DecayedParameter* parameter : part.parameters)
      names += fmt::format("    {},\n", CodeString(parameter->name));
    lists_ += fmt::format("{} = [named[name] for name in [\n{}]]\n", part.list, names);
  }

  static bool Decays(const Part& part) {
    const ResolvedGroup& group = *part.group;
    const bool nothing = group.law == DecayLaw::kCorrected && !(group.lr * group.lr_peak > 0);
    return group.Decays(part.decayed) && !nothing;
  }

  // Whether PyTorch's weight_decay is the law.
  bool IsNative(const Part& part) const {
    if (part.group->center != DecayCenter::kZero) return false;
    if (part.group->law != ClassOf(*part.group).own) return false;
    return part.group->law == DecayLaw::kCoupled ||
           options_.missing_gradient == MissingGradient::kSkip;
  }

  static std::string OptimizerName(std::size_t i) {
    return i == 0 ? "optimizer" : fmt::format("optimizer_{}", i + 1);
  }

  // The class and the keywords that all its entries share.
  std::pair<std::string, std::string> ConstructorOf(const Part& part) const {
    const ResolvedGroup& group = *part.group;
    return {std::string(ClassOf(group).name),
            TorchKeywords(*group.rule->spec, ChangedOptions(group))};
  }

  std::string WeightDecay(const Part& part) const {
    return ShortestNumber(IsNative(part) && Decays(part) ? part.group->decay : 0.0);
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
      if (ClassOf(*part.group).own != DecayLaw::kNone)
        entry += fmt::format(", \"weight_decay\": {}", WeightDecay(part));
      if (part.group->lr != parts_.front().group->lr)
        entry += fmt::format(", \"lr\": {}", ShortestNumber(part.group->lr));
      entries[part.optimizer] += fmt::format("    {{{}}},\n", entry);
    }
    optimizers_ = kinds.size();
    if (parts_.size() == 1) return OnlyOptimizer();
    std::string code;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      code +=
          fmt::format("{} = torch.optim.{}([\n{}], lr={}{})\n", OptimizerName(i), kinds[i].first,
                      entries[i], ShortestNumber(parts_.front().group->lr), kinds[i].second);
    }
    return code;
  }

  std::string OnlyOptimizer() const {
    const Part& part = parts_.front();
    const auto [type, keywords] = ConstructorOf(part);
    const std::string decay = ClassOf(*part.group).own != DecayLaw::kNone
                                  ? fmt::format(", weight_decay={}", WeightDecay(part))
                                  : "";
    return fmt::format("optimizer = torch.optim.{}({}, lr={}{}{})\n", type, part.list,
                       ShortestNumber(part.group->lr), decay, keywords);
  }

  // A function of the step for the schedule; schedules that are alike share one.
  std::string MultiplierName(const char* of, const Schedule& schedule) {
    counted_ = true;
    for (const auto& [name, other] : schedules_) {
      if (other->pieces() == schedule.pieces()) return name;
    }
    std::string name = fmt::format("{}_multiplier", of);
    const auto taken = [&](const auto& known) { return known.first == name; };
    if (std::any_of(schedules_.begin(), schedules_.end(), taken))
      name += fmt::format("_{}", schedules_.size() + 1);
    schedules_.emplace_back(name, &schedule);
    return name;
  }

  std::string Multiplier(const char* of, const Schedule& schedule) {
    return schedule.IsOne() ? "" : fmt::format("{}(steps)", MultiplierName(of, schedule));
  }

  std::string Times(double value, const char* of, const Schedule& schedule) {
    const std::string multiplier = Multiplier(of, schedule);
    return multiplier.empty() ? ShortestNumber(value)
                              : fmt::format("{} * {}", ShortestNumber(value), multiplier);
  }

  std::string Schedules() const {
    std::string code;
    for (const auto& [name, schedule] : schedules_) code += "\n" + PythonSchedule(name, *schedule);
    return code.empty() ? "" : code + "\n";
  }

  std::string Centers() const {
    const auto uses = [&](DecayCenter center) {
      return std::any_of(parts_.begin(), parts_.end(), [&](const Part& part) {
        return Decays(part) && part.group->center == center;
      });
    };
    if (uses(DecayCenter::kGiven))
      return "center = centers  # yours: what decay pulls each parameter to, {parameter: tensor}\n";
    if (!uses(DecayCenter::kStart)) return "";
    return "center = {p: p.detach().clone() for p in model.parameters()}  # what decay pulls to\n";
  }

  std::string Averages() const {
    const auto averaged = [](const Part& part) { return RuleName(*part.group) == "asgd"; };
    if (std::none_of(parts_.begin(), parts_.end(), averaged)) return "";
    return "# evaluate with optimizer.state[p][\"ax\"], the average, in the place of each p\n";
  }

  std::string Lr(const Part& part) { return Times(part.group->lr, "lr", part.group->lr_schedule); }

  std::string Decay(const Part& part) {
    return Times(part.group->decay, "decay", part.group->decay_schedule);
  }

  std::string Body() {
    std::vector<TorchLaw> laws;
    for (const Part& part : parts_) {
      if (!Decays(part) || IsNative(part)) continue;
      laws.push_back({.group = part.group,
                      .list = part.list,
                      .lr = Lr(part),
                      .decay = Decay(part),
                      .multiplier = Multiplier("lr", part.group->lr_schedule),
                      .without_gradient = options_.missing_gradient == MissingGradient::kDecay});
    }
    std::string code = Gradients() + Entries() + WeightsBefore(laws);
    for (const TorchLaw& law : laws) code += LinesBefore(law);
    for (std::size_t i = 0; i < optimizers_; ++i)
      code += fmt::format("    {}.step()\n", OptimizerName(i));
    for (const TorchLaw& law : laws) {
      code += LinesAfter(law);
      if (NeedsShrinkRows(law)) functions_ = ShrinkRowsFunction();
    }
    return code;
  }

  // Scaling, the look for what is not finite, and clipping, in the optimizer's order.
  std::string Gradients() const {
    std::string code;
    if (options_.gradient_scale != 1) {
      code += fmt::format("    for p in trained:\n        p.grad.mul_({})\n",
                          ShortestNumber(options_.gradient_scale));
    }
    if (options_.non_finite != NonFinite::kPropagate) {
      code += "    if not all(p.grad.isfinite().all() for p in trained):\n";
      code += options_.non_finite == NonFinite::kSkipStep
                  ? "        return\n"
                  : "        raise FloatingPointError(\"a gradient is not finite\")\n";
    }
    if (options_.clip_norm > 0) {
      code += fmt::format("    torch.nn.utils.clip_grad_norm_(trained, {})\n",
                          ShortestNumber(options_.clip_norm));
    }
    if (options_.clip_value > 0) {
      code += fmt::format("    torch.nn.utils.clip_grad_value_(trained, {})\n",
                          ShortestNumber(options_.clip_value));
    }
    if (code.empty()) return "";
    return "    trained = [p for p in model.parameters() if p.grad is not None]\n" + code;
  }

  // What PyTorch's own groups hold for this step.
  std::string Entries() {
    std::string code;
    if (groups_.size() == 1 && !parts_.empty() && !groups_.front().lr_schedule.IsOne()) {
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
    return code;
  }

  static std::string WeightsBefore(const std::vector<TorchLaw>& laws) {
    std::string lists;
    for (const TorchLaw& law : laws) {
      if (NeedsBefore(law)) lists += (lists.empty() ? "" : " + ") + law.list;
    }
    return lists.empty() ? "" : fmt::format("    before = {{p: p.clone() for p in {}}}\n", lists);
  }

  const OptimizerOptions& options_;
  std::vector<ResolvedGroup> groups_;
  std::vector<Part> parts_;
  std::string functions_;
  std::string lists_;
  std::vector<std::pair<std::string, const Schedule*>> schedules_;
  std::size_t optimizers_ = 1;
  bool counted_ = false;
};

}  // namespace

std::string TorchLacks(const TrainingSummary& training, Language language) {
  for (const ResolvedGroup& group : ResolveGroups(training.optimizer)) {
    std::string lacked = LackedBy(group, language);
    if (!lacked.empty()) return lacked;
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
