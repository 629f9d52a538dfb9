// What the figures share: sizes, axes, legends, and the data for the crosshair.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "halflife/tune.h"
#include "report/axes.h"
#include "report/axis.h"
#include "report/figures.h"
#include "report/svg.h"

namespace halflife {

// A variant of a figure, in units of its view box; about a CSS pixel each where it is meant to be
// seen.
struct Layout {
  std::string variant;  // "wide" or "narrow"
  double width = 0.0;
  double height = 0.0;
  double left = 0.0;  // the plot's edges
  double right = 0.0;
  double top = 0.0;
  double bottom = 0.0;
  double font = 13.0;
  int x_labels = 8;
  int y_ticks = 5;

  bool narrow() const { return variant == "narrow"; }
  Stretch across() const { return {left, right}; }
  Stretch up() const { return {bottom, top}; }
};

// The plot of a usual figure: so high, with room above it for `rows` of text.
Layout WideLayout(double plot_height, int rows);
Layout NarrowLayout(double plot_height, int rows);

// Where a row of text above the plot stands, 0 being the uppermost.
double RowAt(const Layout& layout, int row);

std::vector<double> DecaysOf(const TuneResult& result);

// The name of the decay axis.
inline constexpr const char* kDecayName = "weight decay, log scale";
Said DecayName();
Axis DecayAxis(const TuneResult& result, const Layout& layout);

// `head` of a figure's variant.
SvgHead HeadOf(const std::string& id, const Said& title, const Said& description,
               const Layout& layout);

// The horizontal axis: line, break, ticks, labels and name.
void DrawDecayAxis(const Layout& layout, const DecayScale& scale, const std::string& name,
                   Svg* svg);
void DrawBottomAxis(const Layout& layout, const Axis& axis, const Said& name, Svg* svg);

enum class Side { kLeft, kRight };

// Grid lines across the plot and their labels.
void DrawValueAxis(const Layout& layout, const Axis& axis, Side side, Svg* svg);

// "loss" with its power of ten where the axis has one: "loss (× 10⁸)".
std::string AxisName(const std::string& name, const LinearScale& scale);
Said AxisName(const Said& name, const Axis& axis);

// What a line or a dot of these classes is.
struct KeyEntry {
  enum class Swatch { kLine, kLineAndDot, kDot, kBox };
  Said text;
  std::string css_class;  // "validation": of a line "curve validation", of a dot "dot validation"
  Swatch swatch = Swatch::kLine;
};

// Entries from left to right in as many rows as they need.
class Legend {
 public:
  Legend(std::vector<KeyEntry> entries, const Layout& layout);
  int rows() const { return rows_; }
  // From this row of text on.
  void Draw(const Layout& layout, int row, Svg* svg) const;

 private:
  struct Placed {
    KeyEntry entry;
    double x = 0.0;
    int row = 0;
  };
  std::vector<Placed> placed_;
  int rows_ = 0;
};

// A vertical line and its name above the plot.
struct Mark {
  Said text;
  double x = 0.0;
  std::string css_class;
};

// In `rows` rows next to the plot: no name covers another, nor another's line.
void DrawMarks(const std::vector<Mark>& marks, int rows, const Layout& layout, Svg* svg);

// How wide the text is in the language in which it is wider.
double TextWidth(const Said& text, double font_size);

// A line through those that can be drawn.
std::vector<Point> PointsOf(const Axis& x, const Axis& y, std::span<const double> xs,
                            std::span<const double> ys);

// A bar of one standard error either side of the mean at x, where its ends can be drawn.
void DrawErrorBar(const Axis& y, double x, const Estimate& estimate, std::string_view css_class,
                  Svg* svg);

// The values a crosshair shows at a place.
struct Reading {
  Said title;
  std::vector<Said> values;
};

// The numbers that a figure shows, in full.
struct FigureTable {
  using Cell = std::variant<double, std::string>;
  std::vector<std::string> columns;  // names for programs
  std::vector<std::vector<Cell>> rows;
};

struct Readout {
  std::vector<Said> labels;
  std::vector<Reading> readings;  // one a place
  FigureTable table;
};

// Where the readings lie on the two variants, and which is shown first.
struct Places {
  std::vector<double> wide;
  std::vector<double> narrow;
  int first = 0;
};

// `readout` with its places, as JSON that is safe inside <script>. Texts that differ in Chinese are
// given in it too, under keys that end in _zh.
std::string ReadoutJson(const Readout& readout, const Places& places = {});

// The places of the grid's points.
Places PlacesOfDecays(const TuneResult& result, const Layout& wide, const Layout& narrow);

// A place as it is drawn: in hundredths.
double PlaceOf(double position);

}  // namespace halflife
