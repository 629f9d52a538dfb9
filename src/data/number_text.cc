#include "data/number_text.h"

#include <fast_float/fast_float.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "data/blanks.h"
#include "data/currency.h"

namespace halflife {
namespace {

// U+2212 minus sign, U+2010 to U+2013 hyphens and short dashes, U+FF0D full-width hyphen.
constexpr std::array<std::string_view, 6> kMinusSigns = {
    "\xE2\x88\x92", "\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x92", "\xE2\x80\x93", "\xEF\xBC\x8D"};

bool IsDecimalDigit(char c) { return c >= '0' && c <= '9'; }

bool AllDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), IsDecimalDigit);
}

char GroupMark(Grouping grouping) {
  constexpr std::array<char, kGroupings> kMarks = {',', '.', ' ', ' ', '\'', '\''};
  return kMarks[static_cast<std::size_t>(grouping)];
}

char DecimalMark(Grouping grouping) {
  return (kDecimalCommas >> static_cast<unsigned>(grouping) & 1U) != 0 ? ',' : '.';
}

// Takes what stands around the digits off a cell.
class Affixes {
 public:
  Affixes(std::string_view text, NumberText* number) : text_(TrimBlanks(text)), number_(number) {}

  // The digits and their exponent, or "" if what is around them makes no sense.
  std::string_view Strip() {
    while (TakeFront()) text_ = TrimBlanks(text_);
    while (TakeBack()) text_ = TrimBlanks(text_);
    const bool percent = (number_->marks & NumberText::kPercent) != 0;
    const bool closed = (number_->marks & NumberText::kParentheses) != 0;
    if (open_ != closed || (open_ && signed_) || (percent && !number_->currency.empty())) return {};
    number_->negative = number_->negative || open_;
    return text_;
  }

 private:
  bool TakeFront() {
    if (!open_ && text_.starts_with('(')) {
      open_ = true;
      text_.remove_prefix(1);
      return true;
    }
    return TakeSign() || TakeCurrency(CurrencyAtStart(text_), true);
  }

  bool TakeSign() {
    if (signed_) return false;
    std::size_t size = text_.starts_with('-') || text_.starts_with('+') ? 1 : 0;
    for (const std::string_view minus : kMinusSigns) {
      if (size == 0 && text_.starts_with(minus)) {
        number_->minus = text_.substr(0, minus.size());
        size = minus.size();
      }
    }
    if (size == 0) return false;
    signed_ = true;
    number_->negative = !text_.starts_with('+');
    text_.remove_prefix(size);
    return true;
  }

  bool TakeCurrency(std::string_view currency, bool at_start) {
    if (currency.empty() || !number_->currency.empty()) return false;
    const std::size_t from = at_start ? 0 : text_.size() - currency.size();
    number_->currency = text_.substr(from, currency.size());
    at_start ? text_.remove_prefix(currency.size()) : text_.remove_suffix(currency.size());
    return true;
  }

  bool TakeBack() {
    const uint16_t mark = text_.ends_with(')') && open_ ? NumberText::kParentheses
                          : text_.ends_with('%')        ? NumberText::kPercent
                                                        : uint16_t{0};
    if (mark == 0) return TakeCurrency(CurrencyAtEnd(text_), false);
    if ((number_->marks & mark) != 0) return false;
    number_->marks |= mark;
    text_.remove_suffix(1);
    return true;
  }

  std::string_view text_;
  NumberText* number_;
  bool open_ = false;
  bool signed_ = false;
};

// Cuts the exponent off `text`; false if it is none.
bool TakeExponent(std::string_view* text, NumberText* number) {
  const std::size_t at = text->find_first_of("eEdD");
  if (at == std::string_view::npos) return true;
  std::string_view power = text->substr(at + 1);
  const bool has_sign = power.starts_with('-') || power.starts_with('+');
  const bool minus = power.starts_with('-');
  if (has_sign) power.remove_prefix(1);
  if (power.empty() || !AllDigits(power)) return false;
  number->exponent = (minus ? "e-" : "e") + std::string(power);
  const char letter = (*text)[at];
  *text = text->substr(0, at);
  if (letter == 'd' || letter == 'D') {
    const bool plain = !has_sign && text->find_first_of(".,") == std::string_view::npos;
    number->marks |= plain ? NumberText::kBareFortran : NumberText::kFortran;
  }
  return true;
}

// Copies the digits with their separators made one character each; false for anything else.
bool TakeDigits(std::string_view text, NumberText* number) {
  constexpr std::string_view kTypographicApostrophe = "\xE2\x80\x99";
  bool any = false;
  while (!text.empty()) {
    const char c = text.front();
    std::size_t size = 1;
    if (IsDecimalDigit(c)) {
      number->digits += c;
      any = true;
    } else if (c == ',' || c == '.') {
      number->digits += c;
      number->marks |= c == ',' ? NumberText::kComma : NumberText::kPoint;
    } else if (c == '\'' || text.starts_with(kTypographicApostrophe)) {
      size = c == '\'' ? 1 : kTypographicApostrophe.size();
      number->digits += '\'';
      number->marks |= NumberText::kApostrophe;
    } else {
      size = BlankAtStart(text);
      if (size == 0) return false;
      number->digits += ' ';
      number->marks |= NumberText::kBlank;
    }
    text.remove_prefix(size);
  }
  return any;
}

