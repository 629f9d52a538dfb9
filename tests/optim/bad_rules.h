// Rules that AddRule must refuse, by what is wrong with them.
#pragma once

#include <cstddef>

namespace own {

enum class BadRule {
  kNone,  // fine
  kTaken,
  kNamedAsALaw,
  kNotAName,
  kOptionTwice,
  kDefaultBeyondItsRange,
  kRefusesItsOwnLaw,
  kNegativeLr,
  kWithoutFormula,
  kSlotTwice,
  kOtherBits,  // in vectors than in plain floats
};
inline constexpr int kBadRules = static_cast<int>(BadRule::kOtherBits);

// Hands that rule to AddRule.
void AddBadRule(BadRule bad);

// How many floats a vector of this machine has.
std::size_t Lanes();

// examples/signum_rule.cc
void AddSignum();

}  // namespace own
