#include "report/criteria_words.h"

#include <algorithm>
#include <vector>

#include "report/say.h"
#include "report/words.h"

namespace halflife {
namespace {

struct SelectionRule {
  Said name;  // in Chinese with the space before what follows it
  std::optional<double> GridPoint::*value;
  double sign = 1.0;  // -1: the largest is chosen
};

std::vector<SelectionRule> RulesOf(const TuneResult& result) {
  return {{IsRegression(result) ? Said{"leave-one-out", "留一法"}
                                : Said{"approximate leave-one-out", "近似留一法"},
           &GridPoint::loo},
          {{"GCV", "GCV "}, &GridPoint::gcv},
          {{"the evidence", "模型证据"}, &GridPoint::log_evidence, -1.0}};
}

// The decay that the rule chooses; none where there is nothing to choose among.
std::optional<double> ChosenBy(const SelectionRule& rule, const TuneResult& result) {
  const GridPoint* best = nullptr;
  std::size_t known = 0;
  for (const GridPoint& point : result.grid) {
    if (!(point.*rule.value)) continue;
    ++known;
    if (best == nullptr || rule.sign * *(point.*rule.value) <= rule.sign * *(best->*rule.value))
      best = &point;
  }
  if (known < 2) return std::nullopt;
  return best->decay;
}

// Whether a rule other than leave-one-out, which takes each row as it is, is far from
// cross-validation's choice.
bool IsFarOff(const SelectionRule& rule, const TuneResult& result) {
  constexpr double kFar = 5.0;
  if (rule.value == &GridPoint::loo) return false;
  const std::optional<double> chosen = ChosenBy(rule, result);
  const double best = BestPoint(result).decay;
  if (!chosen || *chosen == best) return false;
  return std::max(*chosen, best) > kFar * std::min(*chosen, best);
}

// "0.031", "30 (the largest tried)", "0.2 (of the 7 where it is known)": of equals the largest
// decay, as cross-validation has it. "" where there is nothing to choose among.
std::string ChoiceOf(const SelectionRule& rule, const TuneResult& result, Language language) {
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
    text += Say(language, " (of the {} where it is known)", "（在已知的 {} 个中）", known);
  } else if (best + 1 == grid.size()) {
    text += Say(language, " (the largest tried)", "（试过的最大值）");
  } else if (best == 0 && grid[best].decay > 0.0) {
    text += Say(language, " (the smallest tried)", "（试过的最小值）");
  }
  return text;
}

}  // namespace

std::string OtherRulesSentence(const TuneResult& result, Language language) {
  if (IsTrained(result) || NoSignal(result)) return "";
  std::vector<std::string> choices;
  for (const SelectionRule& rule : RulesOf(result)) {
    const std::string choice = ChoiceOf(rule, result, language);
    if (choice.empty()) continue;
    const std::string& name = rule.name.In(language);
    choices.push_back(choices.empty()
                          ? Say(language, "{} would choose {}", "{}会选 {}", name, choice)
                          : Say(language, "{} {}", "{}会选 {}", name, choice));
  }
  if (choices.empty()) return "";
  std::string text = Say(language, "On all rows, without folds, ", "用全部行、不分折时，");
  text += choices.front();
  for (std::size_t i = 1; i < choices.size(); ++i) {
    text += i + 1 == choices.size() ? Say(language, " and ", "，") : Say(language, ", ", "，");
    text += choices[i];
  }
  text += Say(language, "; cross-validation has {}.", "；交叉验证选的是 {}。",
              DecayText(BestPoint(result).decay));
  const std::vector<SelectionRule> rules = RulesOf(result);
  if (std::any_of(rules.begin(), rules.end(),
                  [&](const SelectionRule& rule) { return IsFarOff(rule, result); })) {
    text += Say(language,
                " Trust cross-validation: GCV and the evidence assume noise of one size in every "
                "row.",
                "请以交叉验证为准：GCV 和模型证据假定每一行的噪声大小相同。");
  }
  using Role = ColumnSummary::Role;
  if (HasRole(result, Role::kGroup) || HasRole(result, Role::kTime) || HasRole(result, Role::kFold))
    text += Say(language, " They take each row by itself, as these folds do not.",
                "它们把每一行单独看待，而这里的折不是这样。");
  return text;
}

bool HasLeaveOneOut(const TuneResult& result) {
  return std::count_if(result.grid.begin(), result.grid.end(), [](const GridPoint& point) {
           return point.loo.has_value() && point.decay > 0.0;
         }) > 1;
}

}  // namespace halflife
