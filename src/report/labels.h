// Places labels so that none covers another.
#pragma once

#include <string_view>
#include <vector>

namespace halflife {

// About how wide clean `text` is in a sans-serif face of this size.
double TextWidth(std::string_view text, double font_size);

// Positions near `wanted`, in the same order, at least `gap` apart and within [low, high]; where
// there is no room for that, evenly spread. The sum of squared moves is least before the ends are
// met.
std::vector<double> SpreadLabels(const std::vector<double>& wanted, double gap, double low,
                                 double high);

}  // namespace halflife
