// Eight bytes at a time in a 64-bit word: finds bytes without a branch for each.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace halflife {

static_assert(std::endian::native == std::endian::little, "the lowest byte must come first");

inline constexpr uint64_t kByteOnes = 0x0101010101010101;
inline constexpr uint64_t kByteHighs = 0x8080808080808080;

inline uint64_t LoadWord(const char* from) {
  uint64_t word = 0;
  std::memcpy(&word, from, sizeof(word));
  return word;
}

// The high bit of each byte of `word` that is `c`, exactly.
inline uint64_t MatchBytes(uint64_t word, char c) {
  const uint64_t x = word ^ (kByteOnes * static_cast<unsigned char>(c));
  return ~(((x & ~kByteHighs) + ~kByteHighs) | x | ~kByteHighs);
}

// As MatchBytes, but bytes above the first match may be marked wrongly.
inline uint64_t MatchFirstByte(uint64_t word, char c) {
  const uint64_t x = word ^ (kByteOnes * static_cast<unsigned char>(c));
  return (x - kByteOnes) & ~x & kByteHighs;
}

}  // namespace halflife
