// One cell as a number that people write: its affixes, its digits and what separates them. Which of
// several readings is meant is the column's to decide (column_reading.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "halflife/table.h"

namespace halflife {

// What separates groups of three digits, and what the decimals. A number without separators is the
// same in all of them.
enum class Grouping : uint8_t {
  kCommaPoint,  // 1,234.5; also 1234.5
  kPointComma,  // 1.234,5
  kBlankPoint,  // 1 234.5
  kBlankComma,
  kApostrophePoint,  // 1'234.5
  kApostropheComma,
};
inline constexpr int kGroupings = 6;
inline constexpr uint8_t kEveryGrouping = (1U << kGroupings) - 1;
inline constexpr uint8_t kDecimalCommas = 0b101010;  // bits of those with a decimal comma

// The bits of the groupings that numbers with these marks may have; all of them without marks.
// Where only a decimal point is known, commas may be either.
uint8_t GroupingsOf(const NumberMarks& marks);

struct NumberText {
  // Bits of `marks`.
  static constexpr uint16_t kPercent = 1;
  static constexpr uint16_t kParentheses = 2;  // around a negative number
  static constexpr uint16_t kFortran = 4;      // an exponent with D, and a point or a sign
  static constexpr uint16_t kBareFortran = 8;  // one without either, as codes may have: 12D5
  static constexpr uint16_t kComma = 16;
  static constexpr uint16_t kPoint = 32;
  static constexpr uint16_t kBlank = 64;
  static constexpr uint16_t kApostrophe = 128;
  static constexpr uint16_t kLeadingZero = 256;  // nothing but digits, two or more, the first a 0

  uint16_t marks = 0;
  bool negative = false;
  std::string_view currency;  // part of the cell, "" where there is none
  std::string_view minus;     // likewise, where it is no plain hyphen
  std::string digits;         // separators as , . blank and '
  std::string exponent;       // "e-3", or ""
};

// Reads a cell: optional sign, currency before or after, % after or parentheses around, digits with
// separators, an exponent with e, E, d or D; blanks of any kind between these. False for all else.
bool ReadNumberText(std::string_view text, NumberText* number);

// The bits (1 << Grouping) of the groupings in which `number` is well formed.
uint8_t GroupingsOf(const NumberText& number);

// The value of `number`, infinite if it is beyond a double; NaN if it is not well formed in
// `grouping`. A percentage is the number before its sign.
double ValueOf(const NumberText& number, Grouping grouping);

// Whether `number` is a whole number beyond 2^53 that no double holds.
bool LosesDigits(const NumberText& number, Grouping grouping);

}  // namespace halflife
