#include "linalg/one_blas_thread.h"

#include <mutex>

extern "C" {
// OpenBLAS's own; absent when another BLAS is linked.
void openblas_set_num_threads(int) __attribute__((weak));
int openblas_get_num_threads(void) __attribute__((weak));
}

namespace halflife {
namespace {

bool CanSet() { return openblas_set_num_threads != nullptr && openblas_get_num_threads != nullptr; }

// Of the process, as OpenBLAS's number of threads is.
std::mutex mutex;
int lives = 0;
int before = 0;

}  // namespace

OneBlasThread::OneBlasThread() {
  if (!CanSet()) return;
  const std::lock_guard<std::mutex> lock(mutex);
  if (lives++ > 0) return;
  before = openblas_get_num_threads();
  openblas_set_num_threads(1);
}

OneBlasThread::~OneBlasThread() {
  if (!CanSet()) return;
  const std::lock_guard<std::mutex> lock(mutex);
  if (--lives == 0) openblas_set_num_threads(before);
}

}  // namespace halflife
