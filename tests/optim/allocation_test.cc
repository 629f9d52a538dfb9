// A step takes no memory. Counts what this program and the library ask for: operator new, and by
// the linker's --wrap the allocations of C. What other libraries keep inside (oneTBB, the BLAS) is
// theirs.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "halflife/optimizer.h"
#include "support/training.h"

namespace {

std::atomic<long> allocations{0};

}  // namespace

extern "C" {
void* __real_malloc(std::size_t size);
void* __real_calloc(std::size_t count, std::size_t size);
void* __real_realloc(void* at, std::size_t size);
void* __real_aligned_alloc(std::size_t alignment, std::size_t size);
void* __wrap_malloc(std::size_t size) {
  ++allocations;
  return __real_malloc(size);
}
void* __wrap_calloc(std::size_t count, std::size_t size) {
  ++allocations;
  return __real_calloc(count, size);
}
void* __wrap_realloc(void* at, std::size_t size) {
  ++allocations;
  return __real_realloc(at, size);
}
void* __wrap_aligned_alloc(std::size_t alignment, std::size_t size) {
  ++allocations;
  return __real_aligned_alloc(alignment, size);
}
}

void* operator new(std::size_t size) {
  ++allocations;
  void* at = __real_malloc(size);
  if (at == nullptr) throw std::bad_alloc();
  return at;
}
void operator delete(void* at) noexcept { std::free(at); }
void operator delete(void* at, std::size_t /*size*/) noexcept { std::free(at); }

namespace halflife {
namespace {

// What three steps in each form of gradients ask for, after a first one.
long AllocationsOf(const OptimizerOptions& options) {
  static testing::Tensors tensors = [] {
    testing::Tensors made;
    made.Add("a", {211, 330}, 1);
    made.Add("b", {9, 3}, 2);
    made.Add("c", {20, 30, 3, 3}, 3);
    made.Add("d", {1, 20000}, 4);
    return made;
  }();
  static const auto gradients = testing::RandomGradients(tensors, 1, 1);
  Optimizer optimizer(tensors.Parameters(), options);
  const std::vector<std::span<const float>> spans(gradients.begin(), gradients.end());
  std::vector<float> block;
  for (const std::vector<float>& g : gradients) block.insert(block.end(), g.begin(), g.end());
  const NamedGradient named[] = {
      {"d", spans[3]}, {"a", spans[0]}, {"b", spans[1]}, {"c", spans[2]}};
  optimizer.Step(spans);
  const long before = allocations;
  for (int step = 0; step < 3; ++step) {
    optimizer.Step(spans);
    optimizer.Step(block);
    optimizer.Step(named);
    optimizer.Step({spans[0], spans[1], spans[2], spans[3]});
  }
  return allocations - before;
}

TEST(Allocations, AreCounted) {
  const long before = allocations;
  const std::vector<float> some(100);
  void* volatile at = std::aligned_alloc(64, 64);  // else the compiler leaves both out
  EXPECT_EQ(allocations - before, 2) << some.size();
  std::free(at);
}

TEST(Allocations, AreNoneInAStepOfAnyRule) {
  for (const testing::RuleVariantOptions& variant : testing::RuleVariants()) {
    for (const DecayLaw law : {DecayLaw::kDecoupled, DecayLaw::kProximal, DecayLaw::kCoupled}) {
      if (!testing::Allowed(FindRule(variant.rule), law)) continue;
      for (const int threads : {1, 2}) {
        OptimizerOptions options = testing::OptionsFor(variant.rule, law, 0.1);
        options.options = variant.options;
        options.threads = threads;
        if (law == DecayLaw::kProximal) options.penalty = ProximalPenalty::kGroupLasso;
        options.clip_norm = 1;
        options.clip_value = 0.5;
        options.non_finite = NonFinite::kError;
        EXPECT_EQ(AllocationsOf(options), 0) << variant.rule << " " << threads;
      }
    }
  }
}

}  // namespace
}  // namespace halflife
