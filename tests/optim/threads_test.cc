// Optimizers at once, as the contract allows: each step has the bits it has alone.
#include <gtest/gtest.h>

#include <thread>

#include "halflife/describe.h"
#include "halflife/optimizer.h"
#include "support/training.h"

namespace halflife {
namespace {

using testing::Tensors;

constexpr const char* kRules[] = {"adamw", "muon", "lamb",
                                  "signum"};  // one is added, two are of tensors
constexpr std::uint64_t kSteps = 6;

// Enough elements for the parallel path.
Tensors Large() {
  Tensors tensors;
  tensors.Add("a", {130, 260}, 1);
  tensors.Add("b", {40, 300}, 2);
  return tensors;
}

// A training by rule `which` on `threads` threads, and all that a program may do meanwhile.
std::vector<std::vector<float>> Train(std::size_t which, int threads) {
  Tensors tensors = Large();
  OptimizerOptions options = testing::OptionsFor(kRules[which], DecayLaw::kDecoupled, 0.05);
  options.threads = threads;
  options.clip_norm = 1;
  options.non_finite = NonFinite::kError;
  Optimizer optimizer(tensors.Parameters(), options);
  std::string state;
  for (std::uint64_t step = 0; step < kSteps; ++step) {
    testing::StepWith(&optimizer, testing::RandomGradients(tensors, which, step));
    if (step == 2) state = optimizer.StateBytes();
    EXPECT_FALSE(optimizer.PlanText().empty());
    EXPECT_FALSE(DescribeJson(kRules[which]).empty());
  }
  Tensors other = Large();
  EXPECT_EQ(Optimizer(other.Parameters(), options).LoadBytes(state, "state").step, 3);
  return tensors.values;
}

TEST(Threads, FourOptimizersAtOnceHaveTheBitsTheyHaveAlone) {
  constexpr int kThreads[] = {1, 2, 3, 5};
  std::vector<std::vector<std::vector<float>>> alone, together(std::size(kRules));
  for (std::size_t i = 0; i < std::size(kRules); ++i) alone.push_back(Train(i, 1));
  std::vector<std::thread> running;
  for (std::size_t i = 0; i < std::size(kRules); ++i)
    running.emplace_back([&, i] { together[i] = Train(i, kThreads[i]); });
  for (std::thread& thread : running) thread.join();
  for (std::size_t i = 0; i < std::size(kRules); ++i) {
    EXPECT_TRUE(testing::SameBits(together[i], alone[i])) << kRules[i];
    EXPECT_FALSE(testing::SameBits(alone[i], Large().values)) << kRules[i];
  }
}

}  // namespace
}  // namespace halflife
