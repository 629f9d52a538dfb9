// Failures in WebAssembly: what failed is kept where the page finds it, and the call traps.
#include "base/error_trap.h"

#include <cstdlib>
#include <new>
#include <string_view>

#include "base/check.h"
#include "base/error.h"

namespace halflife {
namespace {

// Takes no memory when it is made, because that may be what is missing.
struct Trapped {
  Failure no_memory{.kind = ErrorKind::kMemory};
  Failure failure;
  const Failure* last = nullptr;
};

Trapped& TheTrapped() {
  static Trapped trapped;
  return trapped;
}

[[noreturn]] void TrapAtBug(std::string_view text) { Fail(ErrorKind::kBug, {text}); }

}  // namespace

const Failure* TrappedFailure() { return TheTrapped().last; }

void Fail(Failure failure) {
  TheTrapped().failure = std::move(failure);
  TheTrapped().last = &TheTrapped().failure;
  __builtin_trap();
}

void FailMemory() {
  TheTrapped().last = &TheTrapped().no_memory;
  __builtin_trap();
}

void StopAtBug(const char* file, int line, const char* condition) {
  TrapAtBug(std::string(file) + ":" + std::to_string(line) + ": " + condition);
}

}  // namespace halflife

// What the C++ library calls when it cannot go on. Its own versions print, and so would need files.
void std::__libcpp_verbose_abort(const char* format, ...) { halflife::TrapAtBug(format); }

extern "C" void __cxa_pure_virtual() { halflife::TrapAtBug("pure virtual call"); }

// fmt's way to hexadecimal floats, which nothing here asks for.
extern "C" int snprintf(char* /*to*/, std::size_t /*size*/, const char* format, ...) {
  halflife::TrapAtBug(format);
}

void* operator new(std::size_t bytes) {
  void* const at = std::malloc(bytes);
  if (at == nullptr) halflife::FailMemory();
  return at;
}
void operator delete(void* at) noexcept { std::free(at); }
void operator delete(void* at, std::size_t /*bytes*/) noexcept { std::free(at); }
