// Which product the program has. kernels/ stands beside linalg/ and never includes it, and
// halflife::optim has no BLAS at all. So the function of the BLAS is a weak symbol here: where
// linalg/product_blas.cc is linked it is that function, else null. A weak symbol alone takes
// nothing out of an archive, so whoever links halflife::halflife also asks the linker for it by
// name (target_link_options in src/CMakeLists.txt). Nothing is registered before main, so nothing
// depends on an order; a program that links the archive by hand and forgets the option gets our own
// product.
#include "kernels/product.h"

extern "C" void HalflifeBlasProduct(const halflife::MatrixProduct&) __attribute__((weak));

namespace halflife {

ProductFunction LinkedProduct() { return &HalflifeBlasProduct; }

}  // namespace halflife
