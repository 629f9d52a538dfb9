#include "report/frame.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "report/labels.h"
#include "report/plain_text.h"

namespace halflife {
namespace {

constexpr double kRow = 17.0;
constexpr double kFoot = 54.0;  // below the plot: ticks, their labels, the axis's name

std::vector<double> Positions(const TuneResult& result, const Layout& layout) {
  const Axis axis = DecayAxis(result, layout);
  std::vector<double> positions;
  for (const GridPoint& point : result.grid) positions.push_back(PlaceOf(axis.At(point.decay)));
  return positions;
}

// Two short strokes across the axis line, on a gap in it.
void DrawBreak(Point at, Svg* svg) {
  svg->Line({at.x - 5.0, at.y + 5.0}, {at.x - 1.0, at.y - 5.0}, "axis");
  svg->Line({at.x + 1.0, at.y + 5.0}, {at.x + 5.0, at.y - 5.0}, "axis");
}

Layout LayoutOf(Layout layout, double plot_height, int rows) {
  layout.top = 15.0 + kRow * rows - 3.0;
  layout.bottom = layout.top + plot_height;
  layout.height = layout.bottom + kFoot;
  return layout;
}

nlohmann::ordered_json CellJson(const FigureTable::Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return CleanText(*text);
  const double value = std::get<double>(cell);
  constexpr double kWhole = 1e15;
  if (!std::isfinite(value)) return nullptr;
  if (value == std::floor(value) && std::fabs(value) < kWhole)
    return static_cast<std::int64_t>(value);
  return value;
}

nlohmann::ordered_json TableJson(const FigureTable& table) {
  nlohmann::ordered_json json;
  json["columns"] = table.columns;
  json["rows"] = nlohmann::ordered_json::array();
  for (const std::vector<FigureTable::Cell>& row : table.rows) {
    nlohmann::ordered_json cells = nlohmann::ordered_json::array();
    for (const FigureTable::Cell& cell : row) cells.push_back(CellJson(cell));
    json["rows"].push_back(std::move(cells));
  }
  return json;
}

// Under `key` in English; under `key`_zh in Chinese too, where that differs.
void PutTexts(const std::string& key, const std::vector<Said>& texts,
              nlohmann::ordered_json* json) {
  nlohmann::ordered_json english = nlohmann::ordered_json::array();
  nlohmann::ordered_json chinese = nlohmann::ordered_json::array();
  for (const Said& text : texts) {
    english.push_back(CleanText(text.english));
    chinese.push_back(CleanText(text.chinese));
  }
  const bool differ = english != chinese;
  (*json)[key] = std::move(english);
  if (differ) (*json)[key + "_zh"] = std::move(chinese);
}

nlohmann::ordered_json ReadingJson(const Reading& reading) {
  nlohmann::ordered_json json;
  json["title"] = CleanText(reading.title.english);
  if (reading.title.chinese != reading.title.english)
    json["title_zh"] = CleanText(reading.title.chinese);
  PutTexts("values", reading.values, &json);
  return json;
}

// Outside of strings JSON has none of these three characters, so this changes strings alone.
std::string SafeInScript(const std::string& json) {
  std::string safe;
  for (const char c : json) {
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

}  // namespace

Layout WideLayout(double plot_height, int rows) {
  return LayoutOf({.variant = "wide",
                   .width = 720,
                   .left = 58,
                   .right = 712,
                   .font = 13,
                   .x_labels = 8,
                   .y_ticks = 5},
                  plot_height, rows);
}

Layout NarrowLayout(double plot_height, int rows) {
  return LayoutOf({.variant = "narrow",
                   .width = 360,
                   .left = 48,
                   .right = 352,
                   .font = 13,
                   .x_labels = 5,
                   .y_ticks = 4},
                  plot_height, rows);
}

double RowAt(const Layout& layout, int row) { return layout.font + 2.0 + kRow * row; }

std::vector<double> DecaysOf(const TuneResult& result) {
  std::vector<double> decays;
  for (const GridPoint& point : result.grid) decays.push_back(point.decay);
  return decays;
}

Said DecayName() { return {kDecayName, "权重衰减（对数刻度）"}; }

Axis DecayAxis(const TuneResult& result, const Layout& layout) {
  const std::vector<double> decays = DecaysOf(result);
  return AxisOf(DecayScale(decays, layout.across(), layout.x_labels), decays);
}

SvgHead HeadOf(const std::string& id, const Said& title, const Said& description,
               const Layout& layout) {
  return {.width = layout.width,
          .height = layout.height,
          .id = id + "-" + layout.variant,
          .css_class = "figure " + layout.variant,
          .title = title.english,
          .description = description.english,
          .chinese_title = title.chinese,
          .chinese_description = description.chinese};
}

void DrawDecayAxis(const Layout& layout, const DecayScale& scale, const std::string& name,
                   Svg* svg) {
  Axis axis;
  axis.ticks = scale.Ticks();
  axis.break_at = scale.break_at();
  DrawBottomAxis(layout, axis, InEither(name), svg);
}

void DrawBottomAxis(const Layout& layout, const Axis& axis, const Said& name, Svg* svg) {
  const double y = layout.bottom;
  double start = layout.left;
  if (axis.break_at) {
    svg->Line({layout.left, y}, {*axis.break_at - 3.0, y}, "axis");
    DrawBreak({*axis.break_at, y}, svg);
    start = *axis.break_at + 3.0;
  }
  svg->Line({start, y}, {layout.right, y}, "axis");
  double taken = -1e9;
  for (const Tick& tick : axis.ticks) {
    const double half = 0.5 * TextWidth(tick.label, layout.font);
    const double middle = std::clamp(tick.position, half, std::max(half, layout.width - half));
    const bool labelled = !tick.label.empty() && middle - half > taken;
    svg->Line({tick.position, y}, {tick.position, y + (labelled ? 6.0 : 3.0)}, "axis tick");
    if (!labelled) continue;
    svg->Text({middle, y + 9.0 + layout.font}, tick.label,
              {.css_class = "number", .anchor = "middle"});
    taken = middle + half + 4.0;
  }
  svg->Text({0.5 * (layout.left + layout.right), layout.height - 6.0}, name,
            {.css_class = "name", .anchor = "middle"});
}

void DrawValueAxis(const Layout& layout, const Axis& axis, Side side, Svg* svg) {
  double taken = 1e9;
  for (const Tick& tick : axis.ticks) {
    if (tick.label.empty()) continue;
    svg->Line({layout.left, tick.position}, {layout.right, tick.position},
              tick.label == "0" ? "grid zero" : "grid");
    const double x = side == Side::kLeft ? layout.left - 7.0 : layout.right + 7.0;
    if (tick.position + layout.font > taken) continue;
    svg->Text({x, tick.position + 0.35 * layout.font}, tick.label,
              {.css_class = "number", .anchor = side == Side::kLeft ? "end" : "start"});
    taken = tick.position;
  }
}

std::string AxisName(const std::string& name, const LinearScale& scale) {
  return scale.exponent() == 0 ? name
                               : fmt::format("{} (× {})", name, PowerOfTen(scale.exponent()));
}

Said AxisName(const Said& name, const Axis& axis) {
  if (axis.exponent == 0) return name;
  const std::string power = PowerOfTen(axis.exponent);
  return {fmt::format("{} (× {})", name.english, power),
          fmt::format("{}（× {}）", name.chinese, power)};
}

Legend::Legend(std::vector<KeyEntry> entries, const Layout& layout) {
  double x = 0.0;
  for (KeyEntry& entry : entries) {
    const double width = 30.0 + TextWidth(entry.text, layout.font);
    if (rows_ == 0) rows_ = 1;
    if (x > 0.0 && x + width > layout.width) {
      x = 0.0;
      ++rows_;
    }
    placed_.push_back({std::move(entry), x, rows_ - 1});
    x += width + 16.0;
  }
}

void Legend::Draw(const Layout& layout, int row, Svg* svg) const {
  using Swatch = KeyEntry::Swatch;
  for (const Placed& placed : placed_) {
    const KeyEntry& entry = placed.entry;
    const double y = RowAt(layout, row + placed.row);
    const double x = placed.x;
    if (entry.swatch == Swatch::kLine || entry.swatch == Swatch::kLineAndDot)
      svg->Line({x, y - 4.0}, {x + 24.0, y - 4.0}, "curve " + entry.css_class);
    if (entry.swatch == Swatch::kDot || entry.swatch == Swatch::kLineAndDot)
      svg->Circle({x + 12.0, y - 4.0}, entry.swatch == Swatch::kDot ? 4.0 : 2.5,
                  "key dot " + entry.css_class);
    if (entry.swatch == Swatch::kBox)
      svg->Rectangle({x + 2.0, y - 10.0}, {x + 22.0, y + 1.0}, "key " + entry.css_class);
    svg->Text({x + 30.0, y}, entry.text, {.css_class = "label"});
  }
}

double TextWidth(const Said& text, double font_size) {
  return std::max(TextWidth(text.english, font_size), TextWidth(text.chinese, font_size));
}

std::vector<Point> PointsOf(const Axis& x, const Axis& y, std::span<const double> xs,
                            std::span<const double> ys) {
  std::vector<Point> points;
  for (std::size_t i = 0; i < std::min(xs.size(), ys.size()); ++i) {
    const bool above = y.kind == Axis::Kind::kLinear || ys[i] > 0.0;
    if (IsDrawable(xs[i]) && IsDrawable(ys[i]) && above)
      points.push_back({x.At(xs[i]), y.At(ys[i])});
  }
  return points;
}

void DrawErrorBar(const Axis& y, double x, const Estimate& estimate, std::string_view css_class,
                  Svg* svg) {
  if (!IsDrawable(estimate.mean) || !IsDrawable(estimate.se) || !(estimate.se > 0.0)) return;
  svg->Line({x, y.At(estimate.mean - estimate.se)}, {x, y.At(estimate.mean + estimate.se)},
            css_class);
}

Places PlacesOfDecays(const TuneResult& result, const Layout& wide, const Layout& narrow) {
  return {Positions(result, wide), Positions(result, narrow), result.best};
}

double PlaceOf(double position) { return std::round(100.0 * position) / 100.0; }

std::string ReadoutJson(const Readout& readout, const Places& places) {
  nlohmann::ordered_json json;
  PutTexts("labels", readout.labels, &json);
  json["readings"] = nlohmann::ordered_json::array();
  for (const Reading& reading : readout.readings) json["readings"].push_back(ReadingJson(reading));
  json["wide"] = places.wide;
  json["narrow"] = places.narrow;
  json["best"] = places.first;
  json["table"] = TableJson(readout.table);
  return SafeInScript(json.dump());
}

}  // namespace halflife
