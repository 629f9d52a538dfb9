#include "model/krylov.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/parallel.h"
#include "base/random.h"
#include "model/category_schur.h"

namespace halflife {
namespace {

// One decay's rotations, in the notation of Paige and Saunders; its solution in the basis is that
// of an upper bidiagonal system, kept until the end.
class DampedRotations {
 public:
  DampedRotations(double decay, double alpha, double beta)
      : root_(std::sqrt(decay)), rho_bar_(alpha), phi_bar_(beta) {}

  // One more column (beta below, alpha to its right); the norm of the gradient left.
  double Add(double alpha, double beta) {
    const double damped = std::hypot(rho_bar_, root_);
    phi_bar_ *= rho_bar_ / damped;
    const double rho = std::hypot(damped, beta);
    const double cosine = damped / rho;
    const double sine = beta / rho;
    diagonal_.push_back(rho);
    right_.push_back(sine * alpha);
    target_.push_back(cosine * phi_bar_);
    rho_bar_ = -cosine * alpha;
    phi_bar_ *= sine;
    return std::fabs(alpha * sine * target_.back());
  }

  // Into the first steps() rows of `axes`.
  void Solve(Eigen::Ref<Vector> axes) const {
    for (std::size_t i = target_.size(); i-- > 0;) {
      const auto at = static_cast<Eigen::Index>(i);
      const double later = i + 1 < target_.size() ? right_[i] * axes(at + 1) : 0.0;
      axes(at) = (target_[i] - later) / diagonal_[i];
    }
  }

 private:
  double root_;
  double rho_bar_;
  double phi_bar_;
  std::vector<double> diagonal_;
  std::vector<double> right_;
  std::vector<double> target_;
};

// Orthonormal columns, in memory that grows with their number.
class KrylovBasis {
 public:
  explicit KrylovBasis(Eigen::Index size) : columns_(size, 32) {}

  void Add(const Vector& column) {
    if (count_ == columns_.cols()) columns_.conservativeResize(Eigen::NoChange, 2 * count_);
    columns_.col(count_++) = column;
  }
  auto Columns() const { return columns_.leftCols(count_); }
  // Twice is enough (Giraud, Langou, Rozloznik 2005).
  void Orthogonalise(Vector* vector) const {
    for (int round = 0; round < 2; ++round)
      *vector -= Columns() * (Columns().transpose() * *vector).eval();
  }

