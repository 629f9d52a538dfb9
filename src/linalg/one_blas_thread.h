// Keeps BLAS and LAPACK on one thread: we are parallel outside of them, and their sums then add in
// one order.
#pragma once

namespace halflife {

// While any of these lives, in any thread, BLAS and LAPACK use one thread. The setting belongs to
// the whole process, so the lives are counted: the first one that begins keeps the number there
// was, the last one that ends restores it.
class OneBlasThread {
 public:
  OneBlasThread();
  ~OneBlasThread();
  OneBlasThread(const OneBlasThread&) = delete;
  OneBlasThread& operator=(const OneBlasThread&) = delete;
};

}  // namespace halflife
