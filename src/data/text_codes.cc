#include "data/text_codes.h"

#include <cstring>

namespace halflife {

// The bytes of up to seven, each at least once.
uint64_t TextCodes::ShortWord(const char* at, std::size_t size) {
  if (size >= 4) {
    uint32_t first = 0;
    uint32_t last = 0;
    std::memcpy(&first, at, sizeof(first));
    std::memcpy(&last, at + size - sizeof(last), sizeof(last));
    return first | static_cast<uint64_t>(last) << 32;
  }
  if (size == 0) return 0;
  const auto byte = [&](std::size_t i) {
    return static_cast<uint64_t>(static_cast<unsigned char>(at[i]));
  };
  return byte(0) | byte(size / 2) << 8 | byte(size - 1) << 16;
}

const char* TextCodes::Copy(std::string_view text) {
  constexpr std::size_t kBlock = std::size_t{1} << 14;
  if (text.size() > left_) {
    left_ = std::max(kBlock, text.size());
    kept_.push_back(std::make_unique<char[]>(left_));
    free_ = kept_.back().get();
  }
  char* const at = free_;
  std::copy(text.begin(), text.end(), at);
  free_ += text.size();
  left_ -= text.size();
  kept_bytes_ += text.size();
  return at;
}

int32_t TextCodes::Add(std::size_t slot, const char* data, const Text& text) {
  data_.push_back(data);
  texts_.push_back(text);
  slots_[slot] = static_cast<int32_t>(texts_.size());
  if (2 * (texts_.size() + 1) > slots_.size()) SetSlots(2 * slots_.size());
  return static_cast<int32_t>(texts_.size() - 1);
}

void TextCodes::SetSlots(std::size_t count) {
  slots_.assign(count, 0);
  const std::size_t mask = count - 1;
  for (std::size_t code = 0; code < texts_.size(); ++code) {
    std::size_t slot = HashOf(texts_[code], data_[code]) & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<int32_t>(code + 1);
  }
}

}  // namespace halflife
