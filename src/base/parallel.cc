#include "base/parallel.h"

#include <sched.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
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
using ArenaOwner = std::unique_ptr<tbb::task_arena>;

// Arenas that no call is using. A worker waits awhile in an arena that it has worked in before it
// sleeps; to reach a new one it has to be woken, which takes as long as a pass over 1 MB.
class Arenas {
 public:
  ArenaOwner Take(int threads) {
    const std::lock_guard<std::mutex> lock(mutex_);
    OfOneSize& arenas = sizes_[threads];
    if (arenas.idle.empty()) {
      arenas.idle.reserve(arenas.made + 1);  // to give it back cannot fail
      auto made = std::make_unique<tbb::task_arena>(threads);
      ++arenas.made;
      return made;
    }
    ArenaOwner arena = std::move(arenas.idle.back());
    arenas.idle.pop_back();
    return arena;
  }
  void Return(int threads, ArenaOwner arena) {
    const std::lock_guard<std::mutex> lock(mutex_);
    sizes_[threads].idle.push_back(std::move(arena));
  }

 private:
  struct OfOneSize {
    std::vector<ArenaOwner> idle;
    std::size_t made = 0;
  };
  std::mutex mutex_;
  std::map<int, OfOneSize> sizes_;
};

// An arena for one call.
class OwnArena {
 public:
  explicit OwnArena(int threads) : threads_(threads), arena_(Idle().Take(threads)) {}
  ~OwnArena() { Idle().Return(threads_, std::move(arena_)); }
  OwnArena(const OwnArena&) = delete;
  OwnArena& operator=(const OwnArena&) = delete;
  tbb::task_arena* operator->() const { return arena_.get(); }

 private:
  // Never destroyed: what is destroyed at the end of the program may still take a step.
  static Arenas& Idle() {
    static Arenas* const idle = std::make_unique<Arenas>().release();
    return *idle;
  }

  int threads_;
  ArenaOwner arena_;
};

void RunPieces(std::size_t count, int threads, const std::function<void(std::size_t)>& body) {
  // More threads than processors are a user's choice; oneTBB would else use fewer. Of such calls
  // side by side the least limit holds for all, which oneTBB may warn of, and changes no answer.
  std::optional<tbb::global_control> limit;
  if (threads > AvailableThreads())
    limit.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
  const OwnArena arena(threads);
  arena->execute(
      [&] { tbb::parallel_for(std::size_t{0}, count, body, tbb::simple_partitioner()); });
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
