#include "linalg/one_blas_thread.h"

#include <gtest/gtest.h>

#include <memory>

extern "C" {
void openblas_set_num_threads(int) __attribute__((weak));
int openblas_get_num_threads(void) __attribute__((weak));
}

namespace halflife {
namespace {

TEST(OneBlasThread, RestoresTheNumberWhenTheLastLifeEndsInAnyOrder) {
  if (openblas_get_num_threads == nullptr) GTEST_SKIP() << "not OpenBLAS";
  const int before = openblas_get_num_threads();
  openblas_set_num_threads(2);
  auto first = std::make_unique<OneBlasThread>();
  auto second = std::make_unique<OneBlasThread>();
  EXPECT_EQ(openblas_get_num_threads(), 1);
  first.reset();
  EXPECT_EQ(openblas_get_num_threads(), 1);
  second.reset();
  EXPECT_EQ(openblas_get_num_threads(), 2);
  openblas_set_num_threads(before);
}

}  // namespace
}  // namespace halflife
