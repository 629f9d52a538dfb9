// What a failing call says.
#pragma once

#include <functional>
#include <string>

#include "halflife/error.h"

namespace halflife::testing {

// The message of the Error that `body` throws, or "no error".
inline std::string ErrorOf(const std::function<void()>& body) {
  try {
    body();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace halflife::testing
