// The figure of `simple` that shows the weights as bars, on a scale that is logarithmic either way
// from 0: weights of 0.1 and of 10,000 are seen in one picture.
#include <algorithm>
#include <cmath>

#include "lab/plot.h"
#include "lab/simple.h"

namespace halflife {
namespace {

// In units of which a weight's size is added to 1 before the logarithm is taken.
constexpr double kBarUnit = 0.1;

double BarHeight(double weight) {
  return std::copysign(std::log10(1.0 + std::fabs(weight) / kBarUnit), weight);
}

// Where bars lie: from 1 to `count` across, up to 10^decades either way.
struct BarScale {
  const Layout& layout;
  std::size_t count;
  int decades;

  double Width() const { return (layout.right - layout.left) / static_cast<double>(count); }
  double X(double place) const { return layout.left + (place - 0.5) * Width(); }
  double Y(double weight) const {
    const double share = BarHeight(weight) / BarHeight(std::pow(10.0, decades));
    return 0.5 * (layout.top + layout.bottom) - share * 0.5 * (layout.bottom - layout.top);
  }
};

// The largest bar of every decay, so that the axis stays where the decay is moved.
int DecadesOf(const SimpleOptions& options, const SimpleLesson& lesson) {
  double largest = options.net ? 10.0 : 1.0;
  if (!options.net) largest = std::max(largest, lesson.path.largest);
  for (const double weight : lesson.fit.weights) largest = std::max(largest, std::fabs(weight));
  return static_cast<int>(std::ceil(std::log10(largest) - 1e-9));
}

void DrawBarTick(const BarScale& scale, double weight, const std::string& label, Svg* svg) {
  const double y = scale.Y(weight);
  svg->Line({scale.layout.left, y}, {scale.layout.right, y}, weight == 0.0 ? "grid zero" : "grid");
  svg->Text({scale.layout.left - 7.0, y + 0.35 * scale.layout.font}, label,
            {.css_class = "number", .anchor = "end"});
}

// Short enough to stand left of a narrow plot with its minus sign.
std::string BarLabel(int power) { return power == 4 ? "10⁴" : PowerOfTen(power); }

void DrawBarAxes(const BarScale& scale, bool net, Svg* svg) {
  const Layout& layout = scale.layout;
  DrawBarTick(scale, 0.0, "0", svg);
  const int every = (scale.decades + 3) / 3;
  for (int power = scale.decades; power >= 0; power -= every) {
    DrawBarTick(scale, std::pow(10.0, power), BarLabel(power), svg);
    DrawBarTick(scale, -std::pow(10.0, power), "−" + BarLabel(power), svg);
  }
  svg->Text({0.0, layout.font + 2.0}, "weight, log scale either way from 0", {.css_class = "name"});
  svg->Text({0.5 * (layout.left + layout.right), layout.height - 6.0},
            net ? "hidden units, layer by layer" : "power of x",
            {.css_class = "name", .anchor = "middle"});
  if (net) return;
  const std::size_t step = scale.count > 10 && layout.narrow() ? 2 : 1;
  for (std::size_t i = 1; i <= scale.count; i += step) {
    svg->Text({scale.X(static_cast<double>(i)), layout.bottom + 9.0 + layout.font},
              std::to_string(i), {.css_class = "number", .anchor = "middle"});
  }
}

}  // namespace

Drawing DrawWeights(const SimpleOptions& options, const SimpleLesson& lesson) {
  const std::vector<double>& weights = lesson.fit.weights;
  const PlotWords words = {"simple-weights", "The weights", "A bar for each weight of the fit."};
  return DrawBoth(words, {.wide = 280, .narrow = 260}, [&](Plot* plot) {
    const BarScale scale{plot->layout(), weights.size(), DecadesOf(options, lesson)};
    DrawBarAxes(scale, options.net, &plot->svg());
    if (options.net) {
      plot->Legend(std::vector<LegendEntry>{{"weights into the hidden units", "swatch c1"},
                                            {"weights out of them", "swatch c2"}});
    }
    const double half = std::min(12.0, 0.36 * scale.Width());
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const double x = scale.X(static_cast<double>(i + 1));
      const bool second = options.net && i >= weights.size() / 2;
      plot->svg().Rectangle({x - half, scale.Y(0.0)}, {x + half, scale.Y(weights[i])},
                            second ? "weight c2" : "weight c1");
    }
  });
}

}  // namespace halflife
