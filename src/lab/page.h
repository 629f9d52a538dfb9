// What a page needs beside the functions of lab/ask.h and lab/net.h: memory, and why a call
// trapped. WebAssembly only.
#pragma once

#include <cstddef>

extern "C" {

// `bytes` bytes at a multiple of 16. Views of memory that the page made before are then void.
void* LabAllocate(std::size_t bytes);
void LabFree(void* at);

// Why the last call trapped: one line, UTF-8, zero-terminated. After a trap only this may be
// called.
const char* LabError();

}  // extern "C"
