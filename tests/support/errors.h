// What a failing call says, and what it is made of.
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

// What the Error that `body` throws is made of; kBug where it throws none.
inline Failure FailureOf(const std::function<void()>& body) {
  try {
    body();
  } catch (const Error& error) {
    return error.failure();
  }
  return {};
}

}  // namespace halflife::testing
