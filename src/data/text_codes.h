// The distinct texts of a field, each with a code, how many cells hold it and where the first is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace halflife {

class TextCodes {
 public:
  struct Text {
    const char* data = nullptr;
    uint32_t size = 0;
    uint32_t hash = 0;
    uint64_t first = 0;  // the least `place` that it was counted at
    uint64_t count = 0;

    std::string_view view() const { return {data, size}; }
  };

  // The code of `text`, for `count` cells that hold it from `place` on: 0 for the first text, then
  // 1, and so on. The text must last as long as this; CountCopy keeps one of its own.
  int32_t Count(std::string_view text, uint64_t place, uint64_t count = 1) {
    return CountHashed(text, HashOf(text), place, count);
  }
  int32_t CountCopy(const std::string& text, uint64_t place);

  // The same for a text of other codes, whose hash is known.
  int32_t CountText(const Text& text) {
    return CountHashed(text.view(), text.hash, text.first, text.count);
  }

  const std::vector<Text>& texts() const { return texts_; }  // by their codes

 private:
  static uint32_t HashOf(std::string_view text);
  int32_t CountHashed(std::string_view text, uint32_t hash, uint64_t place, uint64_t count);
  void Grow();

  std::vector<Text> texts_;
  std::vector<int32_t> slots_;  // 1 + a code, or 0; a power of two of them, half of them empty
  std::vector<std::unique_ptr<const std::string>> copies_;
};

}  // namespace halflife
