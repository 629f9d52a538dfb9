// What a mistyped word of the command line was meant to be.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace halflife {

// A word that the program knows: `name` without dashes, `shown` as it is to be typed.
struct KnownWord {
  std::string name;
  std::string shown;
};

// "; did you mean --seed?" for the known word that `typed` (without dashes) is most like: spelt the
// same but for case and underscores, another library's word for the same, a slip away, or the
// beginning of up to three. "" where nothing is near.
std::string SuggestWord(std::string_view typed, const std::vector<KnownWord>& known);

}  // namespace halflife
