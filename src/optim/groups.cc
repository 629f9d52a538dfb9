#include "optim/groups.h"

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

// The first of the two that is set.
template <class T>
std::optional<T> Either(const std::optional<T>& own, const std::optional<T>& inherited) {
  return own ? own : inherited;
}

// `own`: given by the group itself, not by the optimizer for all groups.
void SetRuleOptions(const std::map<std::string, double>& given, bool own, ResolvedGroup* group) {
  const RuleSpec& spec = *group->rule->spec;
  for (const auto& [name, value] : given) {
    std::vector<std::string> names;
    std::size_t at = spec.options.size();
    for (std::size_t i = 0; i < spec.options.size(); ++i) {
      names.emplace_back(spec.options[i].name);
      if (spec.options[i].name == name) at = i;
    }
    if (at == spec.options.size()) {
      const std::string near = Nearest(name, names);
      const std::string all = Join(names, ", ");
      if (own) Fail(ErrorKind::kRuleOptionUnknown, {group->name, spec.name, name, near, all});
      Fail(ErrorKind::kDefaultRuleOptionUnknown, {spec.name, name, near, all});
    }
    CheckOption(spec.options[at], value,
                own ? ErrorKind::kRuleOptionRange : ErrorKind::kDefaultRuleOptionRange, group->name,
                spec.name);
    group->options[at] = value;
  }
}

void CheckLaw(const ResolvedGroup& group) {
  const RuleSpec& spec = *group.rule->spec;
  for (const RefusedLaw& refused : spec.refused) {
    if (refused.law != group.law) continue;
    Fail(ErrorKind::kLawRefused, {group.name, spec.name, Name(group.law), refused.reason});
  }
  if (group.rule->elementwise == nullptr) return;
  const std::string_view reason = group.rule->elementwise->refuse(group.options.data());
  if (!reason.empty()) Fail(ErrorKind::kRuleOptionsClash, {group.name, spec.name, reason});
}

}  // namespace

const Rule& RuleOf(const Settings& settings) {
  return FindRuleEntry(settings.rule.value_or("adamw"));
}

ResolvedGroup ResolveGroup(const Group& group, const OptimizerOptions& defaults) {
  ResolvedGroup resolved;
  resolved.name = group.name;
  const std::string_view inherited_rule = RuleOf(defaults).spec->name;
  resolved.rule = &RuleOf(group.rule ? static_cast<const Settings&>(group) : defaults);
  const RuleSpec& spec = *resolved.rule->spec;
  for (const OptionSpec& option : spec.options) resolved.options.push_back(option.init);
  if (spec.name == inherited_rule) SetRuleOptions(defaults.options, false, &resolved);
  SetRuleOptions(group.options, true, &resolved);
  if (resolved.rule->elementwise != nullptr) {
    resolved.variant = resolved.rule->elementwise->pick(resolved.options.data());
  }
  CheckOption(kLrScale, group.lr_scale, ErrorKind::kGroupNumberRange, group.name);
  resolved.lr_scale = group.lr_scale;
  resolved.base_lr = Either(group.lr, defaults.lr).value_or(spec.lr);
  resolved.lr = resolved.base_lr * group.lr_scale;
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
    Fail(ErrorKind::kPenaltyNeedsProximal, {resolved.name, Name(resolved.law)});
  }
  CheckOption(kRatio, resolved.l1_ratio, ErrorKind::kGroupNumberRange, group.name);
  CheckLaw(resolved);
  CheckNumbers(resolved);
  return resolved;
}

namespace {

// The optimizer's own options must be some of its rule, whether a group uses that rule or not.
void CheckInheritedOptions(const OptimizerOptions& options) {
  ResolvedGroup unused;
  unused.rule = &RuleOf(options);
  for (const OptionSpec& option : unused.rule->spec->options) unused.options.push_back(option.init);
  SetRuleOptions(options.options, false, &unused);
}

// A group whose patterns match parameters, but takes none since groups before it took them all.
void CheckNoneShadowed(const std::vector<Group>& groups, const std::vector<std::size_t>& group_of) {
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i].patterns.empty()) continue;
    if (std::find(group_of.begin(), group_of.end(), i) != group_of.end()) continue;
    Fail(ErrorKind::kGroupEmpty, {groups[i].name});
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
      Fail(ErrorKind::kPatternUnmatched, {group.name, pattern, Nearest(pattern, names)});
    }
  }
}

}  // namespace

