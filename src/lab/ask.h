// How a page asks: plain C functions, exported from the WebAssembly module under these names. They
// fail as base/error.h says: in WebAssembly a call that fails traps, and LabError tells why.
#pragma once

#include <cstddef>

extern "C" {

// Answers `question` (lab/questions.h: "variance") with `options`, zero-terminated, and `size`
// bytes of `data`; the answer holds until the next question.
void LabAsk(const char* question, const char* options, const char* data, std::size_t size);

// The names in the answer, a line each: "number bias2", "text fit.wide".
const char* LabNames();
const double* LabNumbers(const char* name);
std::size_t LabCount(const char* name);
const char* LabText(const char* name);

}  // extern "C"
