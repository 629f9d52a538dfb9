#include "data/text_codes.h"

#include <algorithm>
#include <cstring>

#include "data/csv_swar.h"

namespace halflife {
namespace {

uint64_t MixHash(uint64_t hash, uint64_t word) {
  constexpr uint64_t kOdd = 0x9E3779B97F4A7C15;  // 2^64 over the golden ratio
  hash = (hash ^ word) * kOdd;
  return hash ^ (hash >> 32);
}

// The bytes of up to seven, each at least once.
uint64_t ShortWord(const char* at, std::size_t size) {
  if (size >= 4) {
    uint32_t first = 0;
    uint32_t last = 0;
    std::memcpy(&first, at, sizeof(first));
    std::memcpy(&last, at + size - sizeof(last), sizeof(last));
    return first | static_cast<uint64_t>(last) << 32;
  }
  if (size == 0) return 0;
  const auto byte = [&](std::size_t i) {
    return static_cast<uint64_t>(static_cast<uint8_t>(at[i]));
  };
  return byte(0) | byte(size / 2) << 8 | byte(size - 1) << 16;
}

bool SameBytes(const char* a, const char* b, std::size_t size) {
  if (size < 8) return ShortWord(a, size) == ShortWord(b, size);
  for (std::size_t i = 0; i + 8 < size; i += 8) {
    if (LoadWord(a + i) != LoadWord(b + i)) return false;
  }
  return LoadWord(a + size - 8) == LoadWord(b + size - 8);
}

}  // namespace

uint32_t TextCodes::HashOf(std::string_view text) {
  uint64_t hash = text.size();
  if (text.size() < 8) {
    hash = MixHash(hash, ShortWord(text.data(), text.size()));
  } else {
    for (std::size_t i = 0; i + 8 < text.size(); i += 8)
      hash = MixHash(hash, LoadWord(text.data() + i));
    hash = MixHash(hash, LoadWord(text.data() + text.size() - 8));
  }
  return static_cast<uint32_t>(MixHash(hash, 0));
}

int32_t TextCodes::CountHashed(std::string_view text, uint32_t hash, uint64_t place,
                               uint64_t count) {
  if (2 * (texts_.size() + 1) > slots_.size()) Grow();
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
    Text& known = texts_[static_cast<std::size_t>(slots_[slot] - 1)];
    if (known.hash != hash || known.size != text.size() ||
        !SameBytes(known.data, text.data(), text.size()))
      continue;
    known.count += count;
    known.first = std::min(known.first, place);
    return slots_[slot] - 1;
  }
  texts_.push_back({text.data(), static_cast<uint32_t>(text.size()), hash, place, count});
  slots_[slot] = static_cast<int32_t>(texts_.size());
  return slots_[slot] - 1;
}

int32_t TextCodes::CountCopy(const std::string& text, uint64_t place) {
  const std::size_t before = texts_.size();
  const int32_t code = Count(text, place);
  if (texts_.size() == before) return code;
  copies_.push_back(std::make_unique<const std::string>(text));
  texts_.back().data = copies_.back()->data();
  return code;
}

void TextCodes::Grow() {
  constexpr std::size_t kFirstSlots = 64;
  slots_.assign(std::max(kFirstSlots, 2 * slots_.size()), 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t code = 0; code < texts_.size(); ++code) {
    std::size_t slot = texts_[code].hash & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<int32_t>(code + 1);
  }
}

}  // namespace halflife
