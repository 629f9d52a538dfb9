#include "base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
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

}  // namespace
}  // namespace halflife
