#include "optim/groups.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "kernels/tensor_rule.h"

namespace halflife {
namespace {

constexpr OptionSpec kLr{"lr", 0, kNonNegative, "", "learning rate"};
constexpr OptionSpec kDecay{"decay", 0, kNonNegative, "", "weight decay"};
constexpr OptionSpec kRatio{"l1_ratio", 0, {0, 1}, "", "share of L1"};
constexpr OptionSpec kLrScale{"lr_scale", 0, kNonNegative, "", "multiplies lr"};

std::string Where(const Group& group) { return fmt::format("group {}", Quoted(group.name)); }

// The first of the two that is set.
template <class T>
std::optional<T> Either(const std::optional<T>& own, const std::optional<T>& inherited) {
  return own ? own : inherited;
}

void SetRuleOptions(const std::string& where, const std::map<std::string, double>& given,
                    ResolvedGroup* group) {
  const RuleSpec& spec = *group->rule->spec;
  for (const auto& [name, value] : given) {
    std::vector<std::string> names;
    std::size_t at = spec.options.size();
    for (std::size_t i = 0; i < spec.options.size(); ++i) {
      names.emplace_back(spec.options[i].name);
      if (spec.options[i].name == name) at = i;
    }
    if (at == spec.options.size()) {
      FailUsage(fmt::format("{}: {} has no option {}{}; it has {}", where, spec.name, Quoted(name),
                            DidYouMean(name, names), Join(names, ", ")));
    }
    CheckOption(fmt::format("{}: {}", where, spec.name), spec.options[at], value);
    group->options[at] = value;
  }
}

void CheckLaw(const std::string& where, const ResolvedGroup& group) {
  const RuleSpec& spec = *group.rule->spec;
  for (const RefusedLaw& refused : spec.refused) {
    if (refused.law != group.law) continue;
    FailUsage(fmt::format("{}: {} refuses the {} law: {}", where, spec.name, Name(group.law),
                          refused.reason));
  }
  if (group.rule->elementwise == nullptr) return;
  const std::string_view reason = group.rule->elementwise->refuse(group.options.data());
  if (!reason.empty()) FailUsage(fmt::format("{}: {}: {}", where, spec.name, reason));
}

}  // namespace

ResolvedGroup ResolveGroup(const Group& group, const OptimizerOptions& defaults) {
  const std::string where = Where(group);
  ResolvedGroup resolved;
  resolved.name = group.name;
  const std::string inherited_rule = defaults.rule.value_or("adamw");
  resolved.rule = &FindRuleEntry(group.rule.value_or(inherited_rule));
  const RuleSpec& spec = *resolved.rule->spec;
  for (const OptionSpec& option : spec.options) resolved.options.push_back(option.init);
  if (spec.name == inherited_rule) SetRuleOptions("optimizer", defaults.options, &resolved);
  SetRuleOptions(where, group.options, &resolved);
  if (resolved.rule->elementwise != nullptr) {
    resolved.variant = resolved.rule->elementwise->pick(resolved.options.data());
  }
  CheckOption(where, kLrScale, group.lr_scale);
  resolved.lr_scale = group.lr_scale;
  resolved.lr = Either(group.lr, defaults.lr).value_or(spec.lr) * group.lr_scale;
  resolved.lr_schedule = Either(group.lr_schedule, defaults.lr_schedule).value_or(Schedule());
  resolved.lr_peak = resolved.lr_schedule.Peak();
  resolved.law = Either(group.law, defaults.law).value_or(spec.law);
  resolved.decay = Either(group.decay, defaults.decay).value_or(spec.decay);
  resolved.decay_set = group.decay.has_value();
  resolved.decay_schedule =
      Either(group.decay_schedule, defaults.decay_schedule).value_or(Schedule());
  resolved.penalty = Either(group.penalty, defaults.penalty).value_or(ProximalPenalty::kL2);
  resolved.l1_ratio = Either(group.l1_ratio, defaults.l1_ratio).value_or(0.5);
  resolved.center = Either(group.center, defaults.center).value_or(DecayCenter::kZero);
  if (resolved.penalty != ProximalPenalty::kL2 && resolved.law != DecayLaw::kProximal) {
    // A group with a law of its own has no use for a penalty that it only inherits.
    const bool inherited = !group.penalty && group.law;
    if (inherited) resolved.penalty = ProximalPenalty::kL2;
  }
  if (resolved.penalty != ProximalPenalty::kL2 && resolved.law != DecayLaw::kProximal) {
    FailUsage(fmt::format("{}: only the proximal law takes a penalty other than L2; the law is {}",
                          where, Name(resolved.law)));
  }
  CheckOption(where, kRatio, resolved.l1_ratio);
  CheckLaw(where, resolved);
  CheckNumbers(resolved);
  return resolved;
}

namespace {

// The optimizer's own options must be some of its rule, whether a group uses that rule or not.
void CheckInheritedOptions(const OptimizerOptions& options) {
  ResolvedGroup unused;
  unused.rule = &FindRuleEntry(options.rule.value_or("adamw"));
  for (const OptionSpec& option : unused.rule->spec->options) unused.options.push_back(option.init);
  SetRuleOptions("optimizer", options.options, &unused);
}

// A group whose patterns match parameters, but takes none since groups before it took them all.
void CheckNoneShadowed(const std::vector<Group>& groups, const std::vector<std::size_t>& group_of) {
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i].patterns.empty()) continue;
    if (std::find(group_of.begin(), group_of.end(), i) != group_of.end()) continue;
    FailUsage(fmt::format(
        "{}: groups before it, or its other conditions, leave it no parameter; move it up",
        Where(groups[i])));
  }
}

