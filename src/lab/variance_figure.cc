// The figures of `variance`: many fits at once, and the split of their error along the decays.
#include <algorithm>

#include "lab/decay_path.h"
#include "lab/variance.h"
#include "lab/wave_figure.h"

namespace halflife {
namespace {

// Squared errors as large as the curve itself: beyond them the areas run out of the picture, so
// that the few decays where a fit goes wild do not flatten the others.
double MostShownError(const ErrorSplit& split) {
  double most = 0.0;
  for (std::size_t i = 0; i < split.bias2.size(); ++i) most = std::max(most, split.Total(i));
  return std::clamp(most, 1e-3, 1.5 + split.noise2);
}

// How far the thin curves may lie beside what they show: the more there are, the farther.
double ThinRoom(std::size_t fits) { return 0.2 + 0.01 * static_cast<double>(fits); }

// Sums of the first parts: the borders of the stacked areas, from below.
struct Borders {
  std::vector<double> floor, noise, bias, total;
};

Borders BordersOf(const ErrorSplit& split) {
  Borders borders;
  for (std::size_t i = 0; i < split.bias2.size(); ++i) {
    borders.floor.push_back(0.0);
    borders.noise.push_back(split.noise2);
    borders.bias.push_back(split.noise2 + split.bias2[i]);
    borders.total.push_back(split.Total(i));
  }
  return borders;
}

}  // namespace

Drawing DrawFits(const VarianceOptions& options, const DrawnFits& fits, Answer* places) {
  const std::vector<double> truth = WaveAt(fits.grid);
  const PlotWords words = {"variance-fits", "Fits to many draws of the noise",
                           "The true curve, the points of the first draw, the fits to all draws, "
                           "and the mean of the fits."};
  return DrawBoth(words, {}, [&](Plot* plot) {
    DrawWaveAxes(options.noise, plot);
    plot->Legend(std::vector<LegendEntry>{
        {"true curve", "curve truth"}, {"fits", "series fit"}, {"mean of the fits", "series c1"}});
    plot->BeginClip();
    for (const std::vector<double>& curve : fits.curves)
      DrawThinned(fits.grid, curve, "fit thin", plot, ThinRoom(fits.curves.size()));
    DrawThinned(fits.grid, truth, "curve truth", plot);
    DrawThinned(fits.grid, fits.mean, "series c1", plot);
    plot->Dots(fits.first.x, fits.first.y, plot->layout().narrow() ? 2.5 : 3.0, "dot training");
    plot->EndClip();
    plot->svg().BeginHandle("x", "handle");
    plot->Vertical(options.x, "choice");
    plot->svg().EndGroup();
    places->numbers["fits_" + plot->layout().variant] = PlotPlace(*plot, {-1.0, 1.0});
  });
}

Drawing DrawSplit(double decay, const std::vector<double>& decays, const ErrorSplit& split) {
  const PlotWords words = {"variance-split", "Bias, variance and noise along the decay",
                           "The expected squared error at the chosen x, stacked: noise, squared "
                           "bias and variance, against the weight decay."};
  const Borders borders = BordersOf(split);
  const double most = MostShownError(split);
  return DrawBoth(words, {}, [&](Plot* plot) {
    plot->LogX(decays, kDecayName);
    plot->LinearY({0.0, most}, "squared error");
    plot->Legend(std::vector<LegendEntry>{{"noise", "swatch noise"},
                                          {"squared bias", "swatch bias"},
                                          {"variance", "swatch variance"}});
    plot->BeginClip();
    plot->Area(decays, borders.floor, borders.noise, "area noise");
    plot->Area(decays, borders.noise, borders.bias, "area bias");
    plot->Area(decays, borders.bias, borders.total, "area variance");
    plot->Curve(decays, borders.total, "curve total");
    plot->EndClip();
    plot->Vertical(MarkedDecay(decay), "choice");
  });
}

}  // namespace halflife
