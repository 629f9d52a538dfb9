#include "data/iso_date.h"

#include <chrono>
#include <cmath>

namespace halflife {
namespace {

// Takes pieces off the front of a text.
class DateText {
 public:
  explicit DateText(std::string_view text) : text_(text) {}

  bool done() const { return text_.empty(); }
  bool Sees(std::string_view any_of) const {
    return !text_.empty() && any_of.find(text_.front()) != std::string_view::npos;
  }
  bool Take(std::string_view any_of) {
    if (!Sees(any_of)) return false;
    text_.remove_prefix(1);
    return true;
  }

  // Exactly `digits` digits.
  bool TakeNumber(int digits, int* number) {
    if (text_.size() < static_cast<std::size_t>(digits)) return false;
    *number = 0;
    for (; digits > 0; --digits) {
      const char c = text_.front();
      if (c < '0' || c > '9') return false;
      *number = 10 * *number + (c - '0');
      text_.remove_prefix(1);
    }
    return true;
  }

  // One digit or more, as a fraction.
  bool TakeFraction(double* fraction) {
    double unit = 0.1;
    const std::size_t before = text_.size();
    for (; Sees("0123456789"); unit /= 10.0) {
      *fraction += unit * (text_.front() - '0');
      text_.remove_prefix(1);
    }
    return text_.size() < before;
  }

 private:
  std::string_view text_;
};

bool TakeDay(DateText* text, double* days) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (!text->TakeNumber(4, &year) || !text->Take("-") || !text->TakeNumber(2, &month) ||
      !text->Take("-") || !text->TakeNumber(2, &day) || year < 1)
    return false;
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return false;
  *days = static_cast<double>(std::chrono::sys_days(date).time_since_epoch().count());
  return true;
}

// hh:mm[:ss[.f]], as seconds.
bool TakeTime(DateText* text, double* seconds) {
  int hours = 0;
  int minutes = 0;
  int whole = 0;
  double fraction = 0.0;
  if (!text->TakeNumber(2, &hours) || !text->Take(":") || !text->TakeNumber(2, &minutes))
    return false;
  if (text->Take(":")) {
    if (!text->TakeNumber(2, &whole)) return false;
    if (text->Take(".,") && !text->TakeFraction(&fraction)) return false;
  }
  if (hours > 23 || minutes > 59 || whole > 59) return false;
  *seconds = 3600.0 * hours + 60.0 * minutes + whole + fraction;
  return true;
}

// Z, or an offset from UTC, as seconds to subtract.
bool TakeZone(DateText* text, double* seconds) {
  if (text->Take("Zz")) return true;
  const double sign = text->Sees("-") ? -1.0 : 1.0;
  int hours = 0;
  int minutes = 0;
  if (!text->Take("+-") || !text->TakeNumber(2, &hours)) return false;
  const bool colon = text->Take(":");
  if ((colon || !text->done()) && !text->TakeNumber(2, &minutes)) return false;
  if (hours > 23 || minutes > 59) return false;
  *seconds = sign * (3600.0 * hours + 60.0 * minutes);
  return true;
}

}  // namespace

std::optional<double> ParseIsoDate(std::string_view text) {
  constexpr std::size_t kLongest = 64;
  constexpr double kSecondsADay = 86400.0;
  DateText rest(text);
  double days = 0.0;
  if (text.size() > kLongest || !TakeDay(&rest, &days)) return std::nullopt;
  if (rest.done()) return days;
  double seconds = 0.0;
  double offset = 0.0;
  if (!rest.Take("Tt ") || !TakeTime(&rest, &seconds)) return std::nullopt;
  if (!rest.done() && !TakeZone(&rest, &offset)) return std::nullopt;
  if (!rest.done()) return std::nullopt;
  return days + (seconds - offset) / kSecondsADay;
}

}  // namespace halflife