bool NeverDecays(ParameterKind kind) {
  return kind == ParameterKind::kBias || kind == ParameterKind::kNorm ||
         kind == ParameterKind::kScalar;
}

void CheckPatterns(const std::vector<Parameter>& parameters, const std::vector<Group>& groups) {
  for (const Group& group : groups) {
    for (const std::string& pattern : group.patterns) {
      const auto matches = [&](const Parameter& p) { return GlobMatch(pattern, p.name); };
      if (std::any_of(parameters.begin(), parameters.end(), matches)) continue;
      std::vector<std::string> names;
      names.reserve(parameters.size());
      for (const Parameter& parameter : parameters) names.push_back(parameter.name);
      FailUsage(fmt::format("{}: pattern {} matches no parameter{}", Where(group), Quoted(pattern),
                            DidYouMean(pattern, names)));
    }
  }
}

}  // namespace

void CheckFits(const Parameter& parameter, const ResolvedGroup& group, bool decayed) {
  if (group.rule->tensor != nullptr) {
    const std::string reason = group.rule->tensor->Refuse(parameter.shape);
    if (!reason.empty()) FailUsage(fmt::format("parameter {}: {}", Quoted(parameter.name), reason));
  }
  if (!decayed) return;
  if (group.decay > 0 && group.Uses(ProximalPenalty::kGroupLasso) && parameter.shape.size() < 2) {
    FailUsage(fmt::format(
        "parameter {}: the group lasso shrinks rows, and this has none; set decay 0 for its group",
        Quoted(parameter.name)));
  }
  if (group.center == DecayCenter::kGiven && parameter.center.size() != parameter.values.size()) {
    FailUsage(fmt::format(
        "parameter {}: its group decays toward a given centre, but the centre has {} of {} values",
        Quoted(parameter.name), parameter.center.size(), parameter.values.size()));
  }
}

namespace {

void CheckNames(const std::vector<Parameter>& parameters, const std::vector<Group>& groups) {
  std::set<std::string> names;
  for (const Parameter& parameter : parameters) {
    if (parameter.name.empty()) FailUsage("a parameter has no name");
    if (FirstInvalidUtf8(parameter.name) != std::string::npos) {
      FailUsage(fmt::format("parameter {}: the name is not UTF-8", Quoted(parameter.name)));
    }
    if (!names.insert(parameter.name).second) {
      FailUsage(fmt::format("two parameters are called {}", Quoted(parameter.name)));
    }
    if (ElementCount(parameter) != parameter.values.size()) {
      FailUsage(fmt::format("parameter {}: its shape has {} elements, its values {}",
                            Quoted(parameter.name), ElementCount(parameter),
                            parameter.values.size()));
    }
  }
  names.clear();
  for (const Group& group : groups) {
    if (FirstInvalidUtf8(group.name) != std::string::npos)
      FailUsage(fmt::format("group {}: the name is not UTF-8", Quoted(group.name)));
    if (!names.insert(group.name).second) {
      FailUsage(fmt::format("two groups are called {}", Quoted(group.name)));
    }
  }
}

}  // namespace

std::string_view Name(ParameterKind kind) {
  static constexpr std::string_view kNames[] = {"weight",    "bias",   "norm",
                                                "embedding", "scalar", "other"};
  return kNames[static_cast<std::size_t>(kind)];
}

