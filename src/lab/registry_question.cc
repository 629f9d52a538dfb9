// The question `registry`: the library's rules and decay laws as JSON, for the page's lists.
#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "halflife/rule.h"
#include "lab/questions.h"

namespace halflife {
namespace {

// A JSON string, quotes and all.
std::string JsonText(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (c == '\n') {
      quoted += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      quoted += fmt::format("\\u{:04x}", static_cast<int>(c));
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

// A number of the registry; JSON has no infinity, so an open end is null.
std::string JsonNumber(double value) {
  return std::isfinite(value) ? ShortestNumber(value) : std::string("null");
}

std::string JsonList(const std::vector<std::string>& items) { return "[" + Join(items, ",") + "]"; }

std::string RefusedAsJson(const RuleSpec& rule) {
  std::vector<std::string> items;
  for (const RefusedLaw& refused : rule.refused) {
    items.push_back(fmt::format("{{\"law\":{},\"reason\":{}}}", JsonText(Name(refused.law)),
                                JsonText(refused.reason)));
  }
  return JsonList(items);
}

std::string OptionsAsJson(const RuleSpec& rule) {
  std::vector<std::string> items;
  for (const OptionSpec& option : rule.options) {
    items.push_back(fmt::format(
        "{{\"name\":{},\"default\":{},\"low\":{},\"high\":{},\"range\":{},\"help\":{}}}",
        JsonText(option.name), JsonNumber(option.init), JsonNumber(option.range.low),
        JsonNumber(option.range.high), JsonText(option.range.Text()), JsonText(option.help)));
  }
  return JsonList(items);
}

std::string RuleAsJson(const RuleSpec& rule) {
  return fmt::format(
      "{{\"name\":{},\"title\":{},\"paper\":{},\"formula\":{},\"notes\":{},\"lr\":{},\"decay\":{},"
      "\"law\":{},\"refused\":{},\"options\":{}}}",
      JsonText(rule.name), JsonText(rule.title), JsonText(rule.paper), JsonText(rule.formula),
      JsonText(rule.notes), JsonNumber(rule.lr), JsonNumber(rule.decay), JsonText(Name(rule.law)),
      RefusedAsJson(rule), OptionsAsJson(rule));
}

std::string LawAsJson(const DecayLawSpec& law) {
  std::string title(law.name);
  title[0] = static_cast<char>(title[0] - 'a' + 'A');
  return fmt::format("{{\"name\":{},\"title\":{},\"formula\":{},\"source\":{}}}",
                     JsonText(law.name), JsonText(title), JsonText(law.formula),
                     JsonText(law.source));
}

}  // namespace

Answer AskRegistry(const Question& /*question*/) {
  std::vector<std::string> rules;
  for (const RuleSpec* rule : Rules()) rules.push_back(RuleAsJson(*rule));
  std::vector<std::string> laws;
  for (const DecayLawSpec& law : DecayLaws()) laws.push_back(LawAsJson(law));
  Answer answer;
  answer.texts["rules"] = JsonList(rules);
  answer.texts["laws"] = JsonList(laws);
  return answer;
}

}  // namespace halflife
