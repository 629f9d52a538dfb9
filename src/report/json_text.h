// JSON as text for people and programs.
#pragma once

#include <string>

#include "report/json_values.h"

namespace halflife {

// Indented by 2, with a line end; a list of numbers, or of such lists, is one line. Each byte
// that is no part of UTF-8 is U+FFFD.
std::string JsonText(const Json& json);

}  // namespace halflife
