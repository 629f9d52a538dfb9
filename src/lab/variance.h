// Bias, variance and noise of polynomial fits: what the question `variance` computes, before it is
// drawn.
#pragma once

#include <cstdint>
#include <vector>

#include "lab/answer.h"
#include "lab/smoother.h"
#include "lab/wave.h"

namespace halflife {

struct VarianceOptions {
  std::uint32_t seed = 1;
  double noise = 0.3;
  int points = 20;
  int degree = 9;
  double decay = 0.0;
  int fits = 30;
  double x = 0.3;  // where the error is split
};

// Expected squared errors along decays; `total` has the noise too.
struct ErrorSplit {
  std::vector<double> bias2;
  std::vector<double> variance;
  double noise2 = 0.0;

  double Total(std::size_t i) const { return bias2[i] + variance[i] + noise2; }
};

// The fits to drawn targets, all at the same points.
struct DrawnFits {
  WaveRows first;
  double train_loss = 0.0;  // of the first fit
  std::vector<double> grid;
  std::vector<std::vector<double>> curves;  // a curve a fit, at the grid
  std::vector<double> mean;                 // of the curves
  std::vector<double> at_x;                 // a prediction a fit, at the chosen x
};

class VarianceLesson {
 public:
  explicit VarianceLesson(const VarianceOptions& options);

  ErrorSplit At(double x, const std::vector<double>& decays) const;
  // Means over -1 <= x <= 1.
  ErrorSplit Average(const std::vector<double>& decays) const;
  DrawnFits Draw() const;

 private:
  // Sums over `x` with these weights.
  ErrorSplit Along(const std::vector<double>& decays, const std::vector<double>& x,
                   const std::vector<double>& weights) const;

  VarianceOptions options_;
  std::vector<double> points_;
  Monomials monomials_;
  PolynomialSmoother smoother_;
};

// The decay of `decays` with the least expected error averaged over x.
double BestDecay(const ErrorSplit& average, const std::vector<double>& decays);

// The figures, variance_figure.cc.
Drawing DrawFits(const VarianceOptions& options, const DrawnFits& fits, Answer* places);
Drawing DrawSplit(double decay, const std::vector<double>& decays, const ErrorSplit& split);

}  // namespace halflife
