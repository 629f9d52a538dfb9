#include "base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <stdexcept>
#include <thread>
#include <vector>

namespace halflife {
namespace {

TEST(Parallel, EveryPieceRunsExactlyOnce) {
  for (const int threads : {0, 1, 2, 5}) {
    std::vector<std::atomic<int>> runs(1000);
    ParallelFor(runs.size(), threads, [&](std::size_t i) { ++runs[i]; });
    for (const auto& count : runs) ASSERT_EQ(count, 1);
  }
}

TEST(Parallel, AnExceptionReachesTheCaller) {
  for (const int threads : {1, 2}) {
    EXPECT_THROW(ParallelFor(100, threads,
                             [](std::size_t i) {
                               if (i == 37) throw std::runtime_error("37");
                             }),
                 std::runtime_error);
  }
}

TEST(Parallel, LoopsRunInsideLoopsAndAfterAnException) {
  std::vector<std::atomic<int>> runs(60);
  for (int round = 1; round <= 3; ++round) {
    EXPECT_THROW(ParallelFor(4, 3, [](std::size_t) { throw std::runtime_error("a piece"); }),
                 std::runtime_error);
    ParallelFor(6, 2, [&](std::size_t i) {
      ParallelFor(10, 3, [&](std::size_t j) { ++runs[10 * i + j]; });
    });
    for (const auto& count : runs) ASSERT_EQ(count, round);
  }
}

TEST(Parallel, LoopsRunSideBySide) {
  std::vector<std::atomic<int>> runs(4);
  std::vector<std::thread> callers;
  for (std::size_t c = 0; c < runs.size(); ++c) {
    callers.emplace_back([&runs, c] {
      for (int round = 0; round < 50; ++round)
        ParallelFor(20, 2 + static_cast<int>(c % 2), [&](std::size_t) { ++runs[c]; });
    });
  }
  for (std::thread& caller : callers) caller.join();
  for (const auto& count : runs) EXPECT_EQ(count, 1000);
}

// A step that is taken as the program ends, by what was made before the first loop.
struct RunsAtExit {
  ~RunsAtExit() {
    std::atomic<int> runs = 0;
    ParallelFor(16, 2, [&](std::size_t) { ++runs; });
    std::_Exit(runs == 16 ? 0 : 1);
  }
};

TEST(ParallelDeathTest, LoopsRunWhileTheProgramEnds) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");  // a program of its own: this one has threads
  EXPECT_EXIT(
      {
        static const RunsAtExit runs_at_exit;
        ParallelFor(16, 2, [](std::size_t) {});
        std::exit(1);
      },
      ::testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace halflife
