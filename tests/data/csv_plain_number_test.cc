// The quick way to read numbers against the general one and against the C library: the same bits,
// or left to the general one.
#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "data/csv_cell.h"
#include "data/csv_number.h"

namespace halflife {
namespace {

bool IsPlainDigit(char c) { return c >= '0' && c <= '9'; }

// Whether the quick way has to take `text`: digits with at most one point among them, no zero
// before another digit in front, and altogether a whole number below 2^53 of at most 19 digits.
bool IsPlain(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string whole(text.substr(0, point));
  const std::string decimals(point == text.npos ? "" : text.substr(point + 1));
  const std::string digits = whole + decimals;
  if (whole.empty() || (point != text.npos && decimals.empty())) return false;
  if (whole.size() > 1 && whole.front() == '0') return false;
  for (const char c : digits) {
    if (!IsPlainDigit(c)) return false;
  }
  return digits.size() <= 19 && std::strtoull(digits.c_str(), nullptr, 10) < uint64_t{1} << 53;
}

// `text` and what follows it, at the end of memory that is as large as may be looked at.
class Placed {
 public:
  Placed(const std::string& text, const std::string& after)
      : bytes_(text.size() + kPlainNumberBytes, '7'), size_(text.size()) {
    std::copy(text.begin(), text.end(), bytes_.begin());
    std::copy(after.begin(), after.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(size_));
  }
  const char* begin() const { return bytes_.data(); }
  const char* end() const { return bytes_.data() + size_; }

 private:
  std::vector<char> bytes_;
  std::size_t size_;
};

void ExpectAsTheGeneralWay(const std::string& text, const std::string& after) {
  const Placed placed(text, after);
  double quick = 0.0;
  const char* const stop = ReadPlainNumber(placed.begin(), &quick);
  ASSERT_EQ(stop == placed.end(), IsPlain(text)) << text << " before " << after;
  if (stop != placed.end()) return;
  double general = 0.0;
  ASSERT_EQ(ReadCell({.text = text}, &general), CsvCell::kNumber) << text;
  ASSERT_EQ(std::bit_cast<uint64_t>(quick), std::bit_cast<uint64_t>(general)) << text;
  const double library = std::strtod(text.c_str(), nullptr);
  ASSERT_EQ(std::bit_cast<uint64_t>(quick), std::bit_cast<uint64_t>(library)) << text;
}

constexpr auto kAfter =
    std::to_array<const char*>({",", ";", "\t", "|", " ", "\n", "\r\n", "\r", ":", "\"", "+", "~"});

std::string RandomDigits(std::size_t count, Random* random) {
  std::string digits;
  for (; count > 0; --count) digits += static_cast<char>('0' + random->Below(10));
  return digits;
}

TEST(CsvPlainNumber, EveryLengthBeforeAndBehindThePointIsReadToTheLastBit) {
  Random random(71);
  for (std::size_t whole = 0; whole <= 22; ++whole) {
    for (std::size_t decimals = 0; decimals <= 22; ++decimals) {
      for (int draw = 0; draw < 500; ++draw) {
        std::string text = random.Below(2) == 0 ? "-" : "";
        text += RandomDigits(whole, &random);
        if (decimals > 0 || random.Below(4) == 0) text += "." + RandomDigits(decimals, &random);
        ExpectAsTheGeneralWay(text, kAfter[random.Below(kAfter.size())]);
      }
    }
  }
}

TEST(CsvPlainNumber, TheEdgesOfWhatIsExactAreKnown) {
  for (const char* text : {"0",
                           "-0",
                           "0.0",
                           "-0.000000",
                           "9007199254740991",
                           "9007199254740992",
                           "9007199254740993",
                           "-9007199254740991",
                           "0.9007199254740991",
                           "9.007199254740992",
                           "900719925474099.1",
                           "0.000000000000000001",
                           "0.0000000000000000001",
                           "1234567",
                           "12345678",
                           "123456789",
                           "1234567.8",
                           "12345678.9",
                           "1.2345678",
                           "1.23456789",
                           "0.12345678",
                           "0.123456789",
                           "9999999999999999999",
                           "99999999999999999999",
                           "1844674407370955161.6",
                           "18446744073709551616"})
    for (const char* after : kAfter) ExpectAsTheGeneralWay(text, after);
}

TEST(CsvPlainNumber, WhatIsNotPlainIsLeftToTheGeneralWay) {
  for (const char* text : {"",
                           "-",
                           ".",
                           "-.",
                           "1.",
                           "-1.",
                           ".5",
                           "-.5",
                           "+1",
                           "--1",
                           "1-",
                           "1-2",
                           "1..2",
                           "1.2.3",
                           "1.-2",
                           "00",
                           "01",
                           "-01",
                           "00.5",
                           "007",
                           "1e5",
                           "1E5",
                           "1.5e-3",
                           "1d2",
                           "1/2",
                           "12/25",
                           "2024-02-29",
                           "12.5.1999",
                           "123456789.1.2",
                           "1234567890123456789012",
                           "0x10",
                           "1_000",
                           "1,5",
                           "inf",
                           "nan",
                           "NA",
                           "-NA",
                           "\u00A01",
                           "1\u00A0",
                           "12345678a",
                           "1.2345678a"}) {
    for (const char* after : kAfter) {
      const Placed placed(text, after);
      double value = 0.0;
      ASSERT_NE(ReadPlainNumber(placed.begin(), &value), placed.end())
          << text << " before " << after;
    }
  }
}

// Bytes that a number may be made of, in any order.
TEST(CsvPlainNumber, AnyMixtureOfItsBytesIsReadAsTheGeneralWayReadsItOrNotAtAll) {
  constexpr std::string_view kBytes = "0000112345678999...---/";
  Random random(72);
  int taken = 0;
  for (int draw = 0; draw < 300000; ++draw) {
    std::string text;
    for (std::size_t size = 1 + random.Below(random.Below(2) == 0 ? 4 : 24); size > 0; --size)
      text += kBytes[random.Below(kBytes.size())];
    ExpectAsTheGeneralWay(text, kAfter[random.Below(kAfter.size())]);
    taken += IsPlain(text) ? 1 : 0;
  }
  EXPECT_GT(taken, 30000);  // or the draws would not show much
}

}  // namespace
}  // namespace halflife
