#include "report/cpp_code.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "optim/groups.h"
#include "report/code_string.h"
#include "report/schedule_code.h"

namespace halflife {
namespace {

// One assignment a line.
class CppWriter {
 public:
  void Set(const std::string& to, const std::string& value) {
    code_ += fmt::format("{} = {};\n", to, value);
  }

  // A group's own constant 1 stands for what it would inherit.
  void Settings(const std::string& of, const halflife::Settings& settings, bool inherits) {
    if (settings.rule) Set(of + ".rule", CodeString(*settings.rule));
    for (const auto& [name, value] : settings.options)
      Set(fmt::format("{}.options[{}]", of, CodeString(name)), ShortestNumber(value));
    if (settings.law) Set(of + ".law", "halflife::DecayLaw::" + CppEnumerator(Name(*settings.law)));
    if (settings.lr) Set(of + ".lr", ShortestNumber(*settings.lr));
    if (settings.decay) Set(of + ".decay", ShortestNumber(*settings.decay));
    Schedule(of + ".lr_schedule", settings.lr_schedule, inherits);
    Schedule(of + ".decay_schedule", settings.decay_schedule, inherits);
    if (settings.penalty) {
      Set(of + ".penalty", "halflife::ProximalPenalty::" + CppEnumerator(Name(*settings.penalty)));
    }
    if (settings.l1_ratio) Set(of + ".l1_ratio", ShortestNumber(*settings.l1_ratio));
    if (settings.center)
      Set(of + ".center", "halflife::DecayCenter::" + CppEnumerator(Name(*settings.center)));
  }

  void AddGroup(const Group& group) {
    code_ += "options.groups.emplace_back();\n";
    const std::string of = "options.groups.back()";
    Set(of + ".name", CodeString(group.name));
    Settings(of, group, true);
    for (const ParameterKind kind : group.kinds) {
      code_ += fmt::format("{}.kinds.push_back(halflife::ParameterKind::{});\n", of,
                           CppEnumerator(Name(kind)));
    }
    for (const std::string& pattern : group.patterns)
      code_ += fmt::format("{}.patterns.push_back({});\n", of, CodeString(pattern));
    const Group none;
    if (group.min_dims != none.min_dims) Set(of + ".min_dims", std::to_string(group.min_dims));
    if (group.max_dims != none.max_dims) Set(of + ".max_dims", std::to_string(group.max_dims));
    if (group.lr_scale != 1) Set(of + ".lr_scale", ShortestNumber(group.lr_scale));
  }

  void Rest(const OptimizerOptions& options) {
    if (options.policy == DecayPolicy::kAll) Set("options.policy", "halflife::DecayPolicy::kAll");
    if (options.missing_gradient == MissingGradient::kDecay)
      Set("options.missing_gradient", "halflife::MissingGradient::kDecay");
    if (options.non_finite == NonFinite::kError)
      Set("options.non_finite", "halflife::NonFinite::kError");
    if (options.non_finite == NonFinite::kSkipStep)
      Set("options.non_finite", "halflife::NonFinite::kSkipStep");
    if (options.gradient_scale != 1)
      Set("options.gradient_scale", ShortestNumber(options.gradient_scale));
    if (options.clip_norm > 0) Set("options.clip_norm", ShortestNumber(options.clip_norm));
    if (options.clip_value > 0) Set("options.clip_value", ShortestNumber(options.clip_value));
  }

  const std::string& code() const { return code_; }

 private:
  void Schedule(const std::string& to, const std::optional<halflife::Schedule>& schedule,
                bool inherits) {
    if (schedule && (inherits || !schedule->IsOne())) Set(to, CppSchedule(*schedule));
  }

  std::string code_ = "halflife::OptimizerOptions options;\n";
};

// Whether a rule of it keeps an average of the weights, which is what was evaluated.
bool KeepsAverage(const OptimizerOptions& options) {
  const std::vector<ResolvedGroup> groups = ResolveGroups(options);
  return std::any_of(groups.begin(), groups.end(), [](const ResolvedGroup& group) {
    const ElementwiseRule* const rule = group.rule->elementwise;
    return rule != nullptr && rule->average != nullptr;
  });
}

}  // namespace

std::string CppEnumerator(std::string_view name) {
  std::string text = "k";
  bool upper = true;
  for (const char c : name) {
    if (c == ' ') {
      upper = true;
      continue;
    }
    text += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    upper = false;
  }
  return text;
}

std::string CppCode(const TrainingSummary& training) {
  const OptimizerOptions& options = training.optimizer;
  CppWriter writer;
  writer.Settings("options", options, false);
  for (const Group& group : options.groups) writer.AddGroup(group);
  writer.Rest(options);
  std::string code = writer.code() + "halflife::Optimizer optimizer(parameters, options);\n";
  if (KeepsAverage(options)) code += "// evaluate with optimizer.AverageWeights(i, out)\n";
  return code;
}

}  // namespace halflife
