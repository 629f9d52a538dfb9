// What the figures share: sizes, axes, and the data for the crosshair.
#pragma once

#include <string>
#include <vector>

#include "halflife/tune.h"
#include "report/axis.h"
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
};

std::vector<double> DecaysOf(const TuneResult& result);

// The name of the decay axis.
inline constexpr const char* kDecayName = "weight decay, log scale";

// The horizontal axis: line, break, ticks, labels and name.
void DrawDecayAxis(const Layout& layout, const DecayScale& scale, const std::string& name,
                   Svg* svg);

enum class Side { kLeft, kRight };

// Grid lines across the plot and their labels.
void DrawValueAxis(const Layout& layout, const LinearScale& scale, Side side, Svg* svg);

// "loss" with its power of ten where the axis has one: "loss (× 10⁸)".
std::string AxisName(const std::string& name, const LinearScale& scale);

// The values a crosshair shows at a decay.
struct Reading {
  std::string title;
  std::vector<std::string> values;
};

struct Readout {
  std::vector<std::string> labels;
  std::vector<Reading> readings;  // one a place
};

// Where the readings lie on the two variants, and which is shown first.
struct Places {
  std::vector<double> wide;
  std::vector<double> narrow;
  int first = 0;
};

// `readout` with its places, as JSON that is safe inside <script>.
std::string ReadoutJson(const Readout& readout, const Places& places);

// The places of the grid's points.
Places PlacesOfDecays(const TuneResult& result, const Layout& wide, const Layout& narrow);

}  // namespace halflife
