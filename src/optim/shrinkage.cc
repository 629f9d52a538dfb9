// Half-lives and cumulative shrink in closed form.
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>

#include "halflife/schedule.h"
#include "optim/float_share.h"

namespace halflife {
namespace {

using Function = std::function<double(double)>;

// The integral over [a, b] by Gauss and Legendre's five points.
double Gauss(const Function& f, double a, double b) {
  static constexpr double kAt[] = {0, 0.53846931010568309104, 0.90617984593866399280};
  static constexpr double kWeight[] = {0.56888888888888888889, 0.47862867049936646804,
                                       0.23692688505618908751};
  const double middle = (a + b) / 2;
  const double half = (b - a) / 2;
  double sum = kWeight[0] * f(middle);
  for (int i = 1; i < 3; ++i) {
    sum += kWeight[i] * (f(middle - half * kAt[i]) + f(middle + half * kAt[i]));
  }
  return sum * half;
}

double Integral(const Function& f, double a, double b, double whole, int depth) {
  const double middle = (a + b) / 2;
  const double left = Gauss(f, a, middle);
  const double right = Gauss(f, middle, b);
  if (depth == 0 || std::abs(left + right - whole) <= 1e-14 * std::abs(whole)) return left + right;
  return Integral(f, a, middle, left, depth - 1) + Integral(f, middle, b, right, depth - 1);
}

// f(begin) + ... + f(end - 1) for a smooth f. The ends, where a schedule may bend sharply, are
// added one by one; between them Euler and Maclaurin's formula in its midpoint form.
double SmoothSum(const Function& f, std::int64_t begin, std::int64_t end) {
  constexpr std::int64_t kEnds = 128;
  double sum = 0;
  const auto add = [&](std::int64_t from, std::int64_t to) {
    for (std::int64_t k = from; k < to; ++k) sum += f(static_cast<double>(k));
  };
  if (end - begin <= 4 * kEnds) {
    add(begin, end);
    return sum;
  }
  add(begin, begin + kEnds);
  add(end - kEnds, end);
  const double a = static_cast<double>(begin + kEnds) - 0.5;
  const double b = static_cast<double>(end - kEnds) - 0.5;
  const auto slope = [&](double x) { return f(x + 0.5) - f(x - 0.5); };
  return sum + Integral(f, a, b, Gauss(f, a, b), 40) - (slope(b) - slope(a)) / 24;
}

}  // namespace

double ShareTaken(DecayLaw law, double lr, double multiplier, double peak, double decay) {
  switch (law) {
    case DecayLaw::kNone:
    case DecayLaw::kCoupled:
      return 0;
    case DecayLaw::kDecoupled:
    case DecayLaw::kCautious:
      return lr * multiplier * decay;
    case DecayLaw::kIndependent:
      return multiplier * decay;
    case DecayLaw::kCorrected:
      return peak > 0 ? lr * multiplier * multiplier / peak * decay : 0;
    case DecayLaw::kProximal: {
      const double x = lr * multiplier * decay;
      return x / (1 + x);
    }
  }
  return 0;
}

double Shrinkage::AtMultipliers(double lr_multiplier, double decay_multiplier) const {
  const double peak = law == DecayLaw::kCorrected ? lr_schedule.Peak() : 1;
  const double share = ShareTaken(law, lr, lr_multiplier, peak, decay * decay_multiplier);
  return in_floats ? KernelShare(law, share) : share;
}

double Shrinkage::Largest() const {
  return AtMultipliers(lr_schedule.Peak(), decay_schedule.Peak());
}

double Shrinkage::At(std::int64_t step) const {
  return AtMultipliers(lr_schedule.At(step), decay_schedule.At(step));
}

double Shrinkage::HalfLife(std::int64_t step) const {
  const double share = At(step);
  if (share <= 0) return std::numeric_limits<double>::infinity();
  if (in_floats) return FloatShareOf(share).half_life;
  return -std::numbers::ln2 / std::log1p(-share);
}

double Shrinkage::LogLeft(double share) const {
  if (!in_floats || share <= 0) return std::log1p(-share);
  return -std::numbers::ln2 / FloatShareOf(share).half_life;
}

double Shrinkage::Left(std::int64_t begin, std::int64_t end) const {
  if (end <= begin) return 1;
  std::vector<std::int64_t> breaks = lr_schedule.Breaks(begin, end);
  const std::vector<std::int64_t> more = decay_schedule.Breaks(begin, end);
  breaks.insert(breaks.end(), more.begin(), more.end());
  breaks.push_back(begin);
  breaks.push_back(end);
  std::sort(breaks.begin(), breaks.end());
  breaks.erase(std::unique(breaks.begin(), breaks.end()), breaks.end());
  double left = 1;
  for (std::size_t i = 0; i + 1 < breaks.size(); ++i) {
    const std::int64_t from = breaks[i];
    if (lr_schedule.ConstantAt(from) && decay_schedule.ConstantAt(from)) {
      const std::int64_t steps = breaks[i + 1] - from;
      left = in_floats ? AfterSteps(law, At(from), left, steps)
                       : left * std::exp(static_cast<double>(steps) * std::log1p(-At(from)));
      continue;
    }
    left *= std::exp(SmoothSum(
        [&](double step) {
          return LogLeft(
              AtMultipliers(lr_schedule.AtReal(from, step), decay_schedule.AtReal(from, step)));
        },
        from, breaks[i + 1]));
  }
  return left;
}

}  // namespace halflife
