#include "report/frame.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "report/plain_text.h"

namespace halflife {
namespace {

DecayScale ScaleFor(const TuneResult& result, const Layout& layout) {
  return {DecaysOf(result), {layout.left, layout.right}, layout.x_labels};
}

std::vector<double> Positions(const TuneResult& result, const Layout& layout) {
  const DecayScale scale = ScaleFor(result, layout);
  std::vector<double> positions;
  for (const GridPoint& point : result.grid)
    positions.push_back(std::round(100.0 * scale.At(point.decay)) / 100.0);
  return positions;
}

// Two short strokes across the axis line, on a gap in it.
void DrawBreak(Point at, Svg* svg) {
  svg->Line({at.x - 5.0, at.y + 5.0}, {at.x - 1.0, at.y - 5.0}, "axis");
  svg->Line({at.x + 1.0, at.y + 5.0}, {at.x + 5.0, at.y - 5.0}, "axis");
}

}  // namespace

std::vector<double> DecaysOf(const TuneResult& result) {
  std::vector<double> decays;
  for (const GridPoint& point : result.grid) decays.push_back(point.decay);
  return decays;
}

void DrawDecayAxis(const Layout& layout, const DecayScale& scale, const std::string& name,
                   Svg* svg) {
  const double y = layout.bottom;
  double start = layout.left;
  if (scale.break_at()) {
    svg->Line({layout.left, y}, {*scale.break_at() - 3.0, y}, "axis");
    DrawBreak({*scale.break_at(), y}, svg);
    start = *scale.break_at() + 3.0;
  }
  svg->Line({start, y}, {layout.right, y}, "axis");
  for (const Tick& tick : scale.Ticks()) {
    svg->Line({tick.position, y}, {tick.position, y + (tick.label.empty() ? 3.0 : 6.0)},
              "axis tick");
    if (tick.label.empty()) continue;
    svg->Text({tick.position, y + 9.0 + layout.font}, tick.label,
              {.css_class = "number", .anchor = "middle"});
  }
  svg->Text({0.5 * (layout.left + layout.right), layout.height - 6.0}, name,
            {.css_class = "name", .anchor = "middle"});
}

void DrawValueAxis(const Layout& layout, const LinearScale& scale, Side side, Svg* svg) {
  for (const Tick& tick : scale.Ticks()) {
    svg->Line({layout.left, tick.position}, {layout.right, tick.position},
              tick.label == "0" ? "grid zero" : "grid");
    const double x = side == Side::kLeft ? layout.left - 7.0 : layout.right + 7.0;
    svg->Text({x, tick.position + 0.35 * layout.font}, tick.label,
              {.css_class = "number", .anchor = side == Side::kLeft ? "end" : "start"});
  }
}

std::string AxisName(const std::string& name, const LinearScale& scale) {
  return scale.exponent() == 0 ? name
                               : fmt::format("{} (× {})", name, PowerOfTen(scale.exponent()));
}

Places PlacesOfDecays(const TuneResult& result, const Layout& wide, const Layout& narrow) {
  return {Positions(result, wide), Positions(result, narrow), result.best};
}

std::string ReadoutJson(const Readout& readout, const Places& places) {
  nlohmann::ordered_json json;
  json["labels"] = nlohmann::ordered_json::array();
  for (const std::string& label : readout.labels) json["labels"].push_back(CleanText(label));
  json["readings"] = nlohmann::ordered_json::array();
  for (const Reading& reading : readout.readings) {
    json["readings"].push_back({{"title", reading.title}, {"values", reading.values}});
  }
  json["wide"] = places.wide;
  json["narrow"] = places.narrow;
  json["best"] = places.first;
  // Outside of strings JSON has none of these three characters, so this changes strings alone.
  std::string safe;
  for (const char c : json.dump()) {
    switch (c) {
      case '<':
        safe += "\\u003c";
        break;
      case '>':
        safe += "\\u003e";
        break;
      case '&':
        safe += "\\u0026";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

}  // namespace halflife
