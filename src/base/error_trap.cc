// Failures in WebAssembly: the message is kept where the page finds it, and the call traps.
#include "base/error_trap.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <new>
#include <string_view>

#include "base/check.h"
#include "base/error.h"

namespace halflife {
namespace {

// Of a fixed size, because memory may be what is missing.
std::array<char, 1024> message{};

[[noreturn]] void Trap(std::string_view text) {
  const std::size_t length = std::min(text.size(), message.size() - 1);
  *std::copy_n(text.data(), length, message.data()) = '\0';
  __builtin_trap();
}

}  // namespace

const char* TrappedError() { return message.data(); }

void FailData(const std::string& text) { Trap(text); }

void FailUsage(const std::string& text) { Trap(text); }

void FailMemory() { Trap("there is no memory left; take fewer rows or a smaller net"); }

void StopAtBug(const char* file, int line, const char* condition) {
  Trap("halflife bug at " + std::string(file) + ":" + std::to_string(line) + ": " + condition);
}

}  // namespace halflife

// What the C++ library calls when it cannot go on. Its own versions print, and so would need files.
void std::__libcpp_verbose_abort(const char* format, ...) { halflife::Trap(format); }

extern "C" void __cxa_pure_virtual() { halflife::Trap("halflife bug: a pure virtual call"); }

// fmt's way to hexadecimal floats, which nothing here asks for.
extern "C" int snprintf(char* /*to*/, std::size_t /*size*/, const char* format, ...) {
  halflife::Trap(format);
}

void* operator new(std::size_t bytes) {
  void* const at = std::malloc(bytes);
  if (at == nullptr) halflife::FailMemory();
  return at;
}
void operator delete(void* at) noexcept { std::free(at); }
void operator delete(void* at, std::size_t /*bytes*/) noexcept { std::free(at); }
