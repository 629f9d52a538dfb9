// The order of numbers.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace halflife {

// The places of `values`, none of them NaN, from the least value up; those of equal values (-0 and
// 0 are) ascending.
std::vector<uint32_t> OrderUp(std::span<const double> values);

}  // namespace halflife
