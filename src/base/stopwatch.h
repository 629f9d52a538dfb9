// Wall-clock time, for what is reported as time.
#pragma once

namespace halflife {

// In WebAssembly, which has no clock, every time is 0 (stopwatch_still.cc).
class Stopwatch {
 public:
  Stopwatch() { Lap(); }

  // Seconds since it was made or last asked.
  double Lap();

 private:
  double start_ = 0.0;  // seconds of the clock
};

}  // namespace halflife
