// The SIMD target of WebAssembly: there is one, known when it is compiled.
#include "kernels/rule.h"

namespace halflife {

void RunElementwise(const ElementwiseRule& rule, std::size_t variant, const ElementwiseJob& job) {
  rule.run(variant, job);
}

}  // namespace halflife
