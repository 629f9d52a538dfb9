// Texts of the user's as literals of code.
#pragma once

#include <string>
#include <string_view>

namespace halflife {

// `text` whole, in double quotes, as C++ and Python both read it: quotes and backslashes escaped,
// control characters in octal.
std::string CodeString(std::string_view text);

}  // namespace halflife
