// What a decay and a learning rate may be, wherever they come from.
#pragma once

#include <vector>

namespace halflife {

inline constexpr double kLargestTunedDecay = 1e100;  // beyond it the products of a fit overflow

// Throws Error at the first that is no number from 0 to kLargestTunedDecay.
void CheckDecays(const std::vector<double>& decays);

// Throws Error at the first that is no finite number above 0.
void CheckLrs(const std::vector<double>& lrs);

}  // namespace halflife
