// How tables spell a cell that is missing.
#pragma once

#include <string_view>

namespace halflife {

// Whether an unquoted cell is missing whatever its column holds: empty, NA, NaN, null (in any case)
// or ?.
bool IsMissing(std::string_view text);

// Whether a cell of a column that otherwise holds numbers or dates is missing: one of the above, or
// another usual spelling (N/A, None, -, ., #DIV/0!, ...), in any case.
bool IsMissingWord(std::string_view text);

}  // namespace halflife
