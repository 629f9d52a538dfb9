// Whether the caller wants the work to end, asked from any thread.
#pragma once

#include <atomic>
#include <functional>
#include <utility>

#include "base/parallel.h"

namespace halflife {

// Asks `stop` (may be empty), one thread at a time; what was true once stays so.
class Stopping {
 public:
  explicit Stopping(std::function<bool()> stop) : stop_(std::move(stop)) {}

  bool Asked() {
    if (!stop_) return false;
    if (!asked_) gate_.Pass([&] { asked_ = asked_ || stop_(); });
    return asked_;
  }

 private:
  std::function<bool()> stop_;
  Gate gate_;
  std::atomic<bool> asked_{false};
};

}  // namespace halflife
