// The one place that decides how a failure leaves: every floor fails through these functions.
// Natively they throw (error.cc); in WebAssembly, which is compiled without exceptions, they keep
// the message for the page and trap (error_trap.cc).
#pragma once

#include <string>

#include "halflife/error.h"

namespace halflife {

// Fails because the data or the run is at fault (exit 1).
[[noreturn]] void FailData(const std::string& message);

// Fails because an option or an argument is at fault (exit 2).
[[noreturn]] void FailUsage(const std::string& message);

// Fails because there is no memory left (std::bad_alloc).
[[noreturn]] void FailMemory();

}  // namespace halflife
