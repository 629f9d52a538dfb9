// Products of matrices of floats, one thread each: by the BLAS where the program has it, else by
// our own.
#pragma once

#include "base/product.h"

namespace halflife {

// By what the program was linked with, see kernels/product_linked.cc.
void Multiply(const MatrixProduct& product);

// Our own: every element one sum in the order of the depth, without fused multiply-add, so that
// every SIMD target and WebAssembly give the same bits. Takes 24 kB of stack.
void MultiplyByOwn(const MatrixProduct& product);

// The product of the BLAS; null where the program has none.
ProductFunction LinkedProduct();

// For tests: what Multiply calls from now on; null goes back to what was linked.
void SetProduct(ProductFunction product);

}  // namespace halflife
