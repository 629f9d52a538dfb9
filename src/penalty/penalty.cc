#include "halflife/penalty.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace halflife {
namespace {

double Sign(double x) { return x > 0 ? 1 : (x < 0 ? -1 : 0); }

double Norm(std::span<const double> w) {
  double sum = 0;
  for (const double x : w) sum += x * x;
  return std::sqrt(sum);
}

double Soft(double x, double threshold) { return Sign(x) * std::max(std::abs(x) - threshold, 0.0); }

// The x >= 0 with x + s x^(p - 1) = size. The left side grows with x, so halving finds it.
double PowerShrink(double size, double s, double p) {
  double low = 0;
  double high = size;
  for (int i = 0; i < 200 && low < high; ++i) {
    const double middle = low + (high - low) / 2;
    if (middle == low || middle == high) break;
    (middle + s * std::pow(middle, p - 1) < size ? low : high) = middle;
  }
  return high;
}

}  // namespace

void Penalty::Validate() const {
  if (!std::isfinite(strength) || strength < 0) Fail(ErrorKind::kPenaltyStrength, {strength});
  if (kind == Kind::kLp && (!std::isfinite(p) || p < 1)) Fail(ErrorKind::kPenaltyP, {p});
  if (kind == Kind::kElasticNet && !(ratio >= 0 && ratio <= 1))
    Fail(ErrorKind::kPenaltyRatio, {ratio});
  if (kind == Kind::kGroupLasso && row == 0) Fail(ErrorKind::kPenaltyRow);
}

void Penalty::CheckRows(std::size_t weights) const {
  if (weights % row == 0) return;
  Fail(ErrorKind::kPenaltyRows, {weights, row});
}

double Penalty::Value(std::span<const double> w) const {
  Validate();
  double l1 = 0;
  double squares = 0;
  double other = 0;
  for (const double x : w) {
    l1 += std::abs(x);
    squares += x * x;
    if (kind == Kind::kLp) other += std::pow(std::abs(x), p);
  }
  switch (kind) {
    case Kind::kL2:
      return strength / 2 * squares;
    case Kind::kL1:
      return strength * l1;
    case Kind::kLp:
      return strength / p * other;
    case Kind::kElasticNet:
      return strength * (ratio * l1 + (1 - ratio) / 2 * squares);
    case Kind::kGroupLasso:
      CheckRows(w.size());
      for (std::size_t i = 0; i < w.size(); i += row) other += Norm(w.subspan(i, row));
      return strength * std::sqrt(static_cast<double>(row)) * other;
  }
  return 0;
}

void Penalty::AddGradient(std::span<const double> w, std::span<double> g) const {
  Validate();
  if (w.size() != g.size()) Fail(ErrorKind::kPenaltyGradients, {w.size(), g.size()});
  if (kind == Kind::kGroupLasso) {
    CheckRows(w.size());
    for (std::size_t i = 0; i < w.size(); i += row) {
      const double norm = Norm(w.subspan(i, row));
      if (norm == 0) continue;
      const double scale = strength * std::sqrt(static_cast<double>(row)) / norm;
      for (std::size_t j = i; j < i + row; ++j) g[j] += scale * w[j];
    }
    return;
  }
  for (std::size_t i = 0; i < w.size(); ++i) {
    const double x = w[i];
    double slope = x;
    if (kind == Kind::kL1) slope = Sign(x);
    if (kind == Kind::kLp) slope = Sign(x) * std::pow(std::abs(x), p - 1);
    if (kind == Kind::kElasticNet) slope = ratio * Sign(x) + (1 - ratio) * x;
    g[i] += strength * slope;
  }
}

void Penalty::ApplyProximalMap(double step, std::span<double> w) const {
  Validate();
  if (!(step >= 0) || !std::isfinite(step)) Fail(ErrorKind::kPenaltyStep, {step});
  const double s = step * strength;
  if (kind == Kind::kGroupLasso) {
    CheckRows(w.size());
    for (std::size_t i = 0; i < w.size(); i += row) {
      const double norm = Norm(w.subspan(i, row));
      const double threshold = s * std::sqrt(static_cast<double>(row));
      const double factor = norm > threshold ? 1 - threshold / norm : 0;
      for (double& x : w.subspan(i, row)) x *= factor;
    }
    return;
  }
  for (double& x : w) {
    if (kind == Kind::kL2) x /= 1 + s;
    if (kind == Kind::kL1) x = Soft(x, s);
    if (kind == Kind::kElasticNet) x = Soft(x, s * ratio) / (1 + s * (1 - ratio));
    if (kind != Kind::kLp) continue;
    x = p == 1 ? Soft(x, s) : Sign(x) * PowerShrink(std::abs(x), s, p);
  }
}

}  // namespace halflife
