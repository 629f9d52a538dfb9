#include "cli/flag_style.h"

#include <algorithm>

namespace halflife {

std::string FlagStyle(std::string_view name, std::string_view value) {
  // The one flag that is called otherwise than the option that it sets.
  std::string flag = name == "patience" ? "early-stopping" : std::string(name);
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
