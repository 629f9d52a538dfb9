#include "model/spectrum_estimate.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "base/random.h"

namespace halflife {
namespace {

Vector RandomSigns(Eigen::Index size, int probe) {
  constexpr uint64_t kSeed = 20170807;
  Random random(kSeed, static_cast<uint64_t>(probe));
  Vector signs(size);
  for (double& sign : signs) sign = random.Uniform() < 0.5 ? -1.0 : 1.0;
  return signs;
}

// Gauss's nodes and weights for the quadratic form of A'A at `start`.
std::vector<std::pair<double, double>> LanczosNodes(const CentredRows& a, const Vector& start,
                                                    Eigen::Index steps) {
  KrylovBasis basis(start.size());
  std::vector<double> diagonal;
  std::vector<double> below;
  Vector next = start.normalized();
  while (static_cast<Eigen::Index>(diagonal.size()) < std::min(steps, start.size())) {
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
  return free + (counts.array() * values.array() / (values.array() + decay)).sum();
}

SpectrumEstimate EstimateSpectrum(const CentredRows& a, const SpectrumEffort& effort, int threads) {
  constexpr double kZero = 1e-9;  // of the largest: below it a Ritz value is rounding
  std::vector<std::vector<std::pair<double, double>>> of_probe(
      static_cast<std::size_t>(effort.probes));
  ParallelFor(of_probe.size(), threads, [&](std::size_t probe) {
    Vector start = RandomSigns(a.rows().features(), static_cast<int>(probe));
    a.rows().RemoveFlat(start);
    a.WithoutFree(start);
    if (start.squaredNorm() > 0.0) of_probe[probe] = LanczosNodes(a, start, effort.steps);
  });
  std::vector<std::pair<double, double>> nodes;
  for (const auto& own : of_probe) nodes.insert(nodes.end(), own.begin(), own.end());
  std::sort(nodes.begin(), nodes.end(), std::greater<>());
  const double largest = nodes.empty() ? 0.0 : nodes.front().first;
  double all = 0.0;
  for (const auto& [value, count] : nodes) all += count;
  const double scale = static_cast<double>(a.rows().decayed_directions()) / all;
  while (!nodes.empty() && !(nodes.back().first > kZero * largest)) nodes.pop_back();
  SpectrumEstimate estimate{Vector(static_cast<Eigen::Index>(nodes.size())),
                            Vector(static_cast<Eigen::Index>(nodes.size())),
                            static_cast<double>(a.free_rank())};
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    estimate.values(static_cast<Eigen::Index>(i)) = nodes[i].first;
    estimate.counts(static_cast<Eigen::Index>(i)) = scale * nodes[i].second;
  }
  return estimate;
}

}  // namespace halflife
