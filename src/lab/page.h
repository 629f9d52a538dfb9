// What a page needs beside the functions of lab/ask.h and lab/net.h: memory, and why a call
// trapped. WebAssembly only.
#pragma once

#include <cstddef>

extern "C" {

// `bytes` bytes at a multiple of 16. Views of memory that the page made before are then void.
void* LabAllocate(std::size_t bytes);
void LabFree(void* at);

// Why the last call trapped: one line, UTF-8, zero-terminated, "" where nothing is known. `words`:
// 0 for English with options by their bare names; 1 for English and 2 for Chinese with each option
// between two bytes 1, as NAME or NAME=VALUE. After a trap only this may be called.
const char* LabError(int words);

}  // extern "C"
