// Where there is no BLAS, in WebAssembly.
#include "kernels/product.h"

namespace halflife {

ProductFunction LinkedProduct() { return nullptr; }

}  // namespace halflife
