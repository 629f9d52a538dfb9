// The figures of `penalty`: one weight with its two losses, and a fit's two losses along the
// decays.
#include <algorithm>

#include "lab/decay_path.h"
#include "lab/penalty_question.h"
#include "lab/wave_figure.h"

namespace halflife {
namespace {

constexpr Range kOneRange{-kOneLargest - 0.25, kOneLargest + 0.25};  // room for the bar
constexpr double kOneHighest = 8.0;

// The curves of the one weight.
struct OneCurves {
  std::vector<double> w, data_loss, penalty, total;
};

OneCurves OneCurvesOf(double decay) {
  constexpr std::size_t kPoints = 241;
  OneCurves curves;
  for (const double share : WaveGrid(kPoints)) {
    const double w = kOneRange.high * share;
    curves.w.push_back(w);
    curves.data_loss.push_back(OneDataLoss(w));
    curves.penalty.push_back(OnePenalty(w, decay));
    curves.total.push_back(curves.data_loss.back() + curves.penalty.back());
  }
  return curves;
}

// The dragged weight: a handle on the axis, and on it the two losses as a bar, as high as the total
// or as the picture.
void DrawDragged(const PenaltyOptions& options, Plot* plot) {
  constexpr double kHalf = 7.0;
  const double data_loss = OneDataLoss(options.w);
  const double total = data_loss + OnePenalty(options.w, options.decay);
  const double x = plot->X(options.w);
  const double border = plot->Y(std::min(data_loss, kOneHighest));
  Svg& svg = plot->svg();
  svg.BeginHandle("w", "handle");
  svg.Rectangle({x - kHalf, plot->Y(0.0)}, {x + kHalf, border}, "part data");
  svg.Rectangle({x - kHalf, border}, {x + kHalf, plot->Y(std::min(total, kOneHighest))},
                "part penalty");
  plot->Dot(options.w, 0.0, 7.0, "dot handle");
  svg.EndGroup();
}

}  // namespace

Drawing DrawOneWeight(const PenaltyOptions& options, Answer* places) {
  const OneCurves curves = OneCurvesOf(options.decay);
  const double best = OneBest(options.decay);
  const double least = OneDataLoss(best) + OnePenalty(best, options.decay);
  const PlotWords words = {"penalty-one", "One weight: data loss, penalty and their sum",
                           "The data loss, the penalty and the total loss against one weight; the "
                           "ring marks the least total, the bar stands at the weight you drag."};
  return DrawBoth(words, {.wide = 380, .narrow = 340}, [&](Plot* plot) {
    plot->LinearX(kOneRange, "weight");
    plot->LinearY({0.0, kOneHighest}, "loss", true);
    plot->Legend(std::vector<LegendEntry>{
        {"data loss", "series data"}, {"penalty", "series penalty"}, {"total", "series total"}});
    plot->BeginClip();
    DrawThinned(curves.w, curves.data_loss, "series data", plot);
    DrawThinned(curves.w, curves.penalty, "series penalty", plot);
    DrawThinned(curves.w, curves.total, "series total", plot);
    plot->EndClip();
    plot->svg().Line({plot->X(best), plot->Y(0.0)}, {plot->X(best), plot->Y(least)}, "choice");
    DrawDragged(options, plot);
    plot->Dot(best, least, 6.0, "dot best");
    places->numbers["one_" + plot->layout().variant] = PlotPlace(*plot, kOneRange);
  });
}

Drawing DrawStack(double decay, const LossParts& parts) {
  const std::vector<double> floor(parts.decays.size(), 0.0);
  std::vector<double> total;
  for (std::size_t i = 0; i < parts.decays.size(); ++i)
    total.push_back(parts.data_loss[i] + parts.penalty[i]);
  const PlotWords words = {"penalty-stack", "Data loss and penalty along the decay",
                           "The data loss of the fit with its penalty on top, against the weight "
                           "decay."};
  return DrawBoth(words, {}, [&](Plot* plot) {
    plot->LogX(parts.decays, kDecayName);
    plot->LinearY({0.0, *std::max_element(total.begin(), total.end())}, "loss");
    plot->Legend(
        std::vector<LegendEntry>{{"data loss", "swatch data"}, {"penalty", "swatch penalty"}});
    plot->BeginClip();
    plot->Area(parts.decays, floor, parts.data_loss, "area data");
    plot->Area(parts.decays, parts.data_loss, total, "area penalty");
    plot->Curve(parts.decays, total, "curve total");
    plot->EndClip();
    plot->Vertical(MarkedDecay(decay), "choice");
  });
}

}  // namespace halflife
