// Options of the command line that take one of a few names, or a whole number of a range.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/text.h"

namespace halflife {

template <typename T>
using Choices = std::map<std::string, T>;

using FlagCheck = std::function<std::string(const std::string&)>;  // what is wrong with it; or ""

template <typename T>
FlagCheck OneOf(const Choices<T>& choices) {
  std::vector<std::string> names;
  names.reserve(choices.size());
  for (const auto& [name, value] : choices) names.push_back(name);
  return [names](const std::string& text) {
    if (std::find(names.begin(), names.end(), text) != names.end()) return std::string();
    const std::string near = Nearest(text, names);
    return Quoted(text) + " is none of " + Join(names, ", ") +
           (near.empty() ? "" : "; did you mean " + Quoted(near) + "?");
  };
}

inline constexpr long long kWithoutEnd = 1000000000;

inline FlagCheck WholeNumber(long long low, long long high = kWithoutEnd) {
  return [low, high](const std::string& text) {
    double value = 0.0;
    const bool whole = ParseNumber(text, &value) && value == std::floor(value);
    if (!whole) return Quoted(text) + " is not a whole number";
    if (value >= static_cast<double>(low) && value <= static_cast<double>(high))
      return std::string();
    const std::string end = high < kWithoutEnd ? "to " + std::to_string(high) : "up";
    return text + " is not from " + std::to_string(low) + " " + end;
  };
}

// A finite number from 0 to `most`.
inline FlagCheck NumberUpTo(double most) {
  return [most](const std::string& text) {
    double value = 0.0;
    if (ParseNumber(text, &value) && value >= 0.0 && value <= most) return std::string();
    return Quoted(text) + " is not a number from 0 to " + ShortestNumber(most);
  };
}

}  // namespace halflife
