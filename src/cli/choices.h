// Options of the command line that take one of a few names.
#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <string>
#include <vector>

namespace halflife {

template <typename T>
using Choices = std::map<std::string, T>;

template <typename T>
CLI::IsMember OneOf(const Choices<T>& choices) {
  std::vector<std::string> names;
  names.reserve(choices.size());
  for (const auto& [name, value] : choices) names.push_back(name);
  return CLI::IsMember(names);
}

}  // namespace halflife
