#include "report/axes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/text.h"
#include "report/svg.h"

namespace halflife {
namespace {

// Paper that DecayScale keeps free at either end.
constexpr double kKeptFree = 12.0;

bool LiesWithin(double place, Stretch stretch) {
  return place >= std::min(stretch.from, stretch.to) - 0.01 &&
         place <= std::max(stretch.from, stretch.to) + 0.01;
}

// Labels at 2 and 5 times the powers of ten too.
void AddFineTicks(Axis* axis) {
  std::vector<Tick> ticks;
  const auto last = static_cast<int>(std::floor(std::log10(axis->range.high)));
  for (auto power = static_cast<int>(std::floor(std::log10(axis->range.low))); power <= last;
       ++power) {
    for (const int digit : {1, 2, 5}) {
      const double value = digit * std::pow(10.0, power);
      if (value >= axis->range.low && value <= axis->range.high)
        ticks.push_back({axis->At(value), Number(value, value < 100.0 ? 3 : 7)});
    }
  }
  if (ticks.size() >= 2) axis->ticks = std::move(ticks);
}

}  // namespace

double Axis::At(double value) const {
  if (kind == Kind::kLog && !(value > 0.0))
    return zero_at.value_or(stretch.from - 9.0 * (stretch.to - stretch.from));
  const bool log = kind == Kind::kLog;
  const double low = log ? std::log10(range.low) : range.low;
  const double high = log ? std::log10(range.high) : range.high;
  if (high - low < (log ? 1e-9 : std::numeric_limits<double>::min()))
    return 0.5 * (stretch.from + stretch.to);
  const double share = ((log ? std::log10(value) : value) - low) / (high - low);
  return stretch.from + std::clamp(share, -9.0, 10.0) * (stretch.to - stretch.from);
}

Axis GrownAxis(Range range, Stretch stretch, int ticks_wanted) {
  const LinearScale scale(range, stretch, ticks_wanted);
  return {.kind = Axis::Kind::kLinear,
          .range = scale.range(),
          .stretch = stretch,
          .ticks = scale.Ticks(),
          .exponent = scale.exponent()};
}

Axis ExactAxis(Range range, Stretch stretch, int ticks_wanted) {
  const Axis grown = GrownAxis(range, stretch, ticks_wanted);
  Axis exact = grown;
  exact.range = range;
  exact.ticks.clear();
  for (const Tick& tick : grown.ticks) {
    const double share = (tick.position - stretch.from) / (stretch.to - stretch.from);
    const double value = grown.range.low + share * (grown.range.high - grown.range.low);
    const double place = exact.At(value);
    if (LiesWithin(place, stretch)) exact.ticks.push_back({place, tick.label});
  }
  return exact;
}

Axis LogAxis(Range range, Stretch stretch, int labels_wanted) {
  // It adds to the one and takes from the other, whichever way the axis goes.
  const Stretch wider{stretch.from - kKeptFree, stretch.to + kKeptFree};
  const double ends[] = {range.low, range.high};
  const DecayScale scale(ends, wider, labels_wanted);
  Axis axis{.kind = Axis::Kind::kLog, .range = range, .stretch = stretch, .ticks = scale.Ticks()};
  constexpr double kFewDecades = 2.6;
  const bool is_upright = stretch.from > stretch.to;
  if (is_upright && std::log10(range.high) - std::log10(range.low) < kFewDecades)
    AddFineTicks(&axis);
  return axis;
}

Axis WithWholeTicks(Axis axis) {
  if (axis.kind != Axis::Kind::kLinear || axis.exponent != 0) return axis;
  std::vector<Tick> whole;
  for (Tick& tick : axis.ticks) {
    const std::size_t point = tick.label.find('.');
    if (point != std::string::npos) {
      if (tick.label.find_first_not_of('0', point + 1) != std::string::npos) continue;
      tick.label.resize(point);
    }
    whole.push_back(std::move(tick));
  }
  axis.ticks = std::move(whole);
  return axis;
}

Axis AxisOf(const DecayScale& scale, std::span<const double> decays) {
  Axis axis{.kind = Axis::Kind::kLog, .ticks = scale.Ticks(), .break_at = scale.break_at()};
  axis.range = PositiveRangeOf(decays);
  axis.stretch = {scale.At(axis.range.low), scale.At(axis.range.high)};
  if (std::find(decays.begin(), decays.end(), 0.0) != decays.end()) axis.zero_at = scale.At(0.0);
  return axis;
}

Range PositiveRangeOf(std::span<const double> values) {
  bool any = false;
  Range range{0.1, 1.0};
  for (const double value : values) {
    if (!(value > 0.0) || !std::isfinite(value)) continue;
    range.low = any ? std::min(range.low, value) : value;
    range.high = any ? std::max(range.high, value) : value;
    any = true;
  }
  return range;
}

std::string ScaleAttributes(const Axis& axis, char way) {
  std::string text =
      fmt::format(" data-{0}=\"{1}\" data-{0}-values=\"{2} {3}\" data-{0}-places=\"{4} {5}\"", way,
                  axis.kind == Axis::Kind::kLog ? "log" : "linear", ShortestNumber(axis.range.low),
                  ShortestNumber(axis.range.high), ShortestNumber(axis.stretch.from),
                  ShortestNumber(axis.stretch.to));
  if (axis.exponent != 0) text += fmt::format(" data-{}-exponent=\"{}\"", way, axis.exponent);
  if (axis.zero_at) text += fmt::format(" data-{}-zero=\"{}\"", way, ShortestNumber(*axis.zero_at));
  return text;
}

}  // namespace halflife
