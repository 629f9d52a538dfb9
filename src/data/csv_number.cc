#include "data/csv_number.h"

namespace halflife {
namespace {

// Puts the digits at *at behind those of *number and moves past them; returns how many, and where
// they are more than 16, some of them.
unsigned TakeDigits(const char** at, uint64_t* number) {
  unsigned taken = 0;
  for (int word = 0; word < 3; ++word) {
    const uint64_t digits = DigitsOf(LoadWord(*at));
    const unsigned count = FirstByte(MatchNonDigits(digits));
    if (count == 0) break;
    *number = *number * kWholePowersOfTen[count] + NumberOfDigits(digits, count);
    *at += count;
    taken += count;
    if (count < 8) break;
  }
  return taken;
}

}  // namespace

const char* ReadLongerNumber(const char* at, double* value) {
  constexpr unsigned kMostDigits = 19;  // more may be more than 64 bits hold
  constexpr uint64_t kExact = uint64_t{1} << 53;
  const unsigned minus = IsMinus(*at);
  at += minus;
  const bool zero = *at == '0';
  uint64_t number = 0;
  const unsigned before = TakeDigits(&at, &number);
  if (before == 0 || before > kMostDigits || (before > 1 && zero)) return nullptr;
  unsigned decimals = 0;
  if (*at == '.') {
    ++at;
    decimals = TakeDigits(&at, &number);
    if (decimals == 0) return nullptr;
  }
  if (before + decimals > kMostDigits || number >= kExact) return nullptr;
  *value = DecimalNumber(number, decimals, minus);
  return at;
}

}  // namespace halflife