 private:
  Matrix columns_;
  Eigen::Index count_ = 0;
};

// Below this share of the largest entry what is left of a new vector is rounding.
constexpr double kExhausted = 1e-14;

Vector RandomSigns(Eigen::Index size, int probe) {
  constexpr uint64_t kSeed = 20170807;
  Random random(kSeed, static_cast<uint64_t>(probe));
  Vector signs(size);
  for (double& sign : signs) sign = random.Uniform() < 0.5 ? -1.0 : 1.0;
  return signs;
}

// Gauss's nodes and weights for the quadratic form of A'A at `start`.
std::vector<std::pair<double, double>> LanczosNodes(const CentredRows& a, const Vector& start) {
  constexpr Eigen::Index kSteps = 60;
  KrylovBasis basis(start.size());
  std::vector<double> diagonal;
  std::vector<double> below;
  Vector next = start.normalized();
  while (static_cast<Eigen::Index>(diagonal.size()) < std::min(kSteps, start.size())) {
    basis.Add(next);
    Vector product = a.Against(a.Times(next));
    diagonal.push_back(product.dot(next));
    basis.Orthogonalise(&product);
    below.push_back(product.norm());
    if (!(below.back() > 1e-12 * *std::max_element(diagonal.begin(), diagonal.end()))) break;
    next = product / below.back();
  }
  const auto size = static_cast<Eigen::Index>(diagonal.size());
  Matrix tridiagonal = Matrix::Zero(size, size);
  for (Eigen::Index i = 0; i < size; ++i) {
    tridiagonal(i, i) = diagonal[static_cast<std::size_t>(i)];
    if (i + 1 < size) tridiagonal(i + 1, i) = below[static_cast<std::size_t>(i)];
  }
  const SymmetricEigen eigen = DecomposeSymmetric(tridiagonal);
  std::vector<std::pair<double, double>> nodes;
  for (Eigen::Index i = 0; i < size; ++i) {
    const double share = eigen.vectors(0, i);
    nodes.emplace_back(eigen.values(i), share * share * start.squaredNorm());
  }
  return nodes;
}

}  // namespace

CentredRows::CentredRows(const SparseRows& rows, const Vector& weights)
    : rows_(rows), roots_(weights.cwiseSqrt()), unit_(roots_.normalized()) {}

Vector CentredRows::WithoutMean(Vector values) const {
  values -= unit_ * unit_.dot(values);
  return values;
}

Vector CentredRows::Times(const Vector& features) const {
  const Matrix products = rows_.Times(features);
  return WithoutMean(products.row(0).transpose().cwiseProduct(roots_));
}

Vector CentredRows::Against(const Vector& values) const {
  const Vector own = WithoutMean(values).cwiseProduct(roots_);
  return rows_.Against(own.transpose()).topRows(rows_.features());
}

RidgeSolutions SolveByKrylov(const CentredRows& a, const Vector& b, std::span<const double> decays,
                             int most_steps) {
  constexpr double kGradient = 1e-14;
  RidgeSolutions found{Matrix::Zero(a.rows().features(), static_cast<Eigen::Index>(decays.size())),
                       std::vector<char>(decays.size(), 0)};
  double beta = b.norm();
  Vector left = b / (beta > 0.0 ? beta : 1.0);
  Vector right = a.Against(left);
  double alpha = right.norm();
  const double gradient = alpha * beta;
  // A target that is constant, or that no feature has to do with beyond rounding.
  if (!(alpha > kExhausted)) {
    std::fill(found.solved.begin(), found.solved.end(), 1);
    return found;
  }
  right /= alpha;
  std::vector<DampedRotations> rotations;
  for (const double decay : decays) rotations.emplace_back(decay, alpha, beta);
  KrylovBasis basis(right.size());
  double largest = alpha;
  std::size_t open = decays.size();
  while (open > 0 && found.steps < most_steps) {
    basis.Add(right);
    ++found.steps;
    left = a.Times(right) - alpha * left;
    beta = left.norm();
    largest = std::max({largest, alpha, beta});
    alpha = 0.0;
    if (beta > kExhausted * largest) {
      left /= beta;
      right = a.Against(left) - beta * right;
      basis.Orthogonalise(&right);
      alpha = right.norm();
    } else {
      beta = 0.0;
    }
    const bool exhausted = !(alpha > kExhausted * largest);
    if (exhausted) alpha = 0.0;
    for (std::size_t d = 0; d < decays.size(); ++d) {
      if (found.solved[d] != 0) continue;
      if (rotations[d].Add(alpha, beta) > kGradient * gradient && !exhausted) continue;
      found.solved[d] = 1;
      --open;
    }
    if (alpha > 0.0) right /= alpha;
  }
  Matrix axes = Matrix::Zero(found.steps, static_cast<Eigen::Index>(decays.size()));
  for (std::size_t d = 0; d < decays.size(); ++d)
    rotations[d].Solve(axes.col(static_cast<Eigen::Index>(d)));
  found.weights = basis.Columns() * axes;
  return found;
}

bool SolveBySchur(const CentredRows& a, const Vector& b, double decay, Eigen::Ref<Vector> weights) {
  constexpr double kLeast = 1e-6;
  constexpr double kEnough = 1e-13;
  constexpr double kAcceptable = 1e-11;
  constexpr int kMostRounds = 300;
  const Eigen::Index features = a.rows().features();
  if (!CategorySchur::Fits(a.rows())) return false;
  const CategorySchur inverse(a.rows(), a.roots().cwiseAbs2().transpose(), std::max(decay, kLeast));
  const auto solve = [&](const Vector& residual) {
    Vector padded = Vector::Zero(features + 1);
    padded.head(features) = residual;
    return Vector(inverse.Solve(padded).topRows(features));
  };
  Vector residual = a.Against(b);
  weights.setZero();
  Vector preconditioned = solve(residual);
  Vector direction = preconditioned;
  double energy = residual.dot(preconditioned);
  const double first = energy;
  for (int round = 0; round < kMostRounds && energy > kEnough * kEnough * first; ++round) {
    const Vector product = a.Against(a.Times(direction)) + decay * direction;
    const double curvature = direction.dot(product);
    if (!(curvature > 0.0)) break;
    const double length = energy / curvature;
    weights += length * direction;
    residual -= length * product;
    preconditioned = solve(residual);
    const double next = residual.dot(preconditioned);
    direction = preconditioned + (next / energy) * direction;
    energy = next;
  }
  return energy <= kAcceptable * kAcceptable * first;
}

Vector SpectrumEstimate::Spread() const {
  const auto count = static_cast<Eigen::Index>(std::lround(counts.sum()));
  Vector spread(count);
  Eigen::Index node = 0;
  double until = counts.size() > 0 ? counts(0) : 0.0;
  for (Eigen::Index i = 0; i < count; ++i) {
    while (node + 1 < values.size() && until < static_cast<double>(i) + 0.5)
      until += counts(++node);
    spread(i) = values(node);
  }
  if (count > 0) spread(0) = values(0);
  return spread;
}

double SpectrumEstimate::EffectiveDof(double decay) const {
  return (counts.array() * values.array() / (values.array() + decay)).sum();
}

SpectrumEstimate EstimateSpectrum(const CentredRows& a, int probes, int threads) {
  constexpr double kZero = 1e-9;  // of the largest: below it a Ritz value is rounding
  std::vector<std::vector<std::pair<double, double>>> of_probe(static_cast<std::size_t>(probes));
  ParallelFor(of_probe.size(), threads, [&](std::size_t probe) {
    Vector start = RandomSigns(a.rows().features(), static_cast<int>(probe));
    a.rows().RemoveFlat(start);
    if (start.squaredNorm() > 0.0) of_probe[probe] = LanczosNodes(a, start);
  });
  std::vector<std::pair<double, double>> nodes;
  for (const auto& own : of_probe) nodes.insert(nodes.end(), own.begin(), own.end());
  std::sort(nodes.begin(), nodes.end(), std::greater<>());
  const double largest = nodes.empty() ? 0.0 : nodes.front().first;
  double all = 0.0;
  for (const auto& [value, count] : nodes) all += count;
  const double scale = static_cast<double>(a.rows().features() - a.rows().flat_directions()) / all;
  while (!nodes.empty() && !(nodes.back().first > kZero * largest)) nodes.pop_back();
  SpectrumEstimate estimate{Vector(static_cast<Eigen::Index>(nodes.size())),
                            Vector(static_cast<Eigen::Index>(nodes.size()))};
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    estimate.values(static_cast<Eigen::Index>(i)) = nodes[i].first;
    estimate.counts(static_cast<Eigen::Index>(i)) = scale * nodes[i].second;
  }
  return estimate;
}

}  // namespace halflife