bool Group::Takes(const Parameter& parameter) const {
  if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), parameter.kind) == kinds.end()) {
    return false;
  }
  const auto dims = static_cast<int>(parameter.shape.size());
  if (dims < min_dims || dims > max_dims) return false;
  return patterns.empty() ||
         std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& p) { return GlobMatch(p, parameter.name); });
}

std::vector<Group> LayerwiseLr(const std::vector<std::string>& patterns, double factor) {
  CheckOption("layer-wise learning rates", {"factor", 1, kPositive, "", ""}, factor);
  std::vector<Group> groups;
  double scale = 1;
  for (std::size_t i = patterns.size(); i-- > 0; scale *= factor) {
    Group group;
    group.name = patterns[i];
    group.patterns = {patterns[i]};
    group.lr_scale = scale;
    groups.insert(groups.begin(), std::move(group));
  }
  return groups;
}

std::size_t ElementCount(const Parameter& parameter) {
  std::size_t count = 1;
  for (const std::int64_t size : parameter.shape) {
    std::size_t next = 0;
    if (size < 0 || __builtin_mul_overflow(count, static_cast<std::size_t>(size), &next)) {
      FailUsage(fmt::format("parameter {}: no tensor has that shape", Quoted(parameter.name)));
    }
    count = next;
  }
  return count;
}

void CheckOption(std::string_view where, const OptionSpec& option, double value) {
  if (option.range.Holds(value)) return;
  FailUsage(fmt::format("{}: {} must be in {}, not {}", where, option.name, option.range.Text(),
                        Number(value, 6)));
}

void CheckNumbers(const ResolvedGroup& group) {
  const std::string where = fmt::format("group {}", Quoted(group.name));
  CheckOption(where, kLr, group.lr);
  CheckOption(where, kDecay, group.decay);
  const double base = group.law == DecayLaw::kIndependent ? 1 : group.lr;
  const double share = base * group.lr_peak * group.decay * group.decay_schedule.Peak();
  const bool shrinks = group.law != DecayLaw::kNone && group.law != DecayLaw::kCoupled &&
                       group.law != DecayLaw::kProximal;
  if (shrinks && share >= 1) {
    FailUsage(fmt::format(
        "{}: lr {} and decay {} would take {} of every weight in one step; that must stay below 1",
        where, Number(group.lr), Number(group.decay), Number(share)));
  }
}

Shrinkage ResolvedGroup::shrinkage(bool decayed) const {
  Shrinkage shrinkage;
  shrinkage.law = decayed ? law : DecayLaw::kNone;
  if (law == DecayLaw::kProximal && penalty != ProximalPenalty::kL2)
    shrinkage.law = DecayLaw::kNone;
  shrinkage.lr = lr;
  shrinkage.decay = decayed ? decay : 0;
  shrinkage.lr_schedule = lr_schedule;
  shrinkage.decay_schedule = decay_schedule;
  shrinkage.in_floats = true;
  return shrinkage;
}

Assignment AssignGroups(const std::vector<Parameter>& parameters, const OptimizerOptions& options) {
  std::vector<Group> groups = options.groups;
  if (groups.empty()) {
    groups.emplace_back();
    groups.back().name = "all";
  }
  CheckNames(parameters, groups);
  CheckPatterns(parameters, groups);
  Assignment assignment;
  CheckInheritedOptions(options);
  for (const Group& group : groups) assignment.groups.push_back(ResolveGroup(group, options));
  for (const Parameter& parameter : parameters) {
    std::size_t at = 0;
    while (at < groups.size() && !groups[at].Takes(parameter)) ++at;
    if (at == groups.size()) {
      FailUsage(fmt::format(
          "parameter {} ({}, {} dimensions) fits no group; add one without conditions at the end",
          Quoted(parameter.name), Name(parameter.kind), parameter.shape.size()));
    }
    const ResolvedGroup& group = assignment.groups[at];
    const bool exempt = options.policy == DecayPolicy::kWeightsOnly && !group.decay_set &&
                        NeverDecays(parameter.kind);
    const bool decayed = !exempt && group.law != DecayLaw::kNone;
    CheckFits(parameter, group, decayed);
    assignment.group_of.push_back(at);
    assignment.decayed.push_back(decayed ? 1 : 0);
  }
  CheckNoneShadowed(groups, assignment.group_of);
  return assignment;
}

}  // namespace halflife
