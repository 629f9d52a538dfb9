// Currency signs and codes beside numbers.
#pragma once

#include <string_view>

namespace halflife {

// The currency that `text` begins (ends) with, the longest that fits: a sign ($, EUR, kr, ...) or
// an ISO 4217 code in capitals; "" where there is none.
std::string_view CurrencyAtStart(std::string_view text);
std::string_view CurrencyAtEnd(std::string_view text);

}  // namespace halflife
