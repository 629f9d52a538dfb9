#include "report/axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"

namespace halflife {
namespace {

// Paper between the tick of 0 and the least positive decay, and left of 0.
constexpr double kZeroRoom = 40.0;
constexpr double kMargin = 12.0;

// 1, 2 or 5 times a power of ten, giving about `wanted` steps over `span`.
double NiceStep(double span, int wanted) {
  const double rough = span / std::max(1, wanted);
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= rough * 0.999) return factor * power;
  }
  return 10.0 * power;
}

// A round number: with an exponent where it is small, or very large.
std::string RoundLabel(double value) { return Number(value, value < 100.0 ? 3 : 7); }

std::string Superscript(int number) {
  constexpr std::array<const char*, 10> kDigits = {"⁰", "¹", "²", "³", "⁴",
                                                   "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text = number < 0 ? "⁻" : "";
  for (const char digit : std::to_string(std::abs(number))) {
    text += kDigits[static_cast<std::size_t>(digit - '0')];
  }
  return text;
}

}  // namespace

bool IsDrawable(double value) { return std::isfinite(value) && std::fabs(value) < 1e300; }

Range RangeOf(std::span<const double> values) {
  bool any = false;
  Range range{0.0, 0.0};
  for (const double value : values) {
    if (!IsDrawable(value)) continue;
    range.low = any ? std::min(range.low, value) : value;
    range.high = any ? std::max(range.high, value) : value;
    any = true;
  }
  const double size = std::max(std::fabs(range.low), std::fabs(range.high));
  if (range.high - range.low <= 1e-9 * size || size < 1e-290) {
    const double room = size < 1e-290 ? 1.0 : 0.1 * size;
    range.low -= room;
    range.high += room;
  }
  return range;
}

LinearScale::LinearScale(Range range, Stretch stretch, int ticks_wanted) : stretch_(stretch) {
  step_ = NiceStep(range.high - range.low, ticks_wanted);
  range_.low = step_ * std::floor(range.low / step_ + 1e-9);
  range_.high = step_ * std::ceil(range.high / step_ - 1e-9);
  const double size = std::max(std::fabs(range_.low), std::fabs(range_.high));
  const int power = static_cast<int>(std::floor(std::log10(size)));
  if (power >= 5 || power <= -4) exponent_ = power;
}

double LinearScale::At(double value) const {
  const double share = (value - range_.low) / (range_.high - range_.low);
  // Far outside is as good as just outside, and stays a number that a viewer can take.
  return stretch_.from + std::clamp(share, -9.0, 10.0) * (stretch_.to - stretch_.from);
}

std::vector<Tick> LinearScale::Ticks() const {
  const double unit = std::pow(10.0, exponent_);
  const int decimals =
      std::clamp(static_cast<int>(std::ceil(-std::log10(step_ / unit) - 1e-6)), 0, 12);
  const auto count = static_cast<int>(std::lround((range_.high - range_.low) / step_));
  std::vector<Tick> ticks;
  for (int i = 0; i <= count; ++i) {
    const double value = range_.low + i * step_;
    std::string label = fmt::format("{:.{}f}", value / unit, decimals);
    if (std::fabs(value) < 1e-6 * step_) label = "0";
    if (label.front() == '-') label.replace(0, 1, "−");
    ticks.push_back({At(value), label});
  }
  return ticks;
}

DecayScale::DecayScale(std::span<const double> decays, Stretch stretch, int labels_wanted)
    : stretch_{stretch.from + kMargin, stretch.to - kMargin}, labels_wanted_(labels_wanted) {
  for (const double decay : decays) {
    if (!std::isfinite(decay) || decay <= 0.0) {
      has_zero_ = has_zero_ || decay == 0.0;
      continue;
    }
    const double power = std::log10(decay);
    low_ = has_positive_ ? std::min(low_, power) : power;
    high_ = has_positive_ ? std::max(high_, power) : power;
    has_positive_ = true;
  }
  zero_at_ = has_positive_ ? stretch_.from : 0.5 * (stretch.from + stretch.to);
  if (has_zero_ && has_positive_) {
    break_at_ = stretch_.from + 0.5 * kZeroRoom;
    stretch_.from += kZeroRoom;
  }
}

double DecayScale::At(double decay) const {
  if (!(decay > 0.0)) return zero_at_;
  const double middle = 0.5 * (stretch_.from + stretch_.to);
  if (high_ - low_ < 1e-9) return middle;
  const double share = (std::log10(decay) - low_) / (high_ - low_);
  return stretch_.from + share * (stretch_.to - stretch_.from);
}

std::vector<Tick> DecayScale::Ticks() const {
  std::vector<Tick> ticks;
  if (has_zero_) ticks.push_back({zero_at_, "0"});
  if (!has_positive_) return ticks;
  const std::vector<Tick> rest = high_ - low_ < 1.7 ? FineTicks() : DecadeTicks();
  ticks.insert(ticks.end(), rest.begin(), rest.end());
  return ticks;
}

// A label every so many decades; the other decades, or the digits between, are minor.
std::vector<Tick> DecayScale::DecadeTicks() const {
  const auto first = static_cast<int>(std::ceil(low_ - 1e-9));
  const auto last = static_cast<int>(std::floor(high_ + 1e-9));
  const int decades = last - first + 1;
  const int every = std::max(1, (decades + labels_wanted_ - 1) / labels_wanted_);
  std::vector<Tick> ticks;
  for (int power = first - 1; power <= last; ++power) {
    const double base = std::pow(10.0, power);
    const bool labelled = (power % every + every) % every == 0;
    if (power >= first) ticks.push_back({At(base), labelled ? PowerOfTen(power) : ""});
    if (decades > 8) continue;
    for (int digit = 2; digit <= 9; ++digit) {
      const double at = std::log10(digit) + power;
      if (at > low_ && at < high_) ticks.push_back({At(digit * base), ""});
    }
  }
  return ticks;
}

// 1, 2 and 5 times powers of ten; where there are none, the ends themselves.
std::vector<Tick> DecayScale::FineTicks() const {
  std::vector<Tick> ticks;
  for (auto power = static_cast<int>(std::floor(low_)); power <= high_; ++power) {
    for (const int digit : {1, 2, 5}) {
      const double at = std::log10(digit) + power;
      if (at < low_ - 1e-9 || at > high_ + 1e-9) continue;
      const double value = digit * std::pow(10.0, power);
      ticks.push_back({At(value), RoundLabel(value)});
    }
  }
  if (ticks.size() >= 2) return ticks;
  ticks = {{At(std::pow(10.0, low_)), Number(std::pow(10.0, low_), 3)}};
  if (high_ - low_ > 1e-9) {
    ticks.push_back({At(std::pow(10.0, high_)), Number(std::pow(10.0, high_), 3)});
  }
  return ticks;
}

std::string PowerOfTen(int exponent) {
  if (exponent >= -4 && exponent <= 4)
    return fmt::format("{:.{}f}", std::pow(10.0, exponent), std::max(0, -exponent));
  return "10" + Superscript(exponent);
}

}  // namespace halflife
