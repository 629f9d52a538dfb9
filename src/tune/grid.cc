#include "tune/grid.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "model/spectrum.h"

namespace halflife {
namespace {

constexpr int kPoints = 60;
constexpr int kDigits = 3;

// The decay at which the effective degrees of freedom are `dof`, by bisection in its logarithm:
// they fall monotonically from the rank at 0 to 0.
double DecayAtDof(const Vector& curvature, double dof) {
  double low = std::log(curvature.minCoeff()) - 30.0;
  double high = std::log(curvature.sum()) + 30.0;
  for (int halving = 0; halving < 100; ++halving) {
    const double middle = 0.5 * (low + high);
    (EffectiveDof(curvature, std::exp(middle)) > dof ? low : high) = middle;
  }
  return std::exp(0.5 * (low + high));
}

double SmallestPositive(const std::vector<double>& grid) {
  return *std::find_if(grid.begin(), grid.end(), [](double d) { return d > 0.0; });
}

// The least number of kDigits digits that is not below `value`.
double RoundedUp(double value) {
  const double rounded = RoundSignificant(value, kDigits);
  return rounded >= value ? rounded : RoundSignificant(value * 1.005, kDigits);
}

// The mean step of the positive decays' logarithms.
double LogStep(const std::vector<double>& grid) {
  return std::log(grid.back() / SmallestPositive(grid)) / (PositiveCount(grid) - 1.0);
}

}  // namespace

int PositiveCount(const std::vector<double>& grid) {
  return static_cast<int>(
      std::count_if(grid.begin(), grid.end(), [](double d) { return d > 0.0; }));
}

double SmallestDecay(const Vector& curvature) {
  constexpr double kShare = 1e-14;
  return curvature.size() > 0 ? kShare * curvature.maxCoeff() : 0.0;
}

std::vector<double> AutomaticGrid(const Vector& curvature, bool with_zero) {
  std::vector<double> grid;
  if (with_zero) grid.push_back(0.0);
  if (curvature.size() == 0) return grid;
  const auto rank = static_cast<double>(curvature.size());
  const double low =
      std::log(std::max(DecayAtDof(curvature, 0.99 * rank), SmallestDecay(curvature)));
  const double high = std::log(DecayAtDof(curvature, 0.05 * std::min(rank, 10.0)));
  for (int i = 0; i < kPoints; ++i) {
    grid.push_back(RoundSignificant(std::exp(low + (high - low) * i / (kPoints - 1)), kDigits));
  }
  grid.erase(std::unique(grid.begin(), grid.end()), grid.end());
  return grid;
}

std::vector<double> SparseGrid(double largest, bool wide) {
  std::vector<double> grid = {0.0};
  if (!(largest > 0.0)) return grid;
  const double top = RoundedUp(largest);
  const double low = std::log(wide ? 1e-2 * top : 1e-4 * top);
  const double high = std::log(top);
  for (int i = 0; i + 1 < kPoints; ++i) {
    grid.push_back(RoundSignificant(std::exp(low + (high - low) * i / (kPoints - 1)), kDigits));
  }
  grid.push_back(top);
  return grid;
}

double SmallestSparseDecay(double largest) { return 1e-8 * largest; }

std::vector<double> TrainingGrid(int positive) {
  std::vector<double> grid = {0.0};
  for (int i = 0; i < positive; ++i)
    grid.push_back(RoundSignificant(std::pow(10.0, -5.0 + 5.0 * i / (positive - 1)), kDigits));
  return grid;
}

std::vector<double> ExtendBelow(const std::vector<double>& grid, int count, double smallest) {
  std::vector<double> more;
  for (int i = count; i >= 1; --i) {
    const double decay =
        RoundSignificant(SmallestPositive(grid) * std::exp(-i * LogStep(grid)), kDigits);
    if (decay >= smallest) more.push_back(decay);
  }
  return more;
}

std::vector<double> ExtendAbove(const std::vector<double>& grid, int count) {
  std::vector<double> more;
  for (int i = 1; i <= count; ++i)
    more.push_back(RoundSignificant(grid.back() * std::exp(i * LogStep(grid)), kDigits));
  return more;
}

}  // namespace halflife
