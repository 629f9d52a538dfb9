#include "halflife/describe.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "halflife/rule.h"
#include "optim/choices_described.h"
#include "optim/registry_json.h"

namespace halflife {
namespace {

using Json = nlohmann::ordered_json;

// A thing that can be described: exactly one is set.
struct Found {
  const RuleSpec* rule = nullptr;
  const DecayLawSpec* law = nullptr;
  const ChoiceSpec* choice = nullptr;
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

std::string ChoiceText(const ChoiceSpec& choice) {
  std::string text = fmt::format("{}: {}\n", choice.name, choice.formula);
  if (!choice.source.empty()) text += fmt::format("  {}\n", choice.source);
  text += fmt::format("  in C++ {}\n\n", choice.call);
  for (const ArgumentSpec& argument : choice.arguments) {
    text += fmt::format("  {:<26} {:<8} {:<18} {}\n", argument.name, argument.init, argument.range,
                        argument.help);
  }
  return text;
}

Json ChoiceJson(const ChoiceSpec& choice) {
  Json json = {{"name", choice.name},
               {"call", choice.call},
               {"formula", choice.formula},
               {"source", choice.source},
               {"options", Json::array()}};
  for (const ArgumentSpec& argument : choice.arguments) {
    json["options"].push_back({{"name", argument.name},
                               {"default", argument.init.empty() ? Json() : Json(argument.init)},
                               {"range", argument.range},
                               {"help", argument.help}});
  }
  return json;
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

std::string ChoiceMarkdown(const ChoiceSpec& choice) {
  return fmt::format("| `{}` | {} | {} |\n", choice.call, Cell(choice.formula), choice.source);
}

// A name without its case and without what joins its words, which nobody remembers.
std::string Bare(std::string_view name) {
  std::string bare;
  for (const char c : name) {
    if (c == '-' || c == '_' || c == ' ') continue;
    bare += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return bare;
}

std::vector<std::pair<std::string, Found>> AllNamed() {
  std::vector<std::pair<std::string, Found>> all;
  for (const RuleSpec* rule : Rules()) all.push_back({std::string(rule->name), {.rule = rule}});
  for (const DecayLawSpec& law : DecayLaws()) all.push_back({std::string(law.name), {.law = &law}});
  for (const auto choices : {DescribedSchedules(), DescribedPenalties()}) {
    for (const ChoiceSpec& choice : choices)
      all.push_back({std::string(choice.name), {.choice = &choice}});
  }
  return all;
}

Found Find(std::string_view name) {
  std::vector<std::string> names;
  for (const auto& [known, found] : AllNamed()) {
    if (Bare(known) == Bare(name)) return found;
    names.push_back(known);
  }
  Fail(ErrorKind::kNothingDescribed, {name, Nearest(name, names)});
}

constexpr std::string_view kLawHead = "| law | formula | source |\n|---|---|---|\n";
constexpr std::string_view kChoiceHead = "| in C++ | formula | source |\n|---|---|---|\n";

}  // namespace

std::string DescribeText(std::string_view name) {
  if (!name.empty()) {
    const Found found = Find(name);
    if (found.choice != nullptr) return ChoiceText(*found.choice);
    return found.rule != nullptr ? RuleText(*found.rule) : LawText(*found.law);
  }
  std::string text = "optimizers (halflife describe NAME shows formula and options)\n";
  for (const RuleSpec* rule : Rules())
    text += fmt::format("  {:<20} {} - {}\n", rule->name, rule->title, rule->paper);
  text += "\ndecay laws (c: the centre, zero unless asked)\n";
  for (const DecayLawSpec& law : DecayLaws())
    text += fmt::format("  {:<20} {}\n", law.name, law.formula);
  text += "\nschedules (k: steps since the piece began)\n";
  for (const ChoiceSpec& schedule : DescribedSchedules())
    text += fmt::format("  {:<20} {}\n", schedule.name, schedule.formula);
  text += "\npenalties (s: the strength)\n";
  for (const ChoiceSpec& penalty : DescribedPenalties())
    text += fmt::format("  {:<20} {}\n", penalty.name, penalty.formula);
  return text;
}

std::string DescribeJson(std::string_view name) {
  if (!name.empty()) {
    const Found found = Find(name);
    if (found.choice != nullptr) return ChoiceJson(*found.choice).dump(2) + "\n";
    return (found.rule != nullptr ? RuleJson(*found.rule) : LawJson(*found.law)).dump(2) + "\n";
  }
  Json json = {{"schema", "halflife.describe/1"},
               {"optimizers", Json::array()},
               {"decay_laws", Json::array()},
               {"schedules", Json::array()},
               {"penalties", Json::array()}};
  for (const RuleSpec* rule : Rules()) json["optimizers"].push_back(RuleJson(*rule));
  for (const DecayLawSpec& law : DecayLaws()) json["decay_laws"].push_back(LawJson(law));
  for (const ChoiceSpec& schedule : DescribedSchedules())
    json["schedules"].push_back(ChoiceJson(schedule));
  for (const ChoiceSpec& penalty : DescribedPenalties())
    json["penalties"].push_back(ChoiceJson(penalty));
  return json.dump(2) + "\n";
}

std::string DescribeMarkdown(std::string_view name) {
  if (!name.empty()) {
    const Found found = Find(name);
    if (found.choice != nullptr) return std::string(kChoiceHead) + ChoiceMarkdown(*found.choice);
    return found.rule != nullptr ? RuleMarkdown(*found.rule)
                                 : std::string(kLawHead) + LawMarkdown(*found.law);
  }
  std::string text =
      "# Optimizers, decay laws, schedules, penalties\n\n"
      "Written by `halflife describe --markdown`; a test fails when this file and the code "
      "differ.\n\n"
      "## Decay laws\nFor every optimizer unless it says otherwise; `c` is the centre: zero, the "
      "starting weights or given ones. `lr_max` is the largest rate of the schedule.\n\n";
  text += kLawHead;
  for (const DecayLawSpec& law : DecayLaws()) text += LawMarkdown(law);
  text +=
      "\n## Schedules\nMultipliers of lr and, separately, of decay; `k` counts steps since the "
      "piece began. Members of `Schedule`.\n\n";
  text += kChoiceHead;
  for (const ChoiceSpec& schedule : DescribedSchedules()) text += ChoiceMarkdown(schedule);
  text +=
      "\n## Penalties\nValues, gradients and proximal maps of `Penalty`; `s` is its strength.\n\n";
  text += kChoiceHead;
  for (const ChoiceSpec& penalty : DescribedPenalties()) text += ChoiceMarkdown(penalty);
  text +=
      "\n## Optimizers\n`g` is the gradient, `t` the step counted from 1; state starts at zero.\n";
  for (const RuleSpec* rule : Rules()) text += "\n" + RuleMarkdown(*rule);
  return text;
}

}  // namespace halflife
