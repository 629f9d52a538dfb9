#include "data/csv_cell.h"

#include <fast_float/fast_float.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "base/text.h"

namespace halflife {
namespace {

constexpr std::size_t kLongestNumber = 1000;  // longer ones are numbers, but not with commas

bool EqualsIgnoringCase(std::string_view text, std::string_view lower) {
  const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; };
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), same);
}

bool IsMissing(std::string_view text) {
  if (text.size() > 4) return false;
  return text.empty() || text == "?" || EqualsIgnoringCase(text, "na") ||
         EqualsIgnoringCase(text, "nan") || EqualsIgnoringCase(text, "null");
}

// Whether all of `text` reads as a number that is no finite double.
bool IsNotFinite(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0.0;
  const char* end = text.data() + text.size();
  return fast_float::from_chars(text.data(), end, value).ptr == end && !std::isfinite(value);
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Whether `text` is digits in groups of three, as 1,234,567.5.
bool HasThousandsCommas(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  const std::size_t comma = text.find(',');
  if (comma == 0 || comma > 3) return false;
  if (!std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(comma), IsDigit)) {
    return false;
  }
  std::string_view rest = text.substr(comma);
  while (rest.starts_with(',')) {
    if (rest.size() < 4 || !std::all_of(rest.begin() + 1, rest.begin() + 4, IsDigit)) return false;
    rest.remove_prefix(4);
  }
  if (rest.empty()) return true;
  return rest.front() == '.' && std::all_of(rest.begin() + 1, rest.end(), IsDigit);
}

// In a comma-separated file a quoted "1,5" may be a list; "1,234,567" is a number in any file.
bool IsNumberWithCommas(std::string_view text, char delimiter) {
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos || text.size() > kLongestNumber) return false;
  if (HasThousandsCommas(text)) return true;
  if (delimiter == ',') return false;
  std::string pointed(text);
  pointed[comma] = '.';
  double value = 0.0;
  return ParseNumber(pointed, &value);
}

}  // namespace

CsvCell ReadCell(std::string_view text, char delimiter, double* value) {
  if (!text.empty() && ParseNumber(text, value)) return CsvCell::kNumber;
  *value = std::numeric_limits<double>::quiet_NaN();
  if (IsMissing(text)) return CsvCell::kMissing;
  if (IsNotFinite(text)) return CsvCell::kNotFinite;
  return IsNumberWithCommas(text, delimiter) ? CsvCell::kComma : CsvCell::kText;
}

}  // namespace halflife
