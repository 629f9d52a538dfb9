#include "model/least_squares.h"

#include <algorithm>
#include <cmath>

#include "model/working_set.h"

namespace halflife {
namespace {

constexpr Eigen::Index kMostKept = 3000;  // features whose products are kept: 72 MB

// Makes `factor` that of itself, and solves by it; none where it is not positive definite.
std::optional<Vector> SolveByCholesky(const Vector& right, Matrix* factor) {
  if (!CholeskyInPlace(factor)) return std::nullopt;
  Vector solution = right;
  CholeskySolve(*factor, solution);
  return solution;
}

// The solution of gram x = right, where the least eigenvalue is above 1e-9 of the trace: only then
// has what is left without that share, its doubt, a Cholesky factor. Steps by this factor shrink
// the error along an eigenvector by doubt / (eigenvalue - doubt) each.
std::optional<Vector> SolveBeyondDoubt(const Matrix& gram, const Vector& right) {
  constexpr double kPlain = 1e-9;
  constexpr int kMostSteps = 8;  // of more the shrinking is too slow to be waited for
  const double trace = gram.trace();
  Matrix factor = gram;
  factor.diagonal().array() -= kPlain * trace;
  std::optional<Vector> solution = SolveByCholesky(right, &factor);
  for (int steps = 0; solution && steps < kMostSteps; ++steps) {
    Vector off = right - gram.selfadjointView<Eigen::Lower>() * *solution;
    if (off.norm() <= kEps * trace * solution->norm()) return solution;
    CholeskySolve(factor, off);
    *solution += off;
  }
  if (!solution) return std::nullopt;
  factor = gram;
  return SolveByCholesky(right, &factor);
}

}  // namespace

LeastSquares::LeastSquares(StandardizedGram gram)
    : gram_(std::move(gram.features)), cross_(std::move(gram.cross)), target_(gram.target) {
  place_.assign(static_cast<std::size_t>(size()), -1);
}

LeastSquares::LeastSquares(Matrix columns, Vector target, Vector scales)
    : columns_(std::move(columns)), rows_target_(std::move(target)), scales_(std::move(scales)) {
  const auto rows = static_cast<double>(columns_.rows());
  cross_ = columns_.transpose() * rows_target_ / rows;
  target_ = rows_target_.squaredNorm() / rows;
  place_.assign(static_cast<std::size_t>(columns_.cols()), -1);
  single_ = columns_.cast<float>();
}

Matrix LeastSquares::Block(const std::vector<Eigen::Index>& members) {
  if (columns_.size() == 0) return PickBlock(gram_, members);
  const Products products = Keep(members);
  std::vector<Eigen::Index> places;
  places.reserve(members.size());
  for (const Eigen::Index j : members) places.push_back(place_[static_cast<std::size_t>(j)]);
  return PickBlock(products.gram, places);
}

LeastSquares::Products LeastSquares::Keep(const std::vector<Eigen::Index>& members) {
  std::vector<Eigen::Index> wanted;
  for (const Eigen::Index j : members) {
    if (place_[static_cast<std::size_t>(j)] < 0) wanted.push_back(j);
  }
  if (kept_.size() + wanted.size() > std::max<std::size_t>(kMostKept, members.size())) {
    kept_.clear();
    place_.assign(place_.size(), -1);
    wanted = members;
  }
  const auto before = static_cast<Eigen::Index>(kept_.size());
  for (const Eigen::Index j : wanted) {
    place_[static_cast<std::size_t>(j)] = static_cast<Eigen::Index>(kept_.size());
    kept_.push_back(j);
  }
  const auto after = static_cast<Eigen::Index>(kept_.size());
  MakeRoom(before, after);
  auto beside = products_.block(0, before, after, after - before);
  if (columns_.size() == 0) {
    beside = gram_(kept_, wanted);
  } else if (after > before) {
    const auto added = kept_columns_.middleCols(before, after - before);
    const auto rows = static_cast<double>(columns_.rows());
    if (before > 0)
      beside.topRows(before).noalias() = kept_columns_.leftCols(before).transpose() * added / rows;
    beside.bottomRows(after - before).noalias() = added.transpose() * added / rows;
  }
  products_.block(before, 0, after - before, before) = beside.topRows(before).transpose();
  return {kept_, products_.topLeftCorner(after, after)};
}

// For the products, and the columns, of what is kept from `before` on.
void LeastSquares::MakeRoom(Eigen::Index before, Eigen::Index after) {
  if (after > products_.rows()) {
    const Eigen::Index room = std::max(after, std::min({size(), kMostKept, 2 * products_.rows()}));
    Matrix larger(room, room);
    larger.topLeftCorner(before, before) = products_.topLeftCorner(before, before);
    products_ = std::move(larger);
    if (columns_.size() > 0) kept_columns_.conservativeResize(columns_.rows(), room);
  }
  for (Eigen::Index k = before; k < after && columns_.size() > 0; ++k)
    kept_columns_.col(k) = columns_.col(kept_[static_cast<std::size_t>(k)]);
}

void LeastSquares::Forget() {
  if (columns_.size() > 0) return;
  kept_.clear();
  place_.assign(place_.size(), -1);
  products_.resize(0, 0);
}

Vector LeastSquares::Slopes(const Vector& weights, double certain) const {
  if (columns_.size() == 0) {
    Vector slopes = cross_;
    if (2 * (weights.array() != 0.0).count() > weights.size()) {
      slopes.noalias() -= gram_.selfadjointView<Eigen::Lower>() * weights;
      return slopes;
    }
    for (Eigen::Index j = 0; j < weights.size(); ++j) {
      if (weights(j) != 0.0) slopes.noalias() -= weights(j) * gram_.col(j);
    }
    return slopes;
  }
  const Vector residual = Residual(weights);
  const auto rows = static_cast<double>(columns_.rows());
  const double norm = residual.norm();
  // A sum of n products of floats is wrong by at most about n eps of the norms' product (Higham
  // 2002, 3.5), and a column's norm is at most the root of n.
  constexpr double kFloatEps = 6e-8;
  const double wrong = (rows + 4.0) * kFloatEps * norm / std::sqrt(rows);
  if (!(certain > 4.0 * wrong) || single_.size() == 0)
    return columns_.transpose() * residual / rows;
  const Eigen::VectorXf unit = (residual / norm).cast<float>();
  const Eigen::VectorXf along = single_.transpose() * unit;
  Vector slopes = along.cast<double>() * (norm / rows);
  for (Eigen::Index j = 0; j < slopes.size(); ++j) {
    if (weights(j) != 0.0 || std::fabs(slopes(j)) >= certain - wrong)
      slopes(j) = columns_.col(j).dot(residual) / rows;
  }
  return slopes;
}

// y - Xw.
Vector LeastSquares::Residual(const Vector& weights) const {
  Vector residual = rows_target_;
  for (Eigen::Index j = 0; j < weights.size(); ++j) {
    if (weights(j) != 0.0) residual.noalias() -= weights(j) * columns_.col(j);
  }
  return residual;
}

std::optional<Vector> LeastSquares::PlainFit(bool wide) const {
  if (size() == 0) return Vector();
  if (!has_columns()) return SolveBeyondDoubt(gram_, cross_);
  if (!wide || columns_.rows() > columns_.cols()) return std::nullopt;
  // The rows are centred: the products of rows know nothing of the direction of `scales_`, in which
  // the target has no part either. They get a curvature there.
  const auto rows = static_cast<double>(columns_.rows());
  Matrix products = Matrix::Zero(columns_.rows(), columns_.rows());
  AddOuterProduct(columns_, &products);
  products /= rows;
  const Vector mean = scales_ / scales_.norm();
  const double typical = products.trace() / rows;
  products.noalias() += typical * mean * mean.transpose();
  const std::optional<Vector> along = SolveBeyondDoubt(products, rows_target_);
  if (!along) return std::nullopt;
  return columns_.transpose() * *along / rows;
}

double LeastSquares::SquaredError(const Vector& weights, const Vector& slopes) const {
  if (columns_.size() == 0)
    return std::max(0.0, target_ - weights.dot(cross_) - weights.dot(slopes));
  const Vector residual = Residual(weights);
  return residual.squaredNorm() / static_cast<double>(residual.size());
}

}  // namespace halflife
