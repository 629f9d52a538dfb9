// Figures as high as they are wide: two numbers of one kind against each other.
#pragma once

#include "report/frame.h"

namespace halflife {

// With room above for so many rows of text.
Layout SquareLayout(bool narrow, int rows);

struct SquareNames {
  Said x;
  Said y;
};

// One range on both axes, whose ends are the plot's, and the line on which both are equal.
struct Square {
  Square(Range range, const Layout& layout);
  void DrawAxes(const Layout& layout, const SquareNames& names, Svg* svg) const;

  Axis x;
  Axis y;
};

}  // namespace halflife
