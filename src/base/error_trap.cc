// Failures in WebAssembly: the message is kept where the page finds it, and the call traps.
#include "base/error_trap.h"

#include <algorithm>
#include <array>
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
