// Parallel loops where there is but one thread, in WebAssembly.
#include "base/parallel.h"

namespace halflife {

int AvailableThreads() { return 1; }

void ParallelFor(std::size_t count, int /*threads*/, const std::function<void(std::size_t)>& body) {
  for (std::size_t i = 0; i < count; ++i) body(i);
}

struct Gate::Lock {};

Gate::Gate() = default;
Gate::~Gate() = default;

void Gate::Pass(const std::function<void()>& body) { body(); }

}  // namespace halflife
