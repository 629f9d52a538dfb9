#include "lab/choices.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace halflife {

DecayLaw FindLaw(const std::string& name) {
  std::vector<std::string> names;
  for (const DecayLawSpec& law : DecayLaws()) {
    if (law.name == name) return law.law;
    names.emplace_back(law.name);
  }
  Fail(ErrorKind::kLawUnknown, {name, Nearest(name, names), Join(names, ", ")});
}

DecayLaw LawChoice(const Question& question, const std::string& name, DecayLaw init) {
  return FindLaw(question.Word(name, std::string(Name(init))));
}

std::vector<int> ParseHidden(const std::string& text) {
  std::vector<int> hidden;
  if (text == "none") return hidden;
  for (const std::string& part : Split(text, ',')) {
    const double value = NumberOf("hidden", part);
    if (value != static_cast<double>(static_cast<long long>(std::clamp(value, -1e9, 1e9))))
      FailOption("hidden", ErrorKind::kNotWhole, {part});
    hidden.push_back(static_cast<int>(value));
  }
  return hidden;
}

std::vector<int> HiddenChoice(const Question& question, const std::string& init) {
  return ParseHidden(question.Word("hidden", init));
}

}  // namespace halflife
