// The list of all rules and how they are found.
#include <fmt/format.h>

#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "halflife/rule.h"
#include "kernels/added_rules.h"
#include "kernels/builtin_rules.h"
#include "kernels/rule.h"

namespace halflife {
namespace {

const std::vector<Rule>& Builtin() {
  static const std::vector<Rule> kRules = BuiltinRules();
  return kRules;
}

}  // namespace

bool OptionRange::Holds(double value) const {
  if (!std::isfinite(value)) return false;
  if (whole && value != std::floor(value)) return false;
  return (low_open ? value > low : value >= low) && (high_open ? value < high : value <= high);
}

std::string OptionRange::Text() const {
  if (whole && high == 1) return "0 or 1";
  std::string text = fmt::format("{} {} x", low, low_open ? "<" : "<=");
  if (high != kUnbounded) text += fmt::format(" {} {}", high_open ? "<" : "<=", high);
  return whole ? text + ", whole" : text;
}

std::vector<Rule> RuleList() {
  std::vector<Rule> rules = Builtin();
  for (const Rule& rule : AddedRules()) rules.push_back(rule);
  return rules;
}

const Rule& FindRuleEntry(std::string_view name) {
  for (const Rule& rule : Builtin()) {
    if (rule.spec->name == name) return rule;
  }
  if (const Rule* added = FindAddedRule(name)) return *added;
  std::vector<std::string> names;
  for (const Rule& rule : RuleList()) names.emplace_back(rule.spec->name);
  Fail(ErrorKind::kRuleUnknown, {name, Nearest(name, names)});
}

std::vector<const RuleSpec*> Rules() {
  std::vector<const RuleSpec*> specs;
  for (const Rule& rule : RuleList()) specs.push_back(rule.spec);
  return specs;
}

const RuleSpec& FindRule(std::string_view name) { return *FindRuleEntry(name).spec; }

std::span<const DecayLawSpec> DecayLaws() {
  static constexpr DecayLawSpec kLaws[] = {
      {DecayLaw::kNone, "none", "no decay", ""},
      {DecayLaw::kCoupled, "coupled", "g <- g + decay (w - c), before the rule",
       "the L2 penalty; PyTorch's Adam and SGD"},
      {DecayLaw::kDecoupled, "decoupled", "w <- w - lr decay (w - c)",
       "arXiv:1711.05101, as PyTorch's AdamW has it"},
      {DecayLaw::kIndependent, "independent",
       "w <- w - s decay (w - c), s the schedule's multiplier", "arXiv:1711.05101, Algorithm 2"},
      {DecayLaw::kCorrected, "corrected", "w <- w - lr^2 / lr_max decay (w - c)",
       "AdamC, arXiv:2506.02285; for normalised layers"},
      {DecayLaw::kCautious, "cautious",
       "w <- w - lr decay (w - c), only where the step and w - c agree in sign",
       "arXiv:2510.12402"},
      {DecayLaw::kProximal, "proximal",
       "after the step: w - c <- soft(w - c, lr l1) / (1 + lr l2), or each row times "
       "max(0, 1 - lr decay sqrt(n) / ||row||)",
       "Parikh & Boyd 2014, Proximal Algorithms"},
  };
  return kLaws;
}

std::string_view Name(DecayLaw law) { return DecayLaws()[static_cast<std::size_t>(law)].name; }

std::string_view Name(ProximalPenalty penalty) {
  static constexpr std::string_view kNames[] = {"L2", "L1", "elastic net", "group lasso"};
  return kNames[static_cast<std::size_t>(penalty)];
}

std::string_view Name(DecayCenter center) {
  static constexpr std::string_view kNames[] = {"zero", "start", "given"};
  return kNames[static_cast<std::size_t>(center)];
}

}  // namespace halflife
