// Update rules: what each optimizer is called, what options it takes, and the list of all of them.
#pragma once

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "halflife/decay.h"

namespace halflife {

// The values an option may take: from `low` to `high`, each itself allowed unless open.
struct OptionRange {
  double low;
  double high;
  bool low_open = false;
  bool high_open = false;
  bool whole = false;  // whole numbers only

  bool Holds(double value) const;
  std::string Text() const;  // "0 <= x < 1", or "0 or 1"
};

inline constexpr double kUnbounded = std::numeric_limits<double>::infinity();
inline constexpr OptionRange kFraction{0, 1, false, true};  // [0, 1)
inline constexpr OptionRange kPositive{0, kUnbounded, true, true};
inline constexpr OptionRange kNonNegative{0, kUnbounded, false, true};
inline constexpr OptionRange kFlag{0, 1, false, false, true};
inline constexpr OptionRange kCount{0, 1e15, false, false, true};

// One option of a rule, declared once: flags, help, range errors and documentation come from here.
struct OptionSpec {
  std::string_view name;
  double init;
  OptionRange range;
  std::string_view unit;  // "" for a plain number
  std::string_view help;
};

// A law that a rule refuses, and why.
struct RefusedLaw {
  DecayLaw law;
  std::string_view reason;
};

// What a rule says of itself.
struct RuleSpec {
  std::string_view name;     // "adam": in options, state keys and listings
  std::string_view title;    // "Adam"
  std::string_view paper;    // where it comes from
  std::string_view formula;  // in the symbols of its code; g: gradient, t: step from 1
  std::string_view notes = {};
  double lr = 1e-3;  // the default
  DecayLaw law = DecayLaw::kCoupled;
  double decay = 0;
  std::span<const OptionSpec> options = {};
  std::span<const RefusedLaw> refused = {};
  bool inner_decay = false;  // coupled decay has a place of its own inside the formula
};

// Every rule, in the order of the documentation, then those of one's own (halflife/custom_rule.h).
// These two may be called from any number of threads; a rule stays as long as the program runs.
std::vector<const RuleSpec*> Rules();

// The rule of that name; throws Error, suggesting the nearest, when there is none.
const RuleSpec& FindRule(std::string_view name);

}  // namespace halflife
