// The distinct texts of a field, each with a code, how many cells hold it and where the first is.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "data/csv_swar.h"

namespace halflife {

class TextCodes {
 public:
  // Copies of the first `most_kept` bytes of long texts lie close together: elsewhere each text may
  // be on a page of its own, which has to be found at every look.
  explicit TextCodes(std::size_t most_kept = std::size_t{1} << 19) : most_kept_(most_kept) {
    SetSlots(16);
  }

  // The code of `text`, now for `count` cells more, the first of them at `place`: 0 for the first
  // text, then 1, and so on. The text must last as long as this, and bytes up to `limit`, at or
  // behind its end, may be looked at; CountCopy keeps a text of its own.
  int32_t Count(std::string_view text, const char* limit, uint64_t place, std::size_t count = 1) {
    return CountText(text, limit, {place, count, false});
  }
  int32_t CountCopy(std::string_view text, uint64_t place, std::size_t count = 1) {
    return CountText(text, text.data() + text.size(), {place, count, true});
  }

  // The code of `text`, or -1 where it has none.
  int32_t Find(std::string_view text) const {
    const Key key = KeyOf(text, text.data() + text.size());
    return slots_[SlotOf(key, text.data())] - 1;
  }

  // Of the texts by their codes: how many there are, and each one's bytes, the least of its places
  // and how many cells hold it.
  std::size_t size() const { return texts_.size(); }
  std::string_view text(std::size_t code) const { return {data_[code], texts_[code].size}; }
  uint64_t first(std::size_t code) const { return texts_[code].first; }
  std::size_t count(std::size_t code) const { return texts_[code].count; }

 private:
  // What tells a text from others, by itself up to kKeyBytes.
  static constexpr std::size_t kKeyBytes = 16;
  struct Key {
    uint64_t head = 0;  // the first eight bytes, or all of fewer
    uint64_t tail = 0;  // the last eight, or 0
    uint32_t size = 0;
  };
  struct Text {
    uint64_t head = 0;
    uint64_t tail = 0;
    uint32_t size = 0;
    uint32_t count = 0;  // a table has less than 2^31 rows
    uint64_t first = 0;
  };

  static Key KeyOf(std::string_view text, const char* limit) {
    const auto size = static_cast<uint32_t>(text.size());
    if (size >= 8) return {LoadWord(text.data()), LoadWord(text.data() + size - 8), size};
    const uint64_t word = limit - text.data() >= 8 ? LoadWord(text.data()) : ShortWord(text);
    return {word & ((uint64_t{1} << 8 * size) - 1), 0, size};
  }
  static uint64_t ShortWord(std::string_view text);
  static std::size_t HashOf(const Key& key, const char* data) {
    // Any odd numbers with bits all over; these are digits of the golden ratio and of pi.
    constexpr uint64_t kHead = 0x9E3779B97F4A7C15;
    constexpr uint64_t kTail = 0x243F6A8885A308D3;
    uint64_t hash = (key.head + key.size) * kHead ^ std::rotl(key.tail * kTail, 32);
    for (std::size_t i = 8; i + 8 < key.size; i += 8)
      hash = std::rotl((hash ^ LoadWord(data + i)) * kHead, 32);
    hash ^= hash >> 32;
    hash *= kTail;
    return static_cast<std::size_t>(hash ^ hash >> 32);
  }
  bool Matches(std::size_t code, const Key& key, const char* data) const {
    const Text& text = texts_[code];
    if (text.head != key.head || text.tail != key.tail || text.size != key.size) return false;
    for (std::size_t i = 8; i + 8 < key.size; i += 8) {
      if (LoadWord(data + i) != LoadWord(data_[code] + i)) return false;
    }
    return true;
  }
  struct Cells {
    uint64_t place = 0;
    std::size_t count = 0;
    bool copy = false;
  };
  // The slot that holds the text, or the empty one where it would go.
  std::size_t SlotOf(const Key& key, const char* data) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = HashOf(key, data) & mask;
    while (slots_[slot] != 0 && !Matches(static_cast<std::size_t>(slots_[slot] - 1), key, data))
      slot = (slot + 1) & mask;
    return slot;
  }
  int32_t CountText(std::string_view text, const char* limit, const Cells& cells) {
    const Key key = KeyOf(text, limit);
    const std::size_t slot = SlotOf(key, text.data());
    if (slots_[slot] != 0) {
      const int32_t code = slots_[slot] - 1;
      Text& known = texts_[static_cast<std::size_t>(code)];
      known.count += static_cast<uint32_t>(cells.count);
      if (cells.place < known.first) known.first = cells.place;
      return code;
    }
    const char* data = KeepsCopy(cells.copy, text.size()) ? Copy(text) : text.data();
    return Add(slot, data,
               {key.head, key.tail, key.size, static_cast<uint32_t>(cells.count), cells.place});
  }
  // Short texts are looked at in their keys alone.
  bool KeepsCopy(bool always, std::size_t size) const {
    return always || (size > kKeyBytes && kept_bytes_ + size <= most_kept_);
  }
  const char* Copy(std::string_view text);
  int32_t Add(std::size_t slot, const char* data, const Text& text);
  void SetSlots(std::size_t count);

  std::vector<Text> texts_;
  std::vector<const char*> data_;  // a text's bytes
  std::vector<int32_t> slots_;     // 1 + a code, or 0; a power of two of them, most of them empty
  std::vector<std::unique_ptr<char[]>> kept_;
  std::size_t most_kept_;
  char* free_ = nullptr;  // what is left of the last of them
  std::size_t left_ = 0;
  std::size_t kept_bytes_ = 0;
};

}  // namespace halflife
