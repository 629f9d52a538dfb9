#include "base/special.h"

#include <cmath>
#include <limits>

namespace halflife {
namespace {

// The continued fraction of I_x(a, b), by Lentz's method; converges fast for x < (a + 1) / (a + b +
// 2).
double BetaFraction(double a, double b, double x) {
  constexpr double kTiny = std::numeric_limits<double>::min() * 1e8;
  constexpr int kMaxTerms = 20000;
  const auto keep = [](double v) { return std::fabs(v) < kTiny ? kTiny : v; };
  double c = 1.0;
  double d = 1.0 / keep(1.0 - (a + b) * x / (a + 1.0));
  double fraction = d;
  for (int m = 1; m <= kMaxTerms; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1.0 / keep(1.0 + even * d);
    c = keep(1.0 + even / c);
    fraction *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1.0 / keep(1.0 + odd * d);
    c = keep(1.0 + odd / c);
    const double factor = d * c;
    fraction *= factor;
    if (std::fabs(factor - 1.0) <= std::numeric_limits<double>::epsilon()) break;
  }
  return fraction;
}

// log Gamma without std::lgamma's write to a global sign.
double LogGamma(double x) {
  int sign = 0;
  return lgamma_r(x, &sign);
}

}  // namespace

double IncompleteBeta(double a, double b, double x) {
  if (x <= 0.0) return 0.0;
  if (x >= 1.0) return 1.0;
  const double front =
      std::exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * std::log(x) + b * std::log1p(-x));
  if (x < (a + 1.0) / (a + b + 2.0)) return front * BetaFraction(a, b, x) / a;
  return 1.0 - front * BetaFraction(b, a, 1.0 - x) / b;
}

double StudentTwoSided(double t, double df) {
  if (std::isinf(t)) return 0.0;
  return IncompleteBeta(df / 2.0, 0.5, df / (df + t * t));
}

double StudentQuantile(double q, double df) {
  if (q == 0.5) return 0.0;
  if (q < 0.5) return -StudentQuantile(1.0 - q, df);
  const double tail = 2.0 * (1.0 - q);
  double low = 0.0;
  double high = 1.0;
  while (StudentTwoSided(high, df) > tail) high *= 2.0;
  // Bisection down to neighbouring doubles: the two-sided tail falls monotonically in t.
  for (;;) {
    const double middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) return middle;
    (StudentTwoSided(middle, df) > tail ? low : high) = middle;
  }
}

}  // namespace halflife
