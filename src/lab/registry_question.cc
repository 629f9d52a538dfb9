// The question `registry`: the library's rules and decay laws as JSON, for the page's lists.
#include "lab/questions.h"
#include "optim/registry_json.h"

namespace halflife {

Answer AskRegistry(const Question& /*question*/) {
  nlohmann::ordered_json rules = nlohmann::ordered_json::array();
  for (const RuleSpec* rule : Rules()) rules.push_back(RuleJson(*rule));
  nlohmann::ordered_json laws = nlohmann::ordered_json::array();
  for (const DecayLawSpec& law : DecayLaws()) laws.push_back(LawJson(law));
  Answer answer;
  answer.texts["rules"] = rules.dump();
  answer.texts["laws"] = laws.dump();
  return answer;
}

}  // namespace halflife
