#include "data/boolean_words.h"

#include <algorithm>
#include <array>
#include <utility>

namespace halflife {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kPairs = {
    {{"true", "false"}, {"yes", "no"}, {"t", "f"}, {"y", "n"}}};

}  // namespace

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return lower;
}

bool AreBooleans(std::span<const std::string> levels) {
  constexpr std::size_t kMostSpellings = 48;  // 16 of "true" and 32 of "false"
  if (levels.empty() || levels.size() > kMostSpellings) return false;
  return std::any_of(kPairs.begin(), kPairs.end(), [&](const auto& pair) {
    return std::all_of(levels.begin(), levels.end(), [&](const std::string& level) {
      const std::string lower = LowerCase(level.substr(0, 8));
      return lower == pair.first || lower == pair.second;
    });
  });
}

std::vector<std::string> MergedSpellings(std::span<const std::string> levels) {
  std::vector<std::string> merged;
  for (const std::string& level : levels) {
    const std::string lower = LowerCase(level);
    const auto spellings =
        std::count_if(levels.begin(), levels.end(),
                      [&](const std::string& other) { return LowerCase(other) == lower; });
    merged.push_back(spellings > 1 ? lower : level);
  }
  return merged;
}

}  // namespace halflife
