#include "optim/registry_json.h"

#include <cmath>
#include <string>

namespace halflife {
namespace {

using Json = nlohmann::ordered_json;

Json Bound(double value) { return std::isfinite(value) ? Json(value) : Json(); }

}  // namespace

Json RuleJson(const RuleSpec& rule) {
  Json json = {{"name", rule.name},        {"title", rule.title},
               {"paper", rule.paper},      {"formula", rule.formula},
               {"notes", rule.notes},      {"lr", rule.lr},
               {"decay", rule.decay},      {"law", Name(rule.law)},
               {"options", Json::array()}, {"refused_laws", Json::array()}};
  for (const OptionSpec& option : rule.options) {
    json["options"].push_back({{"name", option.name},
                               {"default", option.init},
                               {"low", Bound(option.range.low)},
                               {"high", Bound(option.range.high)},
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
  const std::string title = Capitalised(std::string(law.name));
  return {{"name", law.name}, {"title", title}, {"formula", law.formula}, {"source", law.source}};
}

}  // namespace halflife
