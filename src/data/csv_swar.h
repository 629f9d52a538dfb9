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

// The digits of `word` as numbers from 0 to 9, and what else it holds as something above.
inline uint64_t DigitsOf(uint64_t word) { return word ^ (kByteOnes * '0'); }

// The high bit of each byte of DigitsOf() that is no digit, exactly.
inline uint64_t MatchNonDigits(uint64_t digits) {
  constexpr uint64_t kToHigh = kByteOnes * 0x76;  // takes 10 and no 9 to the high bit
  return (((digits & ~kByteHighs) + kToHigh) | digits) & kByteHighs;
}

// The high bit of each byte of `word` that is neither minus, point, slash nor digit, exactly: these
// follow each other.
inline uint64_t MatchOutsideNumbers(uint64_t word) {
  constexpr uint64_t kFromMinus = kByteOnes * (0x80 - '-');
  constexpr uint64_t kBeyondNine = kByteOnes * (0x7F - '9');
  const uint64_t low = word & ~kByteHighs;
  return ((low + kBeyondNine) | ~(low + kFromMinus) | word) & kByteHighs;
}

// The byte of the first bit that a match has, or 8.
inline unsigned FirstByte(uint64_t match) {
  return static_cast<unsigned>(std::countr_zero(match)) / 8;
}

// The number of the first `count` digits of `digits`, 1 to 8 of them: pairs, fours and eight at
// once.
inline uint64_t NumberOfDigits(uint64_t digits, unsigned count) {
  const uint64_t last = digits << (64 - 8 * count);  // zeros before the first
  const uint64_t pairs = (last * 10 + (last >> 8)) & 0x00FF00FF00FF00FF;
  const uint64_t fours = (pairs * 100 + (pairs >> 16)) & 0x0000FFFF0000FFFF;
  return (fours * 10000 + (fours >> 32)) & 0xFFFFFFFF;
}

}  // namespace halflife
