// How a failure reaches the page: WebAssembly only.
#pragma once

namespace halflife {

// Why the last call trapped, in one line of UTF-8; "" before any did. What was running then is left
// as it was, so the instance must not be asked for anything else but this.
const char* TrappedError();

}  // namespace halflife
