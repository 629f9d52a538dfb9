// Lines of equal value on a grid: marching squares.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "report/svg.h"

namespace halflife {

// The lines on which `values` is `level`, in steps of the grid from its first point: values[j *
// side + i] is at (i, j), and linear between neighbours. Cells with a corner that cannot be drawn
// are left out.
std::vector<std::vector<Point>> ContourLines(std::span<const double> values, std::size_t side,
                                             double level);

}  // namespace halflife