void CheckFits(const Parameter& parameter, const ResolvedGroup& group, bool decayed) {
  if (group.rule->tensor != nullptr) {
    const std::string reason = group.rule->tensor->Refuse(parameter.shape);
    if (!reason.empty()) Fail(ErrorKind::kRuleRefusesShape, {parameter.name, reason});
  }
  if (!decayed) return;
  if (group.Decays(true) && group.Uses(ProximalPenalty::kGroupLasso) &&
      parameter.shape.size() < 2) {
    Fail(ErrorKind::kParameterWithoutRows, {parameter.name});
  }
  if (group.center == DecayCenter::kGiven && parameter.center.size() != parameter.values.size()) {
    Fail(ErrorKind::kParameterCenter,
         {parameter.name, parameter.center.size(), parameter.values.size()});
  }
}

namespace {

void CheckNames(const std::vector<Parameter>& parameters, const std::vector<Group>& groups) {
  std::set<std::string> names;
  for (const Parameter& parameter : parameters) {
    if (parameter.name.empty()) Fail(ErrorKind::kParameterUnnamed);
    if (FirstInvalidUtf8(parameter.name) != std::string::npos) {
      Fail(ErrorKind::kParameterNotUtf8, {parameter.name});
    }
    if (!names.insert(parameter.name).second) {
      Fail(ErrorKind::kParameterTwice, {parameter.name});
    }
    if (ElementCount(parameter) != parameter.values.size()) {
      Fail(ErrorKind::kParameterSize,
           {parameter.name, ElementCount(parameter), parameter.values.size()});
    }
  }
  names.clear();
  for (const Group& group : groups) {
    if (FirstInvalidUtf8(group.name) != std::string::npos)
      Fail(ErrorKind::kGroupNotUtf8, {group.name});
    if (!names.insert(group.name).second) {
      Fail(ErrorKind::kGroupTwice, {group.name});
    }
  }
}

}  // namespace

std::string_view Name(ParameterKind kind) {
  static constexpr std::string_view kNames[] = {"weight",    "bias",   "norm",
                                                "embedding", "scalar", "other"};
  return kNames[static_cast<std::size_t>(kind)];
}

bool Membership::Takes(const Parameter& parameter) const {
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
  constexpr OptionSpec kFactor{"factor", 1, kPositive, "", ""};
  CheckOption(kFactor, factor, ErrorKind::kLayerFactorRange);
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
      Fail(ErrorKind::kParameterShape, {parameter.name});
    }
    count = next;
  }
  return count;
}

void CheckOption(const OptionSpec& option, double value, ErrorKind otherwise, const std::string& of,
                 std::string_view rule) {
  if (option.range.Holds(value)) return;
  OptionRange bounds = option.range;
  bounds.whole = false;
  FailOption(option.name, otherwise,
             {of, bounds.Text(), option.range.whole ? "whole" : "", Number(value, 6), rule});
}

void CheckNumbers(const ResolvedGroup& group) {
  CheckOption(kLr, group.lr, ErrorKind::kGroupNumberRange, group.name);
  CheckOption(kDecay, group.decay, ErrorKind::kGroupNumberRange, group.name);
  const double base = group.law == DecayLaw::kIndependent ? 1 : group.lr;
  const double share = base * group.lr_peak * group.decay * group.decay_schedule.Peak();
  const bool shrinks = group.law != DecayLaw::kNone && group.law != DecayLaw::kCoupled &&
                       group.law != DecayLaw::kProximal;
  if (shrinks && share >= 1) {
    Fail(ErrorKind::kStepTakesAll,
         {group.name, Number(group.lr), Number(group.decay), Number(share)});
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

std::vector<Group> GroupsOf(const OptimizerOptions& options) {
  std::vector<Group> groups = options.groups;
  if (groups.empty()) groups.emplace_back().name = "all";
  return groups;
}

std::vector<ResolvedGroup> ResolveGroups(const OptimizerOptions& options) {
  std::vector<ResolvedGroup> resolved;
  for (const Group& group : GroupsOf(options)) resolved.push_back(ResolveGroup(group, options));
  return resolved;
}

Assignment AssignGroups(const std::vector<Parameter>& parameters, const OptimizerOptions& options) {
  const std::vector<Group> groups = GroupsOf(options);
  CheckNames(parameters, groups);
  CheckPatterns(parameters, groups);
  Assignment assignment;
  CheckInheritedOptions(options);
  assignment.groups = ResolveGroups(options);
  for (const Parameter& parameter : parameters) {
    std::size_t at = 0;
    while (at < groups.size() && !groups[at].Takes(parameter)) ++at;
    if (at == groups.size()) {
      Fail(ErrorKind::kParameterInNoGroup,
           {parameter.name, Name(parameter.kind), parameter.shape.size()});
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
