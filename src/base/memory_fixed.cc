// Memory where nobody tells how much there is, in WebAssembly: 32 bits address no more.
#include "base/memory.h"

namespace halflife {

double MemoryOfMachine() { return 4e9; }

}  // namespace halflife
