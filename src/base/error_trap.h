// How a failure reaches the page: WebAssembly only.
#pragma once

#include "halflife/error.h"

namespace halflife {

// Why the last call trapped; null before any did. What was running then is left as it was, so the
// instance must not be asked for anything else but this. Where memory is what is missing (kMemory)
// nothing may be made of it but the words of that kind, which need none.
const Failure* TrappedFailure();

}  // namespace halflife
