// The value of --decay.
#pragma once

#include <string>
#include <vector>

namespace halflife {

// "auto" (an empty list), "V,V,...", or "LO:HI:COUNT" log-spaced with both ends. Throws Error
// (usage).
std::vector<double> ParseDecays(const std::string& text);

}  // namespace halflife
