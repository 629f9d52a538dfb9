#include "base/error.h"

#include <cstdio>
#include <cstdlib>
#include <new>

#include "base/check.h"

namespace halflife {

void FailData(const std::string& message) { throw Error(message, Error::Kind::kData); }

void FailUsage(const std::string& message) { throw Error(message, Error::Kind::kUsage); }

void FailMemory() { throw std::bad_alloc(); }

void StopAtBug(const char* file, int line, const char* condition) {
  std::fprintf(stderr, "halflife bug at %s:%d: %s\n", file, line, condition);
  std::abort();
}

}  // namespace halflife
