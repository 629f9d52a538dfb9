// A small net of one input and one hidden layer, trained by the library on the lesson's points; its
// curve and the curve's bends in double, from the weights.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "lab/wave.h"

namespace halflife {

// f(x) = shift + sum_j out_j tanh(in_j z + bias_j), z = (x - mean) / scale.
struct SmallNet {
  double mean = 0.0;
  double scale = 1.0;
  std::vector<double> in, bias, out;
  double shift = 0.0;

  double At(double x) const;
  std::vector<double> At(std::span<const double> x) const;
  // The weights of both layers, without biases and shift: what the decay shrinks.
  std::vector<double> Weights() const;
  double SquaredNorm() const;
  // The integral of f''^2 over -1 <= x <= 1, f'' by its formula, by quadrature on pieces.
  double Roughness() const;
};

// Trains nets of 24 hidden units on all points at once, by AdamW (decoupled decay) with a learning
// rate that falls from 0.03 to 0 along a cosine over 600 epochs; every decay from the same initial
// weights. The points' mean and population standard deviation standardise x.
std::vector<SmallNet> TrainSmallNets(const WaveRows& points, std::uint32_t seed,
                                     std::span<const double> decays);

}  // namespace halflife
