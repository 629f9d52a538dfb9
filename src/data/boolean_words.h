// Levels that are the two of a pair: true and false, yes and no, t and f, y and n, in any case.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halflife {

// `text` with A to Z in lower case.
std::string LowerCase(std::string_view text);

// Whether all of `levels` (at least one) belong to one such pair.
bool AreBooleans(std::span<const std::string> levels);

// For each of `levels`, which are booleans, the spelling that stays: its own where its word has one
// spelling, else the one in lower case.
std::vector<std::string> MergedSpellings(std::span<const std::string> levels);

}  // namespace halflife
