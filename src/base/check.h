// The assertion: a bug in halflife stops the program at once, in release builds too.
#pragma once

namespace halflife {

// Says where the bug is and ends the program; see base/error.h for WebAssembly.
[[noreturn]] void StopAtBug(const char* file, int line, const char* condition);

}  // namespace halflife

#define HALFLIFE_CHECK(condition)                                            \
  do {                                                                       \
    if (!(condition)) ::halflife::StopAtBug(__FILE__, __LINE__, #condition); \
  } while (false)
