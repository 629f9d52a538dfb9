#include "model/known_levels.h"

#include <algorithm>

#include "data/boolean_words.h"

namespace halflife {

KnownLevels::KnownLevels(const std::vector<ModelInput>& inputs) {
  for (const ModelInput& input : inputs) {
    if (input.kind == ModelInput::Kind::kLevel) levels_[input.column].insert(input.level);
  }
  for (const auto& [column, levels] : levels_) {
    if (AreBooleans(std::vector<std::string>(levels.begin(), levels.end())))
      booleans_.insert(column);
  }
}

bool KnownLevels::Knows(const std::string& column, const std::string& level) const {
  const std::set<std::string>& levels = levels_.at(column);
  if (!IsBoolean(column)) return levels.count(level) > 0;
  return std::any_of(levels.begin(), levels.end(), [&](const std::string& known) {
    return LowerCase(known) == LowerCase(level);
  });
}

}  // namespace halflife
