// The decays along which the page's curves are drawn.
#pragma once

#include <vector>

namespace halflife {

inline constexpr double kLeastDecay = 1e-8;
inline constexpr double kLargestDecay = 1e3;

// 0, then kLeastDecay to kLargestDecay, so many a decade, evenly spread on a log scale.
std::vector<double> DecayPath(int per_decade);

// Where `decay` is marked among them: a positive one below the least of them is marked there.
double MarkedDecay(double decay);

}  // namespace halflife
