// Where there is no BLAS, in WebAssembly.
#include "linalg/one_blas_thread.h"

namespace halflife {

OneBlasThread::OneBlasThread() = default;
OneBlasThread::~OneBlasThread() = default;

}  // namespace halflife
