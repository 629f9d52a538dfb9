// Whether a rule has a member of some name, whatever its type: the name is then ambiguous beside
// one of a second base. So a member that cannot be called as it should be is an error of the
// compiler's, not taken for one that is not there.
#pragma once

namespace halflife {

#define HALFLIFE_MEMBER(name)                    \
  struct Beside##name {                          \
    void name();                                 \
  };                                             \
  template <class Rule>                          \
  struct With##name : Rule, Beside##name {};     \
  template <class Rule>                          \
  inline constexpr bool kHas##name = !requires { \
    &With##name<Rule>::name;                     \
  };
HALFLIFE_MEMBER(Pick)
HALFLIFE_MEMBER(Refuse)
HALFLIFE_MEMBER(Advance)
HALFLIFE_MEMBER(After)
HALFLIFE_MEMBER(Average)
HALFLIFE_MEMBER(Absorb)
#undef HALFLIFE_MEMBER

}  // namespace halflife
