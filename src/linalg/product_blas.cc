// The product of the BLAS, for kernels/product_linked.cc: one thread each, since its callers are
// parallel outside of it.
#include "base/product.h"
#include "linalg/one_blas_thread.h"

extern "C" {
// As Eigen declares it.
int sgemm_(const char* transa, const char* transb, const int* m, const int* n, const int* k,
           const float* alpha, const float* a, const int* lda, const float* b, const int* ldb,
           const float* beta, float* c, const int* ldc);

// C^T = B^T A^T, since a BLAS counts columns first: what lies row by row here is the transpose
// there.
void HalflifeBlasProduct(const halflife::MatrixProduct& p) {
  const halflife::OneBlasThread one_thread;
  const int rows = static_cast<int>(p.rows), columns = static_cast<int>(p.columns);
  const int depth = static_cast<int>(p.depth), ldc = static_cast<int>(p.c_row);
  const bool a_by_rows = p.a_depth == 1 && p.a_row >= p.depth;
  const bool b_by_rows = p.b_column == 1 && p.b_depth >= p.columns;
  const int lda = static_cast<int>(a_by_rows ? p.a_row : p.a_depth);
  const int ldb = static_cast<int>(b_by_rows ? p.b_depth : p.b_column);
  const float one = 1, zero = 0;
  sgemm_(b_by_rows ? "N" : "T", a_by_rows ? "N" : "T", &columns, &rows, &depth, &one, p.b, &ldb,
         p.a, &lda, &zero, p.c, &ldc);
}
}
