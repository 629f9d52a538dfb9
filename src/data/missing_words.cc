#include "data/missing_words.h"

#include <algorithm>
#include <array>

namespace halflife {
namespace {

// In lower case: what R, pandas, SQL, SAS, Excel and people write.
constexpr auto kMissingWords = std::to_array<std::string_view>({
    "na",
    "nan",
    "null",
    "n/a",
    "#n/a",
    "#n/a n/a",
    "#na",
    "n.a.",
    "n.a",
    "n/d",
    "<na>",
    "<null>",
    "(null)",
    "(blank)",
    "[null]",
    "\\n",
    "none",
    "nil",
    "nat",
    "-nan",
    "+nan",
    "nan(ind)",
    "-nan(ind)",
    "1.#qnan",
    "-1.#qnan",
    "1.#ind",
    "-1.#ind",
    "#div/0!",
    "#value!",
    "#ref!",
    "#name?",
    "#num!",
    "#null!",
    "missing",
    "unknown",
    "undefined",
    "no data",
    "not available",
    "not applicable",
    "-",
    "--",
    "---",
    "\xE2\x80\x93",  // en dash
    "\xE2\x80\x94",  // em dash
    "\xE2\x88\x92",  // minus sign
    ".",
    "..",
    "...",
    "\xE2\x80\xA6",  // ellipsis
    "*",
    "**",
    "??",
});

bool EqualsIgnoringCase(std::string_view text, std::string_view lower) {
  const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; };
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), same);
}

}  // namespace

bool IsMissing(std::string_view text) {
  if (text.size() > 4) return false;
  // Na is sodium, Nan and Null are names.
  static constexpr std::string_view kWords[] = {"",    "?",   "NA",   "na",  "NaN",
                                                "nan", "NAN", "null", "NULL"};
  return std::find(std::begin(kWords), std::end(kWords), text) != std::end(kWords);
}

bool IsMissingWord(std::string_view text) {
  constexpr std::size_t kLongest = 14;
  if (text.size() > kLongest) return false;
  return IsMissing(text) ||
         std::any_of(kMissingWords.begin(), kMissingWords.end(),
                     [&](std::string_view word) { return EqualsIgnoringCase(text, word); });
}

}  // namespace halflife
