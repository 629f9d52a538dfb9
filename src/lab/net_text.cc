#include "lab/net_text.h"

#include <algorithm>
#include <functional>
#include <map>

#include "base/error.h"
#include "base/text.h"
#include "lab/choices.h"

namespace halflife {
namespace {

// The ranges themselves are checked with the other options.
int WholeOf(const std::string& name, const std::string& text) {
  const double value = NumberOf(name, text);
  if (value != static_cast<double>(static_cast<long long>(std::clamp(value, -1e9, 1e9))))
    FailOption(name, ErrorKind::kNotWhole, {text});
  return static_cast<int>(value);
}

using Setter = std::function<void(const std::string& text)>;

std::map<std::string, Setter> SettersOf(LabOptions* options) {
  NetOptions& net = options->net;
  TrainingOptions& training = options->training;
  const auto number = [](const std::string& name, double* to) {
    return [name, to](const std::string& text) { *to = NumberOf(name, text); };
  };
  const auto whole = [](const std::string& name, int* to) {
    return [name, to](const std::string& text) { *to = WholeOf(name, text); };
  };
  return {
      {"hidden", [&](const std::string& text) { net.hidden = ParseHidden(text); }},
      {"activation", [&](const std::string& text) { net.activation = FindActivation(text); }},
      {"layer_norm",
       [&](const std::string& text) { net.layer_norm = WholeOf("layer_norm", text) != 0; }},
      {"dropout", number("dropout", &net.dropout)},
      {"epochs", whole("epochs", &training.epochs)},
      {"batch", whole("batch", &training.batch)},
      {"rule", [&](const std::string& text) { training.optimizer.rule = text; }},
      {"law", [&](const std::string& text) { training.optimizer.law = FindLaw(text); }},
      {"lr_shape", [&](const std::string& text) { training.lr_shape = FindScheduleShape(text); }},
      {"lr_end", number("lr_end", &training.lr_end)},
      {"warm_up", number("warm_up", &training.warm_up)},
      {"decay_shape",
       [&](const std::string& text) { training.decay_shape = FindScheduleShape(text); }},
      {"patience", whole("patience", &training.patience)}};
}

}  // namespace

LabOptions ParseLabOptions(std::string_view text) {
  LabOptions options;
  std::map<std::string, Setter> setters = SettersOf(&options);
  for (const std::string& part : Split(text, ' ')) {
    if (part.empty()) continue;
    const std::size_t at = part.find('=');
    if (at == std::string::npos || at == 0) Fail(ErrorKind::kOptionForm, {part, "batch=32"});
    const std::string name = part.substr(0, at);
    const std::string value = part.substr(at + 1);
    const auto setter = setters.find(name);
    if (setter == setters.end()) {
      if (!options.training.optimizer.options.emplace(name, NumberOf(name, value)).second)
        FailOption(name, ErrorKind::kOptionTwice);
    } else if (setter->second == nullptr) {
      FailOption(name, ErrorKind::kOptionTwice);
    } else {
      setter->second(value);
      setter->second = nullptr;
    }
  }
  return options;
}

}  // namespace halflife
