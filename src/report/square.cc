#include "report/square.h"

#include <algorithm>

namespace halflife {

Layout SquareLayout(bool narrow, int rows) {
  const double side = narrow ? 300.0 : 340.0;
  Layout layout = narrow ? NarrowLayout(side, rows) : WideLayout(side, rows);
  layout.left = narrow ? 50.0 : 200.0;
  layout.right = layout.left + side;
  layout.x_labels = layout.y_ticks = narrow ? 4 : 5;
  return layout;
}

Square::Square(Range range, const Layout& layout)
    : x(ExactAxis(range, layout.across(), layout.x_labels)),
      y(ExactAxis(range, layout.up(), layout.y_ticks)) {}

void Square::DrawAxes(const Layout& layout, const SquareNames& names, Svg* svg) const {
  svg->Scales(ScaleAttributes(x, 'x') + ScaleAttributes(y, 'y'));
  svg->Text({std::max(0.0, layout.left - 58.0), RowAt(layout, 0)}, AxisName(names.y, y),
            {.css_class = "name"});
  DrawValueAxis(layout, y, Side::kLeft, svg);
  DrawBottomAxis(layout, x, AxisName(names.x, x), svg);
  svg->Line({layout.left, layout.bottom}, {layout.right, layout.top}, "diagonal");
}

}  // namespace halflife
