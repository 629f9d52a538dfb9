#include "lab/plot.h"

#include <algorithm>
#include <cmath>

#include "report/labels.h"

namespace halflife {
namespace {

Layout LayoutOf(const PlotSize& size, bool narrow) {
  Layout layout{.variant = narrow ? "narrow" : "wide",
                .width = narrow ? 360.0 : 720.0,
                .height = narrow ? size.narrow : size.wide,
                .left = narrow ? 48.0 : 58.0,
                .right = narrow ? 352.0 : 708.0,
                .top = narrow ? 62.0 : 46.0,
                .bottom = 0,
                .font = 13,
                .x_labels = narrow ? 5 : 8,
                .y_ticks = narrow ? 4 : 5};
  if (size.square) {
    // A square of 520 in the middle of a wide page.
    if (!narrow) {
      layout.left = 112.0;
      layout.right = 632.0;
    }
    layout.height = layout.top + (layout.right - layout.left) + 46.0;
  }
  layout.bottom = layout.height - 46.0;
  return layout;
}

SvgHead HeadOf(const PlotWords& words, const Layout& layout) {
  return {.width = layout.width,
          .height = layout.height,
          .id = words.id + "-" + layout.variant,
          .css_class = "figure " + layout.variant,
          .title = words.title,
          .description = words.description};
}

// The ticks of `scale` that lie within the stretch.
std::vector<Tick> TicksWithin(const std::vector<Tick>& ticks, double one, double other) {
  const double low = std::min(one, other) - 0.5;
  const double high = std::max(one, other) + 0.5;
  std::vector<Tick> within;
  for (const Tick& tick : ticks) {
    if (tick.position >= low && tick.position <= high) within.push_back(tick);
  }
  return within;
}

// A linear scale whose range is not grown: it keeps the ticks of the grown one that lie inside.
struct ExactScale {
  ExactScale(Range given, Stretch given_stretch, int wanted)
      : range(given), stretch(given_stretch), grown(given, given_stretch, wanted) {}

  double At(double value) const {
    const double share = (value - range.low) / (range.high - range.low);
    return stretch.from + std::clamp(share, -9.0, 10.0) * (stretch.to - stretch.from);
  }
  std::vector<Tick> Ticks() const {
    const Range wide = grown.range();
    std::vector<Tick> ticks = grown.Ticks();
    for (Tick& tick : ticks) {
      const double share = (tick.position - stretch.from) / (stretch.to - stretch.from);
      tick.position = At(wide.low + share * (wide.high - wide.low));
    }
    return TicksWithin(ticks, stretch.from, stretch.to);
  }

