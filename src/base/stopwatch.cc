#include "base/stopwatch.h"

#include <chrono>
#include <utility>

namespace halflife {

double Stopwatch::Lap() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  const double seconds = std::chrono::duration<double>(now).count();
  return seconds - std::exchange(start_, seconds);
}

}  // namespace halflife
