// The one place that decides how a failure leaves: every floor fails through these functions.
// Natively they throw (error.cc); in WebAssembly, which is compiled without exceptions, they keep
// the failure for the page and trap (error_trap.cc). What each kind says is in error_catalogue.h.
#pragma once

#include <concepts>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "halflife/error.h"

namespace halflife {

// A number, a name or a cell as text; numbers in the shortest text that reads back the same.
class ErrorArgument {
 public:
  ErrorArgument(std::string text) : text_(std::move(text)) {}
  ErrorArgument(std::string_view text) : text_(text) {}
  ErrorArgument(const char* text) : text_(text) {}
  ErrorArgument(char c) : text_(1, c) {}
  ErrorArgument(double number);
  template <std::integral Integer>
  ErrorArgument(Integer number) : text_(std::to_string(number)) {}

  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

using ErrorArguments = std::initializer_list<ErrorArgument>;
using ErrorCause = std::shared_ptr<const Failure>;

// What is wrong inside, for a kind whose sentence has a place for it.
ErrorCause Cause(ErrorKind kind, ErrorArguments arguments = {});

[[noreturn]] void Fail(Failure failure);
[[noreturn]] void Fail(ErrorKind kind, ErrorArguments arguments = {}, ErrorCause cause = nullptr);

// Fails in a file or another source of that name.
[[noreturn]] void FailIn(ErrorPlace place, ErrorKind kind, ErrorArguments arguments = {},
                         ErrorCause cause = nullptr);

// Fails for an option, where the kind is of any option; `option`: its bare name.
[[noreturn]] void FailOption(std::string_view option, ErrorKind kind, ErrorArguments arguments = {},
                             ErrorPlace place = {});

// Fails because there is no memory left (std::bad_alloc).
[[noreturn]] void FailMemory();

}  // namespace halflife
