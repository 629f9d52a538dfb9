#include "data/blanks.h"

#include <array>

namespace halflife {
namespace {

// U+00A0 no-break, U+2007 figure, U+2009 thin, U+202F narrow no-break.
constexpr std::array<std::string_view, 4> kWideBlanks = {"\xC2\xA0", "\xE2\x80\x87", "\xE2\x80\x89",
                                                         "\xE2\x80\xAF"};

bool IsAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }

std::size_t BlankAtEnd(std::string_view text) {
  if (text.ends_with(' ') || text.ends_with('\t')) return 1;
  if (text.empty() || IsAscii(text.back())) return 0;
  for (const std::string_view blank : kWideBlanks) {
    if (text.ends_with(blank)) return blank.size();
  }
  return 0;
}

}  // namespace

std::size_t BlankAtStart(std::string_view text) {
  if (text.starts_with(' ') || text.starts_with('\t')) return 1;
  if (text.empty() || IsAscii(text.front())) return 0;
  for (const std::string_view blank : kWideBlanks) {
    if (text.starts_with(blank)) return blank.size();
  }
  return 0;
}

std::string_view TrimBlanks(std::string_view text) {
  while (const std::size_t size = BlankAtStart(text)) text.remove_prefix(size);
  while (const std::size_t size = BlankAtEnd(text)) text.remove_suffix(size);
  return text;
}

}  // namespace halflife
