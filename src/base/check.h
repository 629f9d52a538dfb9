// The assertion: a bug in halflife stops the program at once, in release builds too.
#pragma once

#include <cstdio>
#include <cstdlib>

#define HALFLIFE_CHECK(condition)                                                          \
  do {                                                                                     \
    if (!(condition)) {                                                                    \
      std::fprintf(stderr, "halflife bug at %s:%d: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                        \
    }                                                                                      \
  } while (false)
