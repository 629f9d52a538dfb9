// A drawing with a linear or logarithmic axis each way, in the report's looks: what every figure of
// the page is made with.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "lab/answer.h"
#include "report/axis.h"
#include "report/frame.h"
#include "report/svg.h"

namespace halflife {

// What a figure is called, and what it says to those who cannot see it.
struct PlotWords {
  std::string id;  // unique in the page, without the variant
  std::string title;
  std::string description;
};

// Heights in units of the view box, whose widths are 720 and 360. Square: the plot is as high as it
// is wide, and the heights are not used.
struct PlotSize {
  double wide = 340;
  double narrow = 300;
  bool square = false;
};

struct LegendEntry {
  std::string text;
  std::string css_class;  // of its line: "curve training"
};

class Plot {
 public:
  Plot(const PlotWords& words, const PlotSize& size, bool narrow);

  // First the axes, each once. `exact`: the range's ends are the plot's; else it grows to whole
  // ticks.
  void LinearX(Range range, const std::string& name, bool exact = true);
  void LinearY(Range range, const std::string& name, bool exact = false);
  void LogX(std::span<const double> values, const std::string& name);  // 0 has its own place
  void LogY(std::span<const double> values, const std::string& name);

  double X(double value) const { return x_(value); }
  double Y(double value) const { return y_(value); }
  const Layout& layout() const { return layout_; }
  // The drawing itself, in units of the view box, for what is not a value.
  Svg& svg() { return svg_; }

  // Everything until EndClip shows inside the plot only.
  void BeginClip();
  void EndClip() { svg_.EndClip(); }
  // A line through the values that can be drawn; both spans of one length.
  void Curve(std::span<const double> x, std::span<const double> y, const std::string& css_class);
  // The area between `low` and `high`.
  void Area(std::span<const double> x, std::span<const double> low, std::span<const double> high,
            const std::string& css_class);
  void Dots(std::span<const double> x, std::span<const double> y, double radius,
            const std::string& css_class);
  void Dot(double x, double y, double radius, const std::string& css_class);
  // A line from edge to edge, with its text above the plot where there is one.
  void Vertical(double x, const std::string& css_class, const std::string& text = "");
  // At the top, from the left; a second row where the first is full.
  void Legend(std::span<const LegendEntry> entries);

  std::string Finish() { return svg_.Finish(); }

 private:
  Layout layout_;
  Svg svg_;
  std::function<double(double)> x_;
  std::function<double(double)> y_;
};

// Draws both variants with `body`.
Drawing DrawBoth(const PlotWords& words, const PlotSize& size,
                 const std::function<void(Plot*)>& body);

}  // namespace halflife
