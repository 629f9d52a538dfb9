#include "base/parallel.h"

#include <sched.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace halflife {
namespace {

#if defined(__SANITIZE_THREAD__)
// oneTBB is not compiled with the thread sanitizer, which would take its every hand-over of work
// for a race. Plain threads stand in for it there: what is checked is that pieces share nothing.
void RunPieces(std::size_t count, int threads, const std::function<void(std::size_t)>& body) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex mutex;
  const auto work = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      try {
        body(i);
      } catch (...) {
        const std::lock_guard<std::mutex> lock(mutex);
        if (!failure) failure = std::current_exception();
        next = count;
      }
    }
  };
  std::vector<std::thread> others;
  for (int t = 1; t < threads; ++t) others.emplace_back(work);
  work();
  for (std::thread& thread : others) thread.join();
  if (failure) std::rethrow_exception(failure);
}
#else
void RunPieces(std::size_t count, int threads, const std::function<void(std::size_t)>& body) {
  // More threads than processors are a user's choice; oneTBB would else use fewer. Of calls side by
  // side the least limit holds for all, and none is below the processors: then one that asks for
  // more than those may get fewer, which changes no answer.
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                  static_cast<std::size_t>(std::max(threads, AvailableThreads())));
  tbb::task_arena arena(threads);
  arena.execute([&] { tbb::parallel_for(std::size_t{0}, count, body, tbb::simple_partitioner()); });
}
#endif

}  // namespace

int AvailableThreads() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof(set), &set) != 0) return 1;
  return std::max(1, CPU_COUNT(&set));
}

void ParallelFor(std::size_t count, int threads, const std::function<void(std::size_t)>& body) {
  if (threads <= 0) threads = AvailableThreads();
  if (threads == 1 || count <= 1) {
    for (std::size_t i = 0; i < count; ++i) body(i);
    return;
  }
  RunPieces(count, threads, body);
}

struct Gate::Lock {
  std::mutex mutex;
};

Gate::Gate() : lock_(std::make_unique<Lock>()) {}
Gate::~Gate() = default;

void Gate::Pass(const std::function<void()>& body) {
  const std::lock_guard<std::mutex> lock(lock_->mutex);
  body();
}

}  // namespace halflife
