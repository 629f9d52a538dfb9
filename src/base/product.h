// What a product of matrices of floats is, for who asks for one (kernels/product.h) and who brings
// one (linalg/product_blas.cc), neither of which includes the other.
#pragma once

#include <cstddef>

namespace halflife {

// c = a b. Elements lie at strides of which one is 1: rows or columns side by side.
struct MatrixProduct {
  std::size_t rows = 0, columns = 0, depth = 0;
  const float* a = nullptr;  // element (i, k) at a[i a_row + k a_depth]
  std::size_t a_row = 0, a_depth = 1;
  const float* b = nullptr;  // element (k, j) at b[k b_depth + j b_column]
  std::size_t b_depth = 0, b_column = 1;
  float* c = nullptr;  // element (i, j) at c[i c_row + j]; overlaps neither a nor b
  std::size_t c_row = 0;
};

using ProductFunction = void (*)(const MatrixProduct&);

}  // namespace halflife
