// Where a function of one number goes through zero: sign changes between given places, each brought
// to machine precision by halving.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace halflife {

struct Place {
  double at = 0;
  double value = 0;
};

struct SignChange {
  double at = 0;
  bool rising = false;
};

// The place between `low` and `high` from which on `is_past` holds.
template <class Condition>
double Halve(double low, double high, const Condition& is_past) {
  for (int i = 0; i < 200; ++i) {
    const double middle = low + 0.5 * (high - low);
    if (middle <= low || middle >= high) break;
    (is_past(middle) ? high : low) = middle;
  }
  return high;
}

namespace sign_changes {

// Whether a parabola through three values of one sign comes at least near to zero.
inline bool MayDip(const Place& a, const Place& b, const Place& c) {
  const double size = std::abs(b.value);
  if (size >= std::abs(a.value) || size >= std::abs(c.value)) return false;
  const double left = (b.value - a.value) / (b.at - a.at);
  const double right = (c.value - b.value) / (c.at - b.at);
  const double bend = (right - left) / (c.at - a.at);
  const double slope = left + bend * (b.at - a.at);
  return slope * slope / std::abs(4 * bend) > 0.5 * size;
}

// A place between `low` and `high`, by golden sections, where sign * f is below zero; or `high`.
template <class F>
double FindBelow(const F& f, double sign, double low, double high) {
  constexpr double kGolden = 0.6180339887498949;
  const double end = high;
  double a = high - kGolden * (high - low);
  double b = low + kGolden * (high - low);
  double fa = sign * f(a);
  double fb = sign * f(b);
  for (int i = 0; i < 60; ++i) {
    if (fa < 0) return a;
    if (fb < 0) return b;
    if (fa < fb) {
      high = b;
      b = a;
      fb = fa;
      a = high - kGolden * (high - low);
      fa = sign * f(a);
    } else {
      low = a;
      a = b;
      fa = fb;
      b = low + kGolden * (high - low);
      fb = sign * f(b);
    }
  }
  return end;
}

}  // namespace sign_changes

// The sign changes of `f` between `places`, which ascend; two of them between neighbours are found
// where the values around come near to zero. Places of value 0 are passed over.
template <class F>
std::vector<SignChange> SignChanges(const F& f, std::span<const Place> places) {
  std::vector<SignChange> changes;
  const auto cut = [&](double low, double high, bool rising) {
    changes.push_back({Halve(low, high, [&](double x) { return (f(x) > 0) == rising; }), rising});
  };
  const Place* before = nullptr;
  const Place* last = nullptr;
  for (const Place& place : places) {
    if (place.value == 0) continue;
    if (last != nullptr && (last->value > 0) != (place.value > 0)) {
      cut(last->at, place.at, place.value > 0);
    } else if (before != nullptr && (before->value > 0) == (place.value > 0) &&
               sign_changes::MayDip(*before, *last, place)) {
      const bool positive = place.value > 0;
      const double at = sign_changes::FindBelow(f, positive ? 1.0 : -1.0, before->at, place.at);
      if (at < place.at) {
        cut(before->at, at, !positive);
        cut(at, place.at, positive);
      }
    }
    before = last;
    last = &place;
  }
  return changes;
}

}  // namespace halflife
