#include "report/criteria_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "report/words.h"

namespace halflife {
namespace {

struct Rule {
  std::string name;
  std::optional<double> GridPoint::*value;
  double sign = 1.0;  // -1: the largest is chosen
};

std::vector<Rule> RulesOf(const TuneResult& result) {
  return {{IsRegression(result) ? "leave-one-out" : "approximate leave-one-out", &GridPoint::loo},
          {"GCV", &GridPoint::gcv},
          {"the evidence", &GridPoint::log_evidence, -1.0}};
}

// "0.031", "30 (the largest tried)", "0.2 (of the 7 where it is known)": of equals the largest
// decay, as cross-validation has it. "" where there is nothing to choose among.
std::string ChoiceOf(const Rule& rule, const TuneResult& result) {
  const std::vector<GridPoint>& grid = result.grid;
  std::size_t known = 0;
  std::size_t never = 0;  // without decay the evidence is 0, which is known too
  std::size_t best = 0;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    const std::optional<double>& value = grid[i].*rule.value;
    if (!value && rule.sign < 0.0 && grid[i].decay == 0.0) ++never;
    if (!value) continue;
    if (known++ == 0 || rule.sign * *value <= rule.sign * *(grid[best].*rule.value)) best = i;
  }
  if (known < 2) return "";
  std::string text = DecayText(grid[best].decay);
  if (known + never < grid.size()) {
    text += fmt::format(" (of the {} where it is known)", known);
  } else if (best + 1 == grid.size()) {
    text += " (the largest tried)";
  } else if (best == 0 && grid[best].decay > 0.0) {
    text += " (the smallest tried)";
  }
  return text;
}

}  // namespace

std::string OtherRulesSentence(const TuneResult& result) {
  if (IsTrained(result) || NoSignal(result)) return "";
  std::vector<std::string> choices;
  for (const Rule& rule : RulesOf(result)) {
    const std::string choice = ChoiceOf(rule, result);
    if (choice.empty()) continue;
    choices.push_back(choices.empty() ? fmt::format("{} would choose {}", rule.name, choice)
                                      : fmt::format("{} {}", rule.name, choice));
  }
  if (choices.empty()) return "";
  std::string text = "On all rows, without folds, " + choices.front();
  for (std::size_t i = 1; i < choices.size(); ++i)
    text += (i + 1 == choices.size() ? " and " : ", ") + choices[i];
  text += fmt::format("; cross-validation has {}.", DecayText(BestPoint(result).decay));
  using Role = ColumnSummary::Role;
  if (HasRole(result, Role::kGroup) || HasRole(result, Role::kTime) || HasRole(result, Role::kFold))
    text += " They take each row by itself, as these folds do not.";
  return text;
}

bool HasLeaveOneOut(const TuneResult& result) {
  return std::count_if(result.grid.begin(), result.grid.end(), [](const GridPoint& point) {
           return point.loo.has_value() && point.decay > 0.0;
         }) > 1;
}

}  // namespace halflife
