// One side of a plot: where values lie along it, its ticks, and what a program reads them by.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "report/axis.h"

namespace halflife {

struct Axis {
  enum class Kind { kLinear, kLog };

  Kind kind = Kind::kLinear;
  Range range;      // what lies at the ends of
  Stretch stretch;  // this; both ends alike where there is one value alone
  std::vector<Tick> ticks;
  int exponent = 0;               // labels are in units of this power of ten
  std::optional<double> zero_at;  // of a log axis: the place of 0
  std::optional<double> break_at;

  // Far outside is as good as just outside; below a log axis is at its place of 0, or outside.
  double At(double value) const;
};

// Grown to whole ticks.
Axis GrownAxis(Range range, Stretch stretch, int ticks_wanted);

// The range's ends are the stretch's; the ticks lie within.
Axis ExactAxis(Range range, Stretch stretch, int ticks_wanted);

// Logarithmic from one end to the other of a range above 0.
Axis LogAxis(Range range, Stretch stretch, int labels_wanted);

// Of counts: its ticks at whole numbers alone.
Axis WithWholeTicks(Axis axis);

// As DecayScale lies.
Axis AxisOf(const DecayScale& scale, std::span<const double> decays);

// The positive ones of `values` from end to end; {0.1, 1} where there are none.
Range PositiveRangeOf(std::span<const double> values);

// `data-x="log" data-x-values="0.0001 30" data-x-places="110 700" data-x-zero="70"`, `way` being x
// or y.
std::string ScaleAttributes(const Axis& axis, char way);

}  // namespace halflife
