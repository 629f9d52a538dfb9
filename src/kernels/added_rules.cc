#include "kernels/added_rules.h"

#include <deque>
#include <mutex>

#include "base/error.h"
#include "kernels/builtin_rules.h"
#include "kernels/rule_check.h"

namespace halflife {
namespace {

struct AddedRule {
  ElementwiseRule elementwise;
  Rule rule;
};

struct AddedList {
  std::mutex mutex;
  std::deque<AddedRule> rules;  // whose elements never move: optimizers point to them
};

AddedList& List() {
  static AddedList list;
  return list;
}

const Rule* Find(const AddedList& list, std::string_view name) {
  for (const AddedRule& added : list.rules) {
    if (added.rule.spec->name == name) return &added.rule;
  }
  return nullptr;
}

bool IsBuiltin(std::string_view name) {
  for (const Rule& rule : BuiltinRules()) {
    if (rule.spec->name == name) return true;
  }
  return false;
}

}  // namespace

std::vector<Rule> AddedRules() {
  AddedList& list = List();
  const std::lock_guard<std::mutex> lock(list.mutex);
  std::vector<Rule> rules;
  for (const AddedRule& added : list.rules) rules.push_back(added.rule);
  return rules;
}

const Rule* FindAddedRule(std::string_view name) {
  AddedList& list = List();
  const std::lock_guard<std::mutex> lock(list.mutex);
  return Find(list, name);
}

void AddElementwiseRule(const RuleSpec& spec, const ElementwiseRule& rule) {
  CheckRule(spec, rule);
  AddedList& list = List();
  const std::lock_guard<std::mutex> lock(list.mutex);
  const Rule* same = Find(list, spec.name);
  if (same != nullptr && same->spec == &spec) return;
  if (same != nullptr || IsBuiltin(spec.name)) {
    Fail(ErrorKind::kRuleTaken, {spec.name});
  }
  AddedRule& added = list.rules.emplace_back();
  added.elementwise = rule;
  added.rule = {&spec, &added.elementwise, nullptr};
}

}  // namespace halflife
