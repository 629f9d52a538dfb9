#include "linalg/jacobi.h"

#include <Eigen/Jacobi>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace halflife {
namespace {

// Few are needed: convergence is quadratic. More than this many leave the matrix as it is, for the
// caller to check.
constexpr int kMostSweeps = 60;

// The places of `values` in descending or ascending order.
std::vector<Eigen::Index> OrderOf(const Vector& values, bool descending) {
  std::vector<Eigen::Index> order(static_cast<std::size_t>(values.size()));
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  std::stable_sort(order.begin(), order.end(), [&](Eigen::Index a, Eigen::Index b) {
    return descending ? values(a) > values(b) : values(a) < values(b);
  });
  return order;
}

// Rotates columns i and j of `columns`, and of `turned` alike, until they are orthogonal. False
// where they were, to rounding; columns of a norm up to `zero` are nothing but rounding.
bool RotateColumns(Eigen::Index i, Eigen::Index j, double zero, Matrix* columns, Matrix* turned) {
  const double a = columns->col(i).squaredNorm();
  const double b = columns->col(j).squaredNorm();
  const double product = columns->col(i).dot(columns->col(j));
  if (std::min(a, b) <= zero * zero) return false;
  if (std::fabs(product) <= 4.0 * kEps * std::sqrt(a) * std::sqrt(b)) return false;
  Eigen::JacobiRotation<double> rotation;
  rotation.makeJacobi(a, product, b);
  columns->applyOnTheRight(i, j, rotation);
  turned->applyOnTheRight(i, j, rotation);
  return true;
}

// A unit vector orthogonal to the first `count` columns of `basis`: the unit vector that they say
// least about, less its part along them.
Vector Orthogonal(const Matrix& basis, Eigen::Index count) {
  const auto known = basis.leftCols(count);
  Eigen::Index at = 0;
  if (count > 0) known.rowwise().squaredNorm().minCoeff(&at);
  Vector fresh = Vector::Unit(basis.rows(), at);
  for (int twice = 0; twice < 2; ++twice) {
    fresh -= known * (known.transpose() * fresh);
    fresh.normalize();
  }
  return fresh;
}

// Of `a` with no more columns than rows.
void DecomposeTall(const Matrix& a, ThinSvd* result) {
  const Eigen::Index k = a.cols();
  Matrix gram = Matrix::Zero(k, k);
  AddOuterProduct(a.transpose(), &gram);
  Matrix turned = DecomposeSymmetric(gram).vectors;
  Matrix columns = a * turned;
  const double zero = kEps * static_cast<double>(a.rows()) * columns.colwise().norm().maxCoeff();
  bool moving = true;
  for (int sweep = 0; moving && sweep < kMostSweeps; ++sweep) {
    moving = false;
    for (Eigen::Index j = 1; j < k; ++j) {
      for (Eigen::Index i = 0; i < j; ++i)
        moving = RotateColumns(i, j, zero, &columns, &turned) || moving;
    }
  }
  const Vector norms = columns.colwise().norm();
  const std::vector<Eigen::Index> order = OrderOf(norms, true);
  result->singular = norms(order);
  result->v = turned(Eigen::all, order);
  result->u.resize(a.rows(), k);
  for (Eigen::Index j = 0; j < k; ++j) {
    const double norm = result->singular(j);
    result->u.col(j) = norm > zero ? Vector(columns.col(order[static_cast<std::size_t>(j)]) / norm)
                                   : Orthogonal(result->u, j);
  }
}

}  // namespace

bool JacobiSymmetric(const Matrix& a, SymmetricEigen* result) {
  const Eigen::Index n = a.rows();
  Matrix turned = a.selfadjointView<Eigen::Lower>();
  Matrix vectors = Matrix::Identity(n, n);
  const double small = kEps * turned.norm() / static_cast<double>(std::max<Eigen::Index>(1, n));
  bool moving = true;
  for (int sweep = 0; moving && sweep < kMostSweeps; ++sweep) {
    moving = false;
    for (Eigen::Index j = 1; j < n; ++j) {
      for (Eigen::Index i = 0; i < j; ++i) {
        if (std::fabs(turned(i, j)) <= small) continue;
        Eigen::JacobiRotation<double> rotation;
        rotation.makeJacobi(turned, i, j);
        turned.applyOnTheLeft(i, j, rotation.adjoint());
        turned.applyOnTheRight(i, j, rotation);
        vectors.applyOnTheRight(i, j, rotation);
        moving = true;
      }
    }
  }
  const Vector values = turned.diagonal();
  const std::vector<Eigen::Index> order = OrderOf(values, false);
  result->values = values(order);
  result->vectors = vectors(Eigen::all, order);
  return true;
}

bool RefinedGramSingular(const Matrix& a, ThinSvd* result) {
  if (a.rows() >= a.cols()) {
    DecomposeTall(a, result);
  } else {
    DecomposeTall(a.transpose(), result);
    std::swap(result->u, result->v);
  }
  return true;
}

}  // namespace halflife
