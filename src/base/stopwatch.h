// Wall-clock time, for what is reported as time.
#pragma once

#include <chrono>

namespace halflife {

class Stopwatch {
 public:
  // Seconds since it was made or last asked.
  double Lap() {
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - start_).count();
    start_ = now;
    return seconds;
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace halflife
