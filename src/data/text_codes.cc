#include "data/text_codes.h"

#include <algorithm>
#include <cstring>

namespace halflife {

uint64_t TextCodes::ShortWord(std::string_view text) {
  uint64_t word = 0;
  std::memcpy(&word, text.data(), text.size());
  return word;
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
  // Many slots make quick looks, as long as they are few enough to stay in the cache.
  constexpr std::size_t kFew = std::size_t{1} << 16;
  const std::size_t most = slots_.size() / (slots_.size() < kFew ? 4 : 2);
  if (texts_.size() >= most) SetSlots(2 * slots_.size());
  return static_cast<int32_t>(texts_.size() - 1);
}

void TextCodes::SetSlots(std::size_t count) {
  slots_.assign(count, 0);
  const std::size_t mask = count - 1;
  for (std::size_t code = 0; code < texts_.size(); ++code) {
    std::size_t slot =
        HashOf({texts_[code].head, texts_[code].tail, texts_[code].size}, data_[code]) & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<int32_t>(code + 1);
  }
}

}  // namespace halflife
