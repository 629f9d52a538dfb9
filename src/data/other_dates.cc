#include "data/other_dates.h"

#include <algorithm>
#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "data/boolean_words.h"

namespace halflife {
namespace {

constexpr std::size_t kLongest = 40;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// A run of digits, or of letters, and what stands between it and the next.
struct Piece {
  std::string_view text;
  std::string_view after;

  bool number() const { return IsDigit(text.front()); }
};

// Nothing if `text` begins with neither digit nor letter.
std::vector<Piece> Cut(std::string_view text) {
  std::vector<Piece> pieces;
  for (std::size_t at = 0; at < text.size();) {
    const auto same = IsDigit(text[at]) ? IsDigit : IsLetter;
    std::size_t end = at;
    while (end < text.size() && same(text[end])) ++end;
    if (end == at) return {};
    std::size_t next = end;
    while (next < text.size() && !IsDigit(text[next]) && !IsLetter(text[next])) ++next;
    pieces.push_back({text.substr(at, end - at), text.substr(end, next - end)});
    at = next;
  }
  return pieces;
}

int NumberOf(std::string_view digits) {
  int number = 0;
  for (const char c : digits) number = 10 * number + (c - '0');
  return number;
}

// Whether `word` is one of `names`, in any case, whole or its first three letters.
bool IsOneOf(std::string_view word, std::span<const std::string_view> names) {
  constexpr std::size_t kAbbreviated = 3;
  const std::string lower = LowerCase(word);
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    return lower == name || lower == name.substr(0, kAbbreviated);
  });
}

bool IsMonthName(std::string_view word) {
  constexpr std::string_view kMonths[] = {"january",  "february", "march",  "april",     "may",
                                          "june",     "july",     "august", "september", "october",
                                          "november", "december", "sept"};
  return IsOneOf(word, kMonths);
}

bool IsWeekday(std::string_view word) {
  constexpr std::string_view kDays[] = {"monday", "tuesday",  "wednesday", "thursday",
                                        "friday", "saturday", "sunday"};
  return IsOneOf(word, kDays);
}

bool IsYear(const Piece& piece) {
  constexpr int kFirst = 1500;
  constexpr int kLast = 2200;
  if (!piece.number()) return false;
  return piece.text.size() == 2 || (piece.text.size() == 4 && NumberOf(piece.text) >= kFirst &&
                                    NumberOf(piece.text) <= kLast);
}

bool IsDay(const Piece& piece) {
  constexpr int kLongestMonth = 31;
  return piece.number() && piece.text.size() <= 2 && NumberOf(piece.text) >= 1 &&
         NumberOf(piece.text) <= kLongestMonth;
}

bool IsMonth(const Piece& piece) {
  constexpr int kMonths = 12;
  return IsDay(piece) && NumberOf(piece.text) <= kMonths;
}

bool IsDate(const Piece& day, const Piece& month, const Piece& year) {
  constexpr int kLeapYear = 2000;
  if (!IsDay(day) || !IsMonth(month) || !IsYear(year)) return false;
  return std::chrono::year_month_day(
             std::chrono::year(year.text.size() == 4 ? NumberOf(year.text) : kLeapYear),
             std::chrono::month(static_cast<unsigned>(NumberOf(month.text))),
             std::chrono::day(static_cast<unsigned>(NumberOf(day.text))))
      .ok();
}

// hh:mm or hh:mm:ss, and am or pm, to the end.
bool IsTime(const std::vector<Piece>& pieces, std::size_t at) {
  std::size_t numbers = 0;
  for (; at < pieces.size() && pieces[at].number(); ++at) {
    ++numbers;
    if (pieces[at].text.size() > 2 && numbers < 4) return false;  // the fourth is a fraction
    if (pieces[at].after != ":" && pieces[at].after != ".") {
      ++at;
      break;
    }
  }
  if (numbers < 2 || numbers > 4) return false;
  if (at == pieces.size()) return true;
  const std::string last = LowerCase(pieces[at].text);
  return at + 1 == pieces.size() && (last == "am" || last == "pm");
}

// How many pieces, from the first, are a date of numbers; 0 if none.
std::size_t DateOfNumbers(const std::vector<Piece>& p) {
  if (p.size() < 3) return 0;
  const std::string_view mark = p[0].after;
  if ((mark != "/" && mark != "." && mark != "-") || p[1].after != mark) return 0;
  // 1.2.13 is a version, 01.02.13 may be a day.
  const bool padded = p[0].text.size() == 2 && p[1].text.size() == 2;
  const bool year_last = (mark != "." || padded || p[2].text.size() == 4) &&
                         (IsDate(p[0], p[1], p[2]) || IsDate(p[1], p[0], p[2]));
  const bool year_first = p[0].text.size() == 4 && IsDate(p[2], p[1], p[0]);
  return year_last || year_first ? 3 : 0;
}

// The same for a date with a month's name.
std::size_t DateWithName(const std::vector<Piece>& p) {
  constexpr std::string_view kBetween[] = {" ", "-", ", ", ". ", "/", ""};
  const auto joined = [&](std::size_t i) {
    return std::find(std::begin(kBetween), std::end(kBetween), p[i].after) != std::end(kBetween);
  };
  const auto name = [&](std::size_t i) {
    return i < p.size() && !p[i].number() && IsMonthName(p[i].text);
  };
  if (p.size() < 2 || !joined(0)) return 0;
  const bool three = p.size() >= 3 && joined(1);
  const auto long_year = [&](std::size_t i) { return IsYear(p[i]) && p[i].text.size() == 4; };
  if (three && name(1) && IsDay(p[0]) && IsYear(p[2])) return 3;
  if (three && name(1) && long_year(0) && IsDay(p[2])) return 3;
  if (three && name(0) && IsDay(p[1]) && IsYear(p[2])) return 3;
  return (name(0) && long_year(1)) || (name(1) && long_year(0)) ? 2 : 0;
}

}  // namespace

bool LooksLikeOtherDate(std::string_view text) {
  if (text.empty() || text.size() > kLongest) return false;
  std::vector<Piece> pieces = Cut(text);
  if (!pieces.empty() && IsWeekday(pieces.front().text)) pieces.erase(pieces.begin());
  const std::size_t date = std::max(DateOfNumbers(pieces), DateWithName(pieces));
  if (date == 0) return false;
  return date == pieces.size() ? pieces.back().after.empty() : IsTime(pieces, date);
}

}  // namespace halflife
