#include "base/error.h"

#include <cstdio>
#include <cstdlib>
#include <new>

#include "base/check.h"
#include "base/error_catalogue.h"
#include "base/error_text.h"

namespace halflife {
namespace {

Failure WithOption(Failure failure) {
  failure.option = OptionOf(failure);
  return failure;
}

}  // namespace

Error::Error(Failure failure)
    : std::runtime_error(ErrorText(failure, EnglishErrorWords, BareOption)),
      failure_(std::make_shared<const Failure>(WithOption(std::move(failure)))),
      fault_(ErrorEntryOf(failure_->kind).fault) {}

void Fail(Failure failure) { throw Error(std::move(failure)); }

void FailMemory() { throw std::bad_alloc(); }

void StopAtBug(const char* file, int line, const char* condition) {
  std::fprintf(stderr, "halflife bug at %s:%d: %s\n", file, line, condition);
  std::abort();
}

}  // namespace halflife
