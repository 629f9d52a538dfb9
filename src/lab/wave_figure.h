// What the figures of the lesson's curve share: axes, thinned curves, and the plain picture of a
// fit.
#pragma once

#include <span>
#include <vector>

#include "lab/plot.h"
#include "lab/wave.h"

namespace halflife {

// x from -1 to 1; y has the same range whatever the points are, so that nothing jumps when they
// are drawn anew.
void DrawWaveAxes(double noise, Plot* plot);

// A line through the values, x ascending, for use within a clip: without what is far outside the
// plot, and without the points that lie within `room` units of paper of the line through the
// others. A page with many curves is much text to read.
void DrawThinned(std::span<const double> x, std::span<const double> y, const std::string& css_class,
                 Plot* plot, double room = 0.05);

// The points of `rows`, the true curve, and the curve `fitted` at the points `grid`.
struct WaveFit {
  const WaveRows& rows;
  double noise;
  const std::vector<double>& grid;
  const std::vector<double>& fitted;
};
Drawing DrawWaveFit(const PlotWords& words, const WaveFit& fit);

// Where a drawing's plot is, for a page that lets things be dragged: left, top, right, bottom, and
// the values of x at its left and right.
std::vector<double> PlotPlace(const Plot& plot, Range x);

}  // namespace halflife
