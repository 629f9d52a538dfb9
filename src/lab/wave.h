// The lesson's data: a smooth wave, and points of it with noise.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace halflife {

// The true curve, sin(pi x) + 1/2 cos(2.5 pi x); the lesson looks at -1 <= x <= 1.
double WaveAt(double x);
std::vector<double> WaveAt(const std::vector<double>& x);

struct WaveRows {
  std::vector<double> x;  // ascending, in [-1, 1]
  std::vector<double> y;  // WaveAt(x) + noise * a standard normal number
};

// The x depend on the seed and the number of rows alone: one uniform point in each of `rows` equal
// cells, so that they are all different and leave no gap. What is added to y depends on the seed
// and on which draw it is, and scales with `noise`.
WaveRows DrawWave(std::uint32_t seed, std::uint64_t draw, std::size_t rows, double noise);

// Rows to validate with, of other streams of random numbers than any draw above.
WaveRows DrawWaveValidation(std::uint32_t seed, std::size_t rows, double noise);

// `count` points from -1 to 1, evenly spread, both ends among them: to draw curves at.
std::vector<double> WaveGrid(std::size_t count);

}  // namespace halflife
