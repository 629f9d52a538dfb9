// Groups with everything inherited and checked, and which parameter is in which.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/error.h"
#include "halflife/optimizer.h"
#include "kernels/rule.h"

namespace halflife {

// A group whose settings are all known.
struct ResolvedGroup {
  std::string name;
  const Rule* rule = nullptr;
  std::vector<double> options;  // in the order of the rule's
  std::size_t variant = 0;      // of an elementwise rule
  double base_lr = 0;           // as it was set
  double lr = 0;                // times lr_scale
  Schedule lr_schedule;
  double lr_peak = 1;  // the schedule's largest multiplier
  double lr_scale = 1;
  DecayLaw law = DecayLaw::kNone;
  double decay = 0;
  Schedule decay_schedule;
  ProximalPenalty penalty = ProximalPenalty::kL2;
  double l1_ratio = 0.5;
  DecayCenter center = DecayCenter::kZero;
  bool decay_set = false;  // by the group itself, so the policy leaves it alone

  bool Uses(ProximalPenalty which) const { return law == DecayLaw::kProximal && penalty == which; }
  // Whether those of its parameters decay that kind, policy and law let decay.
  bool Decays(bool decayed) const { return decayed && decay > 0; }
  Shrinkage shrinkage(bool decayed) const;
};

// The rule that the settings name, or AdamW. Throws Error where there is none of that name.
const Rule& RuleOf(const Settings& settings);

// What the group leaves unset taken from `defaults`, then from the rule. Throws Error where that
// does not make sense together.
ResolvedGroup ResolveGroup(const Group& group, const OptimizerOptions& defaults);

// Which group each parameter is in, and who decays.
struct Assignment {
  std::vector<ResolvedGroup> groups;
  std::vector<std::size_t> group_of;
  std::vector<char> decayed;  // whether kind, policy and law let it decay, at whatever decay

  // Whether it does decay.
  bool Decays(std::size_t parameter) const {
    return groups[group_of[parameter]].Decays(decayed[parameter] != 0);
  }
};

// The groups of the options: one that is called "all" where there are none.
std::vector<Group> GroupsOf(const OptimizerOptions& options);
std::vector<ResolvedGroup> ResolveGroups(const OptimizerOptions& options);

// Throws Error for everything a user can get wrong; see Optimizer.
Assignment AssignGroups(const std::vector<Parameter>& parameters, const OptimizerOptions& options);

// Throws Error unless the group's rule, penalty and centre suit the parameter.
void CheckFits(const Parameter& parameter, const ResolvedGroup& group, bool decayed);

// Throws unless the group's numbers make sense together. Called again when lr or decay changes.
void CheckNumbers(const ResolvedGroup& group);

// Throws Error of that kind unless `value` fits the option's range. The kind's arguments: `of`, the
// range, "whole" or "", the value, `rule`.
void CheckOption(const OptionSpec& option, double value, ErrorKind otherwise,
                 const std::string& of = "", std::string_view rule = "");

// The elements of a tensor of that shape; throws Error naming the parameter when it does not fit.
std::size_t ElementCount(const Parameter& parameter);

}  // namespace halflife
