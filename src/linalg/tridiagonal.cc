#include "linalg/tridiagonal.h"

#include <cmath>
#include <limits>
#include <utility>

#include "linalg/probe.h"

namespace halflife {
namespace {

Vector TimesT(const Tridiagonal& t, const Vector& x) {
  Vector product = t.diagonal.cwiseProduct(x);
  const Eigen::Index last = t.size() - 1;
  product.head(last) += t.below.cwiseProduct(x.tail(last));
  product.tail(last) += t.below.cwiseProduct(x.head(last));
  return product;
}

// At least the largest eigenvalue's size (Gershgorin).
double Bound(const Tridiagonal& t) {
  const Eigen::Index last = t.size() - 1;
  Vector sums = t.diagonal.cwiseAbs();
  sums.head(last) += t.below.cwiseAbs();
  sums.tail(last) += t.below.cwiseAbs();
  return sums.maxCoeff();
}

}  // namespace

void Tridiagonal::TurnIn(const Eigen::Ref<Matrix>& x) const { tridiagonal::Turn(*this, true, x); }

void Tridiagonal::TurnOut(const Eigen::Ref<Matrix>& x) const { tridiagonal::Turn(*this, false, x); }

// T + shift = L D L' from above down, then back up.
void Tridiagonal::Solve(double shift, const Vector& b, Eigen::Ref<Vector> x) const {
  const Eigen::Index p = size();
  Vector pivot(p);
  pivot(0) = diagonal(0) + shift;
  x(0) = b(0);
  for (Eigen::Index i = 1; i < p; ++i) {
    const double factor = below(i - 1) / pivot(i - 1);
    pivot(i) = diagonal(i) + shift - factor * below(i - 1);
    x(i) = b(i) - factor * x(i - 1);
  }
  x(p - 1) /= pivot(p - 1);
  for (Eigen::Index i = p - 1; i > 0; --i)
    x(i - 1) = (x(i - 1) - below(i - 1) * x(i)) / pivot(i - 1);
}

// The pivots of T - value are negative as often as eigenvalues are below it; one that is 0 counts
// as just below.
Eigen::Index Tridiagonal::CountBelow(double value) const {
  const double least = std::numeric_limits<double>::min();
  Eigen::Index count = 0;
  double pivot = 1.0;
  for (Eigen::Index i = 0; i < size(); ++i) {
    const double left = i > 0 ? below(i - 1) * below(i - 1) / pivot : 0.0;
    pivot = diagonal(i) - value - left;
    if (std::fabs(pivot) < least) pivot = -least;
    count += pivot < 0.0 ? 1 : 0;
  }
  return count;
}

double Tridiagonal::Largest() const {
  double low = diagonal.maxCoeff();
  double high = Bound(*this);
  while (high - low > 1e-3 * std::fabs(high)) {
    const double middle = 0.5 * (low + high);
    if (!(low < middle && middle < high)) break;
    (CountBelow(middle) < size() ? low : high) = middle;
  }
  return high;
}

// The sum and the sum of squares of the eigenvalues are those of T.
Vector Tridiagonal::Values() const {
  Vector values;
  if (!tridiagonal::ValuesOf(*this, &values) || !values.allFinite()) return {};
  const double slack = DecompositionSlack(size());
  const double squares = diagonal.squaredNorm() + 2.0 * below.squaredNorm();
  const bool holds = std::fabs(values.sum() - diagonal.sum()) <= slack * Bound(*this) &&
                     std::fabs(values.squaredNorm() - squares) <= slack * squares;
  return holds ? values : Vector();
}

std::optional<SymmetricEigen> Tridiagonal::Decompose() const {
  SymmetricEigen eigen;
  if (!tridiagonal::VectorsOf(*this, &eigen)) return std::nullopt;
  if (!eigen.values.allFinite() || !eigen.vectors.allFinite()) return std::nullopt;
  const Vector probe = ProbeVector(size());
  const Vector rebuilt =
      eigen.vectors * eigen.values.cwiseProduct(eigen.vectors.transpose() * probe);
  const double slack = DecompositionSlack(size());
  if ((TimesT(*this, probe) - rebuilt).norm() > slack * Bound(*this) * probe.norm() ||
      (eigen.vectors.transpose() * (eigen.vectors * probe) - probe).norm() > slack * probe.norm())
    return std::nullopt;
  TurnOut(eigen.vectors);
  return eigen;
}

std::optional<Tridiagonal> Tridiagonalise(Matrix a) {
  CheckLowerFinite(a);
  const Eigen::Index p = a.rows();
  const Vector probe = ProbeVector(p);
  const Vector product = a.selfadjointView<Eigen::Lower>() * probe;
  Tridiagonal t{std::move(a), Vector(p - 1), Vector(p), Vector(p - 1)};
  if (!tridiagonal::Reduce(&t) || !t.diagonal.allFinite() || !t.below.allFinite())
    return std::nullopt;
  Vector turned = probe;
  t.TurnIn(turned);
  const double slack = DecompositionSlack(p);
  if (!(std::fabs(turned.norm() - probe.norm()) <= slack * probe.norm())) return std::nullopt;
  Vector rebuilt = TimesT(t, turned);
  t.TurnOut(rebuilt);
  if (!((rebuilt - product).norm() <= slack * Bound(t) * probe.norm())) return std::nullopt;
  return t;
}

}  // namespace halflife
