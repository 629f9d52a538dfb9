#include "lab/wave.h"

#include <cmath>
#include <numbers>

#include "base/random.h"

namespace halflife {
namespace {

// Streams of the seed: apart from those of nets (net/layout.h), which start at 2^32.
constexpr std::uint64_t kWaveParts = std::uint64_t{64} << 32;
constexpr std::uint64_t kWavePoints = kWaveParts;
constexpr std::uint64_t kWaveValidationPoints = kWaveParts + 1;
constexpr std::uint64_t kWaveValidationNoise = kWaveParts + 2;
constexpr std::uint64_t kWaveNoise = std::uint64_t{1} << 63;  // and the number of the draw

WaveRows DrawWaveFrom(Random points, Random normals, std::size_t rows, double noise) {
  WaveRows drawn;
  for (std::size_t i = 0; i < rows; ++i) {
    const double cell = static_cast<double>(i) + points.Uniform();
    drawn.x.push_back(2.0 * cell / static_cast<double>(rows) - 1.0);
    drawn.y.push_back(WaveAt(drawn.x.back()) + noise * normals.Normal());
  }
  return drawn;
}

}  // namespace

double WaveAt(double x) {
  constexpr double kPi = std::numbers::pi;
  return std::sin(kPi * x) + 0.5 * std::cos(2.5 * kPi * x);
}

std::vector<double> WaveAt(const std::vector<double>& x) {
  std::vector<double> y;
  y.reserve(x.size());
  for (const double at : x) y.push_back(WaveAt(at));
  return y;
}

WaveRows DrawWave(std::uint32_t seed, std::uint64_t draw, std::size_t rows, double noise) {
  return DrawWaveFrom(Random(seed, kWavePoints), Random(seed, kWaveNoise | draw), rows, noise);
}

WaveRows DrawWaveValidation(std::uint32_t seed, std::size_t rows, double noise) {
  return DrawWaveFrom(Random(seed, kWaveValidationPoints), Random(seed, kWaveValidationNoise), rows,
                      noise);
}

std::vector<double> WaveGrid(std::size_t count) {
  std::vector<double> x;
  for (std::size_t i = 0; i < count; ++i)
    x.push_back(2.0 * static_cast<double>(i) / static_cast<double>(count - 1) - 1.0);
  return x;
}

}  // namespace halflife
