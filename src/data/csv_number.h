// The quick way to read what nearly all cells of numbers are: an optional minus and a few decimal
// digits with a point among them, read eight bytes at a time from where they stand in the file.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "data/csv_swar.h"

namespace halflife {

// How many bytes from its start on ReadPlainNumber may look at.
inline constexpr std::size_t kPlainNumberBytes = 64;

inline constexpr auto kWholePowersOfTen =
    std::to_array<uint64_t>({1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000});

// Every one of them is exact.
inline constexpr auto kPowersOfTen =
    std::to_array<double>({1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,
                           1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19});

// digits / 10^decimals, the double nearest to it: where both are exact, one division rounds once
// (Clinger 1990). `digits` is below 2^53, `minus` 1 or 0.
inline double DecimalNumber(uint64_t digits, unsigned decimals, uint64_t minus) {
  const double size = static_cast<double>(static_cast<int64_t>(digits)) / kPowersOfTen[decimals];
  return std::bit_cast<double>(std::bit_cast<uint64_t>(size) | minus << 63);
}

// 1 where `c` is a minus, else 0; no branch, for signs come as they like.
inline unsigned IsMinus(char c) {
  return (static_cast<unsigned>(static_cast<unsigned char>(c) ^ '-') - 1) >> 31;
}

// How many of the bytes at `at` a number may be made of; 16 where they are that or more.
inline unsigned BytesOfNumber(const char* at) {
  const uint64_t first = MatchOutsideNumbers(LoadWord(at));
  const uint64_t second = MatchOutsideNumbers(LoadWord(at + 8));
  return first != 0 ? FirstByte(first) : 8 + FirstByte(second);
}

// ReadPlainNumber for up to 19 digits, point or not.
const char* ReadLongerNumber(const char* at, double* value);

// Reads a number at `at`, which ends before whatever is not part of it; returns that end, or null
// where it is none, or not so plain that ReadCell could call it anything but CsvCell::kNumber and
// this exact value. The end is found first and by little, for the next cell waits for nothing else.
inline const char* ReadPlainNumber(const char* at, double* value) {
  const unsigned bytes = BytesOfNumber(at);
  if (bytes == 16) return ReadLongerNumber(at, value);
  const unsigned minus = IsMinus(*at);
  const char* whole = at + minus;
  const unsigned size = bytes - minus;
  const uint64_t digits = DigitsOf(LoadWord(whole));
  const uint64_t others = MatchNonDigits(digits);
  const unsigned count = FirstByte(others);
  if (count == 0 || (count > 1 && *whole == '0')) return nullptr;
  if (count >= size) {
    *value = DecimalNumber(NumberOfDigits(digits, size), 0, minus);
    return at + bytes;
  }
  const unsigned decimals = size - count - 1;
  if (size <= 8) {
    // The digits in one word: those behind the point move up to those before it.
    const bool plain =
        whole[count] == '.' && FirstByte(others & (others - 1)) == size && decimals > 0;
    if (!plain) return nullptr;
    const uint64_t before = (uint64_t{1} << 8 * count) - 1;
    const uint64_t joined = (digits & before) | (digits >> 8 & ~before);
    *value = DecimalNumber(NumberOfDigits(joined, size - 1), decimals, minus);
    return at + bytes;
  }
  if (count == 8 || decimals > 8) return ReadLongerNumber(at, value);
  const uint64_t after = DigitsOf(LoadWord(whole + count + 1));
  if (whole[count] != '.' || decimals == 0 || FirstByte(MatchNonDigits(after)) < decimals)
    return nullptr;
  const uint64_t number = NumberOfDigits(digits, count) * kWholePowersOfTen[decimals];
  *value = DecimalNumber(number + NumberOfDigits(after, decimals), decimals, minus);
  return at + bytes;
}

}  // namespace halflife
