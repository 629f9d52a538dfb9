// The text literals of C++ source.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace halflife::testing {

// Every text literal, with those that stand side by side joined; comments, includes, single
// characters and what a static_assert says are passed over. Escapes stay as they are written.
std::vector<std::string> TextLiterals(std::string_view source);

}  // namespace halflife::testing
