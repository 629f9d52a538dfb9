// What is recorded of a number that an epoch has: six digits, in result.json and on the page alike,
// so that the page can be made from the file again.
#pragma once

#include "base/text.h"

namespace halflife {

inline double Recorded(double value) {
  constexpr int kDigits = 6;
  return RoundSignificant(value, kDigits);
}

}  // namespace halflife
