// Blanks as people's files have them: space and tab, and the no-break and thin spaces that
// spreadsheets put between digits.
#pragma once

#include <cstddef>
#include <string_view>

namespace halflife {

// How many bytes the blank at the start of `text` has; 0 where there is none.
std::size_t BlankAtStart(std::string_view text);

// `text` without blanks of any kind at either end.
std::string_view TrimBlanks(std::string_view text);

}  // namespace halflife
