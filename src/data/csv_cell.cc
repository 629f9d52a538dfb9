#include "data/csv_cell.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/text.h"
#include "data/blanks.h"
#include "data/missing_words.h"

namespace halflife {
namespace {

bool IsCellDigit(char c) { return c >= '0' && c <= '9'; }

CsvCell PlainNumber(std::string_view text, double value) {
  constexpr double kExact = 9007199254740992.0;  // 2^53
  constexpr std::size_t kDigits = 16;            // that it has
  if (text.size() < 2) return CsvCell::kNumber;
  if (text[0] == '0' && IsCellDigit(text[1]) && std::all_of(text.begin(), text.end(), IsCellDigit))
    return CsvCell::kCode;
  const bool is_long = text.size() >= kDigits && std::fabs(value) >= kExact &&
                       text.find_first_of("eE") == std::string_view::npos;
  return is_long ? CsvCell::kLong : CsvCell::kNumber;
}

}  // namespace

CsvCell ReadCell(const CsvField& field, double* value) {
  const std::string_view text = field.quoted ? Trim(field.text) : field.text;
  if (!text.empty() && !field.escaped && ParseNumber(text, value)) return PlainNumber(text, *value);
  *value = std::numeric_limits<double>::quiet_NaN();
  const std::string_view word = TrimBlanks(text);
  if (!IsMissing(word)) return CsvCell::kOther;
  return field.quoted && !word.empty() ? CsvCell::kQuotedMissing : CsvCell::kMissing;
}

}  // namespace halflife
