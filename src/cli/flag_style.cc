#include "cli/flag_style.h"

#include <algorithm>
#include <utility>

namespace halflife {

std::string FlagStyle(std::string_view name, std::string_view value) {
  // Flags that are called otherwise than the options that they set.
  static constexpr std::pair<std::string_view, std::string_view> kOthers[] = {
      {"patience", "early-stopping"},
      {"numbers", "number"},
      {"categories", "category"},
      {"decays", "decay"},
      {"lrs", "lr"}};
  std::string flag(name);
  for (const auto& [option, other] : kOthers) {
    if (name == option) flag = other;
  }
  std::replace(flag.begin(), flag.end(), '_', '-');
  return "--" + flag + (value.empty() ? "" : " " + std::string(value));
}

std::string BareName(std::string_view flag) {
  flag.remove_prefix(std::min(flag.find_first_not_of('-'), flag.size()));
  std::string name(flag);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

}  // namespace halflife
