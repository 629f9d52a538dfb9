// Parallel loops over independent pieces of work. Pieces never share sums, so any thread count
// gives the same answer. WebAssembly has one thread: there parallel_serial.cc stands in for
// parallel.cc.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace halflife {

// The number of processors this process may use, at least 1.
int AvailableThreads();

// Calls body(i) for i in [0, count) on up to `threads` threads (0: all available). The first
// exception is thrown again in the caller, after all started pieces have ended. May be called from
// several threads at once.
void ParallelFor(std::size_t count, int threads, const std::function<void(std::size_t)>& body);

// One at a time: a body runs when no other of the same gate is running.
class Gate {
 public:
  Gate();
  ~Gate();
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;
  void Pass(const std::function<void()>& body);

 private:
  struct Lock;
  std::unique_ptr<Lock> lock_;
};

}  // namespace halflife
