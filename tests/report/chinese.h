// What Chinese text holds, for the tests of sentences in both languages.
#pragma once

#include <string_view>

namespace halflife {

// Whether some character is of the block U+4E00 to U+9FFF, whose first byte is E4 to E9.
inline bool HasHan(std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0xE4 && byte <= 0xE9) return true;
  }
  return false;
}

}  // namespace halflife
