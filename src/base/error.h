// The one place that decides how a failure leaves: every floor fails through these two functions.
#pragma once

#include <string>

#include "halflife/error.h"

namespace halflife {

// Fails because the data or the run is at fault (exit 1).
[[noreturn]] void FailData(const std::string& message);

// Fails because an option or an argument is at fault (exit 2).
[[noreturn]] void FailUsage(const std::string& message);

}  // namespace halflife
