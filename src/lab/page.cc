#include "lab/page.h"

#include <cstdlib>

#include "base/error.h"
#include "base/error_trap.h"

void* LabAllocate(std::size_t bytes) {
  void* const at = std::malloc(bytes);
  if (at == nullptr) halflife::FailMemory();
  return at;
}

void LabFree(void* at) { std::free(at); }

const char* LabError() { return halflife::TrappedError(); }
