// The figure of `simple` that sets roughness against the norm of the weights.
#include <algorithm>
#include <iterator>

#include "lab/plot.h"
#include "lab/simple.h"

namespace halflife {
namespace {

// A frame for every net, so that the point moves and not the axes.
constexpr double kNetNorms[] = {0.5, 20.0};
constexpr double kNetRoughnesses[] = {1e-4, 1e4};

// On a logarithmic axis.
bool HasLogPlace(double value) { return value > 0.0 && IsDrawable(value); }

std::vector<double> WithLogPlace(const std::vector<double>& values) {
  std::vector<double> kept;
  std::copy_if(values.begin(), values.end(), std::back_inserter(kept), HasLogPlace);
  return kept;
}

// A straight line has no roughness at all, at no decay.
bool IsStraight(const SimpleLesson& lesson) { return !HasLogPlace(lesson.fit.roughness); }

void DrawRoughnessAxes(const SimpleOptions& options, const SimpleLesson& lesson, Plot* plot) {
  if (options.net) {
    plot->LogX(kNetNorms, "norm of the weights, log scale");
    plot->LogY(kNetRoughnesses, "roughness, log scale");
    return;
  }
  plot->LogX(WithLogPlace(lesson.path.norm), "norm of the weights, log scale");
  if (IsStraight(lesson)) {
    plot->LinearY({0.0, 1.0}, "roughness");
  } else {
    plot->LogY(WithLogPlace(lesson.path.roughness), "roughness, log scale");
  }
}

}  // namespace

Drawing DrawRoughness(const SimpleOptions& options, const SimpleLesson& lesson) {
  const PlotWords words = {
      "simple-roughness", "Roughness against the norm of the weights",
      "How much the fitted curve bends against the size of its weights, along the weight decays; "
      "the point is the decay that is set."};
  return DrawBoth(words, {}, [&](Plot* plot) {
    DrawRoughnessAxes(options, lesson, plot);
    plot->BeginClip();
    plot->Curve(lesson.path.norm, lesson.path.roughness, "series c1");
    if (options.net) plot->Dots(lesson.path.norm, lesson.path.roughness, 3.0, "dot validation");
    plot->EndClip();
    const bool below = plot->Y(lesson.fit.roughness) > plot->layout().bottom;  // the nets' frame
    if (!below) plot->Dot(lesson.fit.norm, lesson.fit.roughness, 6.0, "dot best");
  });
}

}  // namespace halflife
