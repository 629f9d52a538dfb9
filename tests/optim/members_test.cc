// What a rule of one's own has is found by its name, so that a wrong type is no absence.
#include "halflife/custom/members.h"

#include <gtest/gtest.h>

#include <span>

namespace halflife {
namespace {

struct Bare {};
struct Mistaken {
  static void Advance(std::span<const double>, double, std::span<double>) {}
  template <class L, class V>
  void After(L /*lit*/, V /*w*/) {}
  int Absorb = 0;
};

TEST(Members, AreFoundWhateverTheirTypes) {
  EXPECT_FALSE(kHasAdvance<Bare> || kHasAfter<Bare> || kHasAbsorb<Bare>);
  EXPECT_TRUE(kHasAdvance<Mistaken> && kHasAfter<Mistaken> && kHasAbsorb<Mistaken>);
  EXPECT_FALSE(kHasPick<Mistaken> || kHasRefuse<Mistaken> || kHasAverage<Mistaken>);
}

}  // namespace
}  // namespace halflife
