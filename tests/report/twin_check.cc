#include "report/twin_check.h"

#include <algorithm>
#include <regex>
#include <vector>

namespace halflife {
namespace {

// Characters as code points; the texts are valid UTF-8.
std::u32string CodePoints(const std::string& text) {
  std::u32string points;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) == 0x80U) {
      points.back() = (points.back() << 6U) | (byte & 0x3FU);
    } else {
      points.push_back(byte < 0x80 ? byte : byte < 0xE0 ? byte & 0x1FU : byte & 0x0FU);
    }
  }
  return points;
}

bool IsHan(char32_t c) { return c >= 0x4E00 && c <= 0x9FFF; }

// 、 。 and what is full-width; the two dashes and dots that Chinese sets in pairs.
bool IsWideMark(char32_t c) {
  return (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFFEF) || c == 0x2026;
}

bool IsBlank(char32_t c) { return c == ' ' || c == 0xA0; }

bool IsLatin(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

std::string SpacingProblem(const std::string& chinese) {
  const std::u32string text = CodePoints(chinese);
  if (IsBlank(text.front()) || IsBlank(text.back())) return "a space at an end";
  for (std::size_t i = 1; i < text.size(); ++i) {
    const char32_t a = text[i - 1];
    const char32_t b = text[i];
    if ((IsHan(a) && IsLatin(b)) || (IsLatin(a) && IsHan(b))) return "no space beside Latin";
    if (IsBlank(a) && IsBlank(b)) return "two spaces";
    if ((IsBlank(a) && IsWideMark(b)) || (IsWideMark(a) && IsBlank(b))) return "a space at a mark";
    if (i > 1 && IsHan(text[i - 2]) && IsBlank(a) && IsHan(b)) return "a space between Chinese";
    const std::u32string_view halves = U",;:.!?";
    if (IsHan(a) && halves.find(b) != std::u32string_view::npos) return "a half-width mark";
  }
  return "";
}

std::vector<std::string> All(const std::string& text, const std::regex& what) {
  return {std::sregex_token_iterator(text.begin(), text.end(), what), {}};
}

std::vector<std::string> SortedDigits(const std::string& text) {
  static const std::regex kDigits("[0-9]+");
  std::vector<std::string> digits = All(text, kDigits);
  std::sort(digits.begin(), digits.end());
  return digits;
}

// The first word of English, or "".
std::string EnglishWord(const std::string& text, const std::set<std::string>& latin) {
  // Options with what they are set to, and decay as a symbol beside what it multiplies.
  static const std::regex kCode(R"(--[a-z-]+( [a-z_]+)?|lr ?\* ?decay|decay(/2)? \* (\|\||w|\())");
  static const std::regex kWord("[A-Za-z_][A-Za-z_0-9]{2,}");
  for (const std::string& word : All(std::regex_replace(text, kCode, ""), kWord)) {
    const auto letters = std::count_if(word.begin(), word.end(),
                                       [](char c) { return c != '_' && (c < '0' || c > '9'); });
    if (letters > 2 && latin.count(word) == 0) return word;
  }
  return "";
}

}  // namespace

std::string TwinProblem(const std::string& english, const std::string& chinese,
                        const std::set<std::string>& latin) {
  if (english.empty() != chinese.empty()) return "one is empty";
  if (chinese.empty()) return "";
  const std::u32string points = CodePoints(chinese);
  const std::string word = EnglishWord(chinese, latin);
  if (!word.empty()) return "English: " + word;
  const bool names_alone = EnglishWord(english, latin).empty();
  if (!names_alone && std::none_of(points.begin(), points.end(), IsHan)) return "no Chinese";
  if (SortedDigits(english) != SortedDigits(chinese)) return "other digits";
  return SpacingProblem(chinese);
}

}  // namespace halflife
