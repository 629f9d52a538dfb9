// What schedules and penalties say of themselves: optimizers and decay laws have specs of their
// own (halflife/rule.h, halflife/decay.h).
#pragma once

#include <span>
#include <string_view>

namespace halflife {

// A number that a schedule or a penalty takes.
struct ArgumentSpec {
  std::string_view name;
  std::string_view init;   // the default; "" where it must be given
  std::string_view range;  // "0 < x <= 1"
  std::string_view help;
};

struct ChoiceSpec {
  std::string_view name;  // "cosine"
  std::string_view call;  // as C++ writes it
  std::string_view formula;
  std::string_view source;
  std::span<const ArgumentSpec> arguments;
};

// The factories of halflife/schedule.h, in their order; k: steps since the piece began.
std::span<const ChoiceSpec> DescribedSchedules();

// The kinds of halflife/penalty.h, in their order; s: the strength.
std::span<const ChoiceSpec> DescribedPenalties();

}  // namespace halflife
