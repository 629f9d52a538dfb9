// Small weights and smooth curves: what the question `simple` computes, before it is drawn.
#pragma once

#include <cstdint>
#include <vector>

#include "lab/answer.h"
#include "lab/wave.h"

namespace halflife {

struct SimpleOptions {
  std::uint32_t seed = 1;
  double noise = 0.3;
  int points = 20;
  int degree = 12;
  double decay = 0.0;
  bool net = false;   // instead of the polynomial
  bool path = false;  // of the net: train it along the decays too
};

// A fitted model at one decay.
struct SimpleFit {
  std::vector<double> weights;
  double norm = 0.0;       // the root of the sum of their squares
  double roughness = 0.0;  // the integral of f''^2 over -1 <= x <= 1
  double train_loss = 0.0;
  double validation_loss = 0.0;
  std::vector<double> curve;  // at the grid
};

// Norm and roughness along decays, and the largest size of a weight among them.
struct SimplePath {
  std::vector<double> norm, roughness;
  double largest = 0.0;
};

struct SimpleLesson {
  WaveRows rows;
  std::vector<double> grid;
  SimpleFit fit;
  SimplePath path;  // empty where it was not asked for
};
SimpleLesson LearnSimple(const SimpleOptions& options);

// The figures, simple_figure.cc and simple_weights_figure.cc.
Drawing DrawWeights(const SimpleOptions& options, const SimpleLesson& lesson);
Drawing DrawRoughness(const SimpleOptions& options, const SimpleLesson& lesson);

}  // namespace halflife
