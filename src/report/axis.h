// Where values lie on paper, and which of them get a tick: linear scales, and the decay axis,
// logarithmic with a place of its own for 0.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace halflife {

// Whether a value can be drawn: finite, and differences of two such values are too.
bool IsDrawable(double value);

struct Tick {
  double position = 0.0;
  std::string label;  // empty for a minor tick
};

// The range of `values` that can be drawn, widened where it is empty.
struct Range {
  double low = 0.0;
  double high = 1.0;
};
Range RangeOf(std::span<const double> values);

// A stretch of paper; `from` may lie right of or below `to`.
struct Stretch {
  double from = 0.0;
  double to = 1.0;
};

// Linear, from range.low at stretch.from to range.high at stretch.to, grown to whole ticks.
class LinearScale {
 public:
  LinearScale(Range range, Stretch stretch, int ticks_wanted);

  double At(double value) const;
  std::vector<Tick> Ticks() const;
  // Labels are in units of this power of ten: 0 unless the values are very large or small.
  int exponent() const { return exponent_; }
  Range range() const { return range_; }

 private:
  Range range_;
  Stretch stretch_;
  double step_ = 1.0;
  int exponent_ = 0;
};

// Logarithmic over the positive `decays`; 0, if among them, has its own place at the left.
class DecayScale {
 public:
  // At most `labels_wanted` labels beside the one for 0.
  DecayScale(std::span<const double> decays, Stretch stretch, int labels_wanted);

  double At(double decay) const;
  std::vector<Tick> Ticks() const;
  // The middle of the axis break between 0 and the rest.
  std::optional<double> break_at() const { return break_at_; }

 private:
  std::vector<Tick> DecadeTicks() const;
  std::vector<Tick> FineTicks() const;

  double low_ = 0.0;  // log10 of the least and the largest positive decay; equal if there is one
  double high_ = 0.0;
  bool has_zero_ = false;
  bool has_positive_ = false;
  Stretch stretch_;  // of the positive part
  double zero_at_ = 0.0;
  std::optional<double> break_at_;
  int labels_wanted_ = 6;
};

// 10 to the power `exponent` as people write it: "0.001", "100", "10⁻⁷".
std::string PowerOfTen(int exponent);

}  // namespace halflife