// Whether `whole` is digits in groups of three. A first group of 0 is no group: 0,346 has decimals.
bool AreGroups(std::string_view whole, char mark) {
  std::size_t at = whole.find(mark);
  if (at == std::string_view::npos) return AllDigits(whole);
  if (at < 1 || at > 3 || whole.front() == '0' || !AllDigits(whole.substr(0, at))) return false;
  for (whole.remove_prefix(at); !whole.empty(); whole.remove_prefix(4)) {
    if (whole.size() < 4 || whole.front() != mark || !AllDigits(whole.substr(1, 3))) return false;
  }
  return true;
}

// Stores the digits of `number` as whole part and fraction, without their group marks; false if
// they are not well formed in `grouping`.
bool Ungroup(const NumberText& number, Grouping grouping, std::string* whole,
             std::string* fraction) {
  const std::string_view digits = number.digits;
  const std::size_t decimal = digits.find(DecimalMark(grouping));
  const std::string_view before = digits.substr(0, decimal);
  const std::string_view after =
      decimal == std::string_view::npos ? std::string_view() : digits.substr(decimal + 1);
  const char mark = GroupMark(grouping);
  // Nobody groups the digits before an exponent: 1.234e+01 has decimals.
  if (!number.exponent.empty() && before.find(mark) != std::string_view::npos) return false;
  if (!AreGroups(before, mark) || !AllDigits(after) || before.size() + after.size() == 0)
    return false;
  for (const char c : before) {
    if (c != mark) *whole += c;
  }
  *fraction = after;
  return true;
}

}  // namespace

bool ReadNumberText(std::string_view text, NumberText* number) {
  *number = {};
  std::string_view rest = Affixes(text, number).Strip();
  if (rest.empty() || !TakeExponent(&rest, number) || !TakeDigits(rest, number)) return false;
  const std::string_view trimmed = TrimBlanks(text);
  if (trimmed.size() > 1 && trimmed.front() == '0' && AllDigits(trimmed))
    number->marks |= NumberText::kLeadingZero;
  return true;
}

uint8_t GroupingsOf(const NumberMarks& marks) {
  const bool comma = marks.decimal == ',';
  const auto bit = [](Grouping grouping) {
    return static_cast<uint8_t>(1U << static_cast<unsigned>(grouping));
  };
  switch (marks.thousands) {
    case ',':
      return bit(Grouping::kCommaPoint);
    case '.':
      return bit(Grouping::kPointComma);
    case ' ':
      return bit(comma ? Grouping::kBlankComma : Grouping::kBlankPoint);
    case '\'':
      return bit(comma ? Grouping::kApostropheComma : Grouping::kApostrophePoint);
    default:
      if (comma) return kDecimalCommas;
      return marks.decimal == '.' ? kEveryGrouping & ~bit(Grouping::kPointComma) : kEveryGrouping;
  }
}

uint8_t GroupingsOf(const NumberText& number) {
  constexpr uint16_t kSeparators =
      NumberText::kComma | NumberText::kPoint | NumberText::kBlank | NumberText::kApostrophe;
  if ((number.marks & kSeparators) == 0) return kEveryGrouping;
  unsigned fits = 0;
  for (unsigned i = 0; i < kGroupings; ++i) {
    std::string whole;
    std::string fraction;
    if (Ungroup(number, static_cast<Grouping>(i), &whole, &fraction)) fits |= 1U << i;
  }
  return static_cast<uint8_t>(fits);
}

double ValueOf(const NumberText& number, Grouping grouping) {
  std::string plain;
  std::string fraction;
  if (!Ungroup(number, grouping, &plain, &fraction))
    return std::numeric_limits<double>::quiet_NaN();
  if (!fraction.empty()) plain += "." + fraction;
  plain += number.exponent;
  double value = 0.0;
  fast_float::from_chars(plain.data(), plain.data() + plain.size(), value);
  return number.negative ? -value : value;
}

bool LosesDigits(const NumberText& number, Grouping grouping) {
  constexpr double kExact = 9007199254740992.0;  // 2^53
  const double value = std::fabs(ValueOf(number, grouping));
  if (!(value >= kExact) || std::isinf(value) || !number.exponent.empty()) return false;
  std::string whole;
  std::string fraction;
  Ungroup(number, grouping, &whole, &fraction);
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  return fraction.find_first_not_of('0') == std::string::npos &&
         fmt::format("{:.0f}", value) != whole;
}

}  // namespace halflife