  Range range;
  Stretch stretch;
  LinearScale grown;
};

void DrawXAxis(const Layout& layout, const std::vector<Tick>& ticks, const std::string& name,
               Svg* svg) {
  const double y = layout.bottom;
  svg->Line({layout.left, y}, {layout.right, y}, "axis");
  for (const Tick& tick : ticks) {
    svg->Line({tick.position, y}, {tick.position, y + (tick.label.empty() ? 3.0 : 6.0)},
              "axis tick");
    if (tick.label.empty()) continue;
    const double half = 0.5 * TextWidth(tick.label, layout.font);
    svg->Text({std::min(tick.position, layout.width - half), y + 9.0 + layout.font}, tick.label,
              {.css_class = "number", .anchor = "middle"});
  }
  svg->Text({0.5 * (layout.left + layout.right), layout.height - 6.0}, name,
            {.css_class = "name", .anchor = "middle"});
}

void DrawYTicks(const Layout& layout, const std::vector<Tick>& ticks, Svg* svg) {
  for (const Tick& tick : ticks) {
    if (tick.label.empty()) continue;
    svg->Line({layout.left, tick.position}, {layout.right, tick.position},
              tick.label == "0" ? "grid zero" : "grid");
    svg->Text({layout.left - 7.0, tick.position + 0.35 * layout.font}, tick.label,
              {.css_class = "number", .anchor = "end"});
  }
}

}  // namespace

Plot::Plot(const PlotWords& words, const PlotSize& size, bool narrow)
    : layout_(LayoutOf(size, narrow)), svg_(HeadOf(words, layout_)) {}

void Plot::LinearX(Range range, const std::string& name, bool exact) {
  const Stretch stretch{layout_.left, layout_.right};
  if (exact) {
    const ExactScale scale(range, stretch, layout_.x_labels);
    x_ = [scale](double value) { return scale.At(value); };
    DrawXAxis(layout_, scale.Ticks(), AxisName(name, scale.grown), &svg_);
  } else {
    const LinearScale scale(range, stretch, layout_.x_labels);
    x_ = [scale](double value) { return scale.At(value); };
    DrawXAxis(layout_, scale.Ticks(), AxisName(name, scale), &svg_);
  }
}

void Plot::LinearY(Range range, const std::string& name, bool exact) {
  const Stretch stretch{layout_.bottom, layout_.top};
  std::string shown = name;
  if (exact) {
    const ExactScale scale(range, stretch, layout_.y_ticks);
    y_ = [scale](double value) { return scale.At(value); };
    DrawYTicks(layout_, scale.Ticks(), &svg_);
    shown = AxisName(name, scale.grown);
  } else {
    const LinearScale scale(range, stretch, layout_.y_ticks);
    y_ = [scale](double value) { return scale.At(value); };
    DrawYTicks(layout_, scale.Ticks(), &svg_);
    shown = AxisName(name, scale);
  }
  svg_.Text({0.0, layout_.font + 2.0}, shown, {.css_class = "name"});
}

void Plot::LogX(std::span<const double> values, const std::string& name) {
  const DecayScale scale(values, {layout_.left, layout_.right}, layout_.x_labels);
  x_ = [scale](double value) { return scale.At(value); };
  DrawDecayAxis(layout_, scale, name, &svg_);
}

void Plot::LogY(std::span<const double> values, const std::string& name) {
  // The scale keeps 12 of paper free at either end, counted for a horizontal axis.
  const DecayScale scale(values, {layout_.bottom - 24.0, layout_.top + 24.0}, layout_.y_ticks);
  y_ = [scale](double value) { return scale.At(value); };
  DrawYTicks(layout_, scale.Ticks(), &svg_);
  svg_.Text({0.0, layout_.font + 2.0}, name, {.css_class = "name"});
}

void Plot::BeginClip() {
  svg_.BeginClip({layout_.left, layout_.top}, {layout_.right, layout_.bottom});
}

void Plot::Curve(std::span<const double> x, std::span<const double> y,
                 const std::string& css_class) {
  std::vector<Point> line;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (IsDrawable(x[i]) && IsDrawable(y[i])) line.push_back({x_(x[i]), y_(y[i])});
  }
  svg_.Polyline(line, css_class);
}

void Plot::Area(std::span<const double> x, std::span<const double> low,
                std::span<const double> high, const std::string& css_class) {
  std::vector<Point> corners;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (IsDrawable(high[i])) corners.push_back({x_(x[i]), y_(high[i])});
  }
  for (std::size_t i = x.size(); i-- > 0;) {
    if (IsDrawable(low[i])) corners.push_back({x_(x[i]), y_(low[i])});
  }
  svg_.Polygon(corners, css_class);
}

void Plot::Dots(std::span<const double> x, std::span<const double> y, double radius,
                const std::string& css_class) {
  for (std::size_t i = 0; i < x.size(); ++i) Dot(x[i], y[i], radius, css_class);
}

void Plot::Dot(double x, double y, double radius, const std::string& css_class) {
  if (IsDrawable(x) && IsDrawable(y)) svg_.Circle({x_(x), y_(y)}, radius, css_class);
}

void Plot::Vertical(double x, const std::string& css_class, const std::string& text) {
  const double at = x_(x);
  svg_.Line({at, layout_.top}, {at, layout_.bottom}, css_class);
  if (text.empty()) return;
  const double half = 0.5 * TextWidth(text, layout_.font);
  svg_.Text({std::clamp(at, layout_.left + half, layout_.right - half), layout_.top - 6.0}, text,
            {.css_class = "label", .anchor = "middle"});
}

void Plot::Legend(std::span<const LegendEntry> entries) {
  const double first = layout_.narrow() ? 0.0 : layout_.left;
  double x = first;
  double y = layout_.narrow() ? 2.0 * layout_.font + 8.0 : 2.0 * layout_.font + 4.0;
  for (const LegendEntry& entry : entries) {
    const double width = 30.0 + TextWidth(entry.text, layout_.font) + 16.0;
    if (x > first && x + width > layout_.width) {
      x = first;
      y += layout_.font + 4.0;
    }
    svg_.Line({x, y - 4.0}, {x + 24.0, y - 4.0}, entry.css_class);
    svg_.Text({x + 30.0, y}, entry.text, {.css_class = "label"});
    x += width;
  }
}

Drawing DrawBoth(const PlotWords& words, const PlotSize& size,
                 const std::function<void(Plot*)>& body) {
  Plot wide(words, size, false);
  body(&wide);
  Plot narrow(words, size, true);
  body(&narrow);
  return {wide.Finish(), narrow.Finish()};
}

}  // namespace halflife
