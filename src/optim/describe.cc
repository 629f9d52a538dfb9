#include "optim/describe.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "halflife/rule.h"

namespace halflife {
namespace {

using Json = nlohmann::ordered_json;

// A schedule's factory in halflife/schedule.h.
struct ScheduleEntry {
  std::string_view name;
  std::string_view formula;
};
constexpr ScheduleEntry kSchedules[] = {
    {"Constant(value)", "value"},
    {"Steps(gamma, every)", "gamma^floor(k / every)"},
    {"WarmUp(steps, from)", "from + (1 - from) (k + 1) / steps, then 1"},
    {"Linear(steps, from, to)", "from + (to - from) k / steps"},
    {"Cosine(steps, from, to)", "to + (from - to) (1 + cos(pi k / steps)) / 2"},
    {"Polynomial(steps, power, from, to)", "to + (from - to) (1 - k / steps)^power"},
    {"InverseSqrt(offset)", "sqrt(offset / (offset + k))"},
    {"OneCycle(steps, rise, div, final_div)",
     "cosine up from 1 / div to 1, then down to 1 / (div final_div)"},
    {"Table(values)", "values[k], then the last"},
};

std::string Indented(std::string_view text) {
  std::string indented = "  ";
  for (const char c : text) {
    indented += c;
    if (c == '\n') indented += "  ";
  }
  return indented;
}

std::string RefusalText(const RefusedLaw& refused) {
  return fmt::format("refuses the {} law: {}", Name(refused.law), refused.reason);
}

std::string RuleText(const RuleSpec& rule) {
  std::string text = fmt::format("{}: {}\n  {}\n\n{}\n\n", rule.name, rule.title, rule.paper,
                                 Indented(rule.formula));
  text += fmt::format("  by default: lr {}, decay {}, law {}\n", Number(rule.lr),
                      Number(rule.decay), Name(rule.law));
  for (const OptionSpec& option : rule.options) {
    text += fmt::format("  {:<26} {:<8} {:<18} {}{}\n", option.name, Number(option.init),
                        option.range.Text(), option.help,
                        option.unit.empty() ? "" : fmt::format(" ({})", option.unit));
  }
  if (!rule.notes.empty()) text += fmt::format("  {}\n", rule.notes);
  for (const RefusedLaw& refused : rule.refused)
    text += fmt::format("  {}\n", RefusalText(refused));
  return text;
}

std::string LawText(const DecayLawSpec& law) {
  return fmt::format("{}: {}\n{}", law.name, law.formula,
                     law.source.empty() ? "" : fmt::format("  {}\n", law.source));
}

Json RuleJson(const RuleSpec& rule) {
  Json json = {{"name", rule.name},        {"title", rule.title},
               {"paper", rule.paper},      {"formula", rule.formula},
               {"notes", rule.notes},      {"lr", rule.lr},
               {"decay", rule.decay},      {"law", Name(rule.law)},
               {"options", Json::array()}, {"refused_laws", Json::array()}};
  for (const OptionSpec& option : rule.options) {
    json["options"].push_back({{"name", option.name},
                               {"default", option.init},
                               {"range", option.range.Text()},
                               {"unit", option.unit},
                               {"help", option.help}});
  }
  for (const RefusedLaw& refused : rule.refused) {
    json["refused_laws"].push_back({{"law", Name(refused.law)}, {"reason", refused.reason}});
  }
  return json;
}

Json LawJson(const DecayLawSpec& law) {
  return {{"name", law.name}, {"formula", law.formula}, {"source", law.source}};
}

// Text in a cell of a Markdown table.
std::string Cell(std::string_view text) {
  std::string cell;
  for (const char c : text) {
    if (c == '|') cell += '\\';
    cell += c;
  }
  return cell;
}

std::string RuleMarkdown(const RuleSpec& rule) {
  std::string text = fmt::format(
      "### {}\n{} ({}). Defaults: lr {}, decay {}, law {}.\n\n```\n{}\n```\n", rule.name,
      rule.title, rule.paper, Number(rule.lr), Number(rule.decay), Name(rule.law), rule.formula);
  if (!rule.options.empty())
    text += "\n| option | default | range | meaning |\n|---|---|---|---|\n";
  for (const OptionSpec& option : rule.options) {
    text += fmt::format("| `{}` | {} | {} | {}{} |\n", option.name, Number(option.init),
                        Cell(option.range.Text()), Cell(option.help),
                        option.unit.empty() ? "" : fmt::format(" ({})", option.unit));
  }
  if (!rule.notes.empty()) text += fmt::format("\n{}\n", rule.notes);
  for (const RefusedLaw& refused : rule.refused)
    text += fmt::format("\nIt {}.\n", RefusalText(refused));
  return text;
}

std::string LawMarkdown(const DecayLawSpec& law) {
  return fmt::format("| `{}` | {} | {} |\n", law.name, Cell(law.formula), law.source);
}

// Exactly one is set.
struct Found {
  const RuleSpec* rule = nullptr;
  const DecayLawSpec* law = nullptr;
};

Found Find(std::string_view name) {
  std::vector<std::string> names;
  for (const RuleSpec* rule : Rules()) {
    if (rule->name == name) return {rule, nullptr};
    names.emplace_back(rule->name);
  }
  for (const DecayLawSpec& law : DecayLaws()) {
    if (law.name == name) return {nullptr, &law};
    names.emplace_back(law.name);
  }
  FailUsage(fmt::format("nothing is called {}{}; `halflife describe` lists all", Quoted(name),
                        DidYouMean(name, names)));
}

constexpr std::string_view kLawHead = "| law | formula | source |\n|---|---|---|\n";

}  // namespace

std::string DescribeText(std::string_view name) {
  if (!name.empty()) {
    const Found found = Find(name);
    return found.rule != nullptr ? RuleText(*found.rule) : LawText(*found.law);
  }
  std::string text = "optimizers (halflife describe NAME shows formula and options)\n";
  for (const RuleSpec* rule : Rules())
    text += fmt::format("  {:<20} {} - {}\n", rule->name, rule->title, rule->paper);
  text += "\ndecay laws (c: the centre, zero unless asked)\n";
  for (const DecayLawSpec& law : DecayLaws())
    text += fmt::format("  {:<20} {}\n", law.name, law.formula);
  text += "\nschedules (k: steps since the piece began)\n";
  for (const ScheduleEntry& schedule : kSchedules)
    text += fmt::format("  {:<38} {}\n", schedule.name, schedule.formula);
  return text;
}

std::string DescribeJson(std::string_view name) {
  if (!name.empty()) {
    const Found found = Find(name);
    return (found.rule != nullptr ? RuleJson(*found.rule) : LawJson(*found.law)).dump(2) + "\n";
  }
  Json json = {{"schema", "halflife.describe/1"},
               {"optimizers", Json::array()},
               {"decay_laws", Json::array()},
               {"schedules", Json::array()}};
  for (const RuleSpec* rule : Rules()) json["optimizers"].push_back(RuleJson(*rule));
  for (const DecayLawSpec& law : DecayLaws()) json["decay_laws"].push_back(LawJson(law));
  for (const ScheduleEntry& schedule : kSchedules)
    json["schedules"].push_back({{"name", schedule.name}, {"formula", schedule.formula}});
  return json.dump(2) + "\n";
}

std::string DescribeMarkdown(std::string_view name) {
  if (!name.empty()) {
    const Found found = Find(name);
    return found.rule != nullptr ? RuleMarkdown(*found.rule)
                                 : std::string(kLawHead) + LawMarkdown(*found.law);
  }
  std::string text =
      "# Optimizers, decay laws, schedules\n\n"
      "Written by `halflife describe --markdown`; a test fails when this file and the code "
      "differ.\n\n"
      "## Decay laws\nFor every optimizer unless it says otherwise; `c` is the centre: zero, the "
      "starting weights or given "
      "ones. `lr_max` is the largest rate of the schedule.\n\n";
  text += kLawHead;
  for (const DecayLawSpec& law : DecayLaws()) text += LawMarkdown(law);
  text +=
      "\n## Schedules\nMultipliers of lr and, separately, of decay; `k` counts steps since the "
      "piece began.\n\n"
      "| `Schedule::` | multiplier |\n|---|---|\n";
  for (const ScheduleEntry& schedule : kSchedules)
    text += fmt::format("| `{}` | {} |\n", schedule.name, Cell(schedule.formula));
  text +=
      "\n## Optimizers\n`g` is the gradient, `t` the step counted from 1; state starts at zero.\n";
  for (const RuleSpec* rule : Rules()) text += "\n" + RuleMarkdown(*rule);
  return text;
}

}  // namespace halflife
