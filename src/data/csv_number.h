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
// (Clinger 1990). `digits` is below 2^53.
inline double DecimalNumber(uint64_t digits, unsigned decimals, bool minus) {
  const double size = static_cast<double>(digits) / kPowersOfTen[decimals];
  return std::bit_cast<double>(std::bit_cast<uint64_t>(size) | static_cast<uint64_t>(minus) << 63);
}

// ReadPlainNumber for up to 19 digits; `whole` is behind the sign.
const char* ReadLongerNumber(const char* whole, bool minus, double* value);

// Reads a number at `at`, which ends before whatever is not part of it; returns that end, or null
// where it is none, or not so plain that ReadCell could call it anything but CsvCell::kNumber and
// this exact value.
inline const char* ReadPlainNumber(const char* at, double* value) {
  const bool minus = *at == '-';
  const char* whole = at + (minus ? 1 : 0);
  const uint64_t digits = DigitsOf(LoadWord(whole));
  const unsigned count = FirstByte(MatchNonDigits(digits));
  if (count == 8) return ReadLongerNumber(whole, minus, value);
  if (count == 0 || (count > 1 && whole[0] == '0')) return nullptr;
  const uint64_t number = NumberOfDigits(digits, count);
  const char* point = whole + count;
  if (*point != '.') {
    *value = DecimalNumber(number, 0, minus);
    return point;
  }
  const uint64_t after = DigitsOf(LoadWord(point + 1));
  const unsigned decimals = FirstByte(MatchNonDigits(after));
  if (decimals == 8) return ReadLongerNumber(whole, minus, value);
  if (decimals == 0) return nullptr;
  *value = DecimalNumber(number * kWholePowersOfTen[decimals] + NumberOfDigits(after, decimals),
                         decimals, minus);
  return point + 1 + decimals;
}

}  // namespace halflife
