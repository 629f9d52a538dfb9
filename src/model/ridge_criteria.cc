#include "model/ridge_criteria.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/parallel.h"

namespace halflife {
namespace {

constexpr std::size_t kRowsOfChunk = 1024;

AxesRows ReadChunk(const Ridge& ridge, const RowAxes& axes, const RidgeRows& of, std::size_t start,
                   double weight) {
  const std::size_t size = std::min(kRowsOfChunk, of.rows.size() - start);
  const std::span<const uint32_t> rows = std::span(of.rows).subspan(start, size);
  const auto first = static_cast<Eigen::Index>(start);
  const auto count = static_cast<Eigen::Index>(size);
  AxesRows read;
  read.share = of.data.weights(std::vector<uint32_t>(rows.begin(), rows.end())) / weight;
  const Vector roots = read.share.cwiseSqrt();
  read.target = of.target.segment(first, count).cwiseProduct(roots);
  if (ridge.dual.size() > 0) {
    const auto n = static_cast<double>(of.rows.size());
    read.v = ridge.dual.middleRows(first, count) * (n * axes.values).cwiseSqrt().asDiagonal();
  } else if (ridge.right.size() > 0) {
    read.v = ridge.right.middleRows(first, count);
  } else if (axes.values.size() == 0) {
    read.v.resize(count, 0);
  } else {
    read.v = roots.asDiagonal() * StandardizeByRow(of.data.design, of.learnt, rows) * axes.outward;
  }
  return read;
}

}  // namespace

std::optional<RowAxes> AxesOf(const Ridge& ridge) {
  const auto turn = [](const Vector& values, const Vector& projected) {
    return Vector(projected.cwiseQuotient(values.cwiseSqrt()));
  };
  const auto outward = [](const Vector& values, const Matrix& basis) {
    return Matrix(basis * values.cwiseSqrt().cwiseInverse().asDiagonal());
  };
  if (!ridge.diagonals) {
    const Spectrum& of = ridge.spectrum;
    const bool at_hand = ridge.dual.size() > 0 || ridge.right.size() > 0;
    return RowAxes{of.values, turn(of.values, ridge.projected),
                   at_hand ? Matrix() : outward(of.values, of.basis)};
  }
  const std::optional<SymmetricEigen> eigen = ridge.diagonals->Decompose();
  if (!eigen) return std::nullopt;
  Vector cross = ridge.projected;
  ridge.diagonals->TurnOut(cross);
  const Vector projected = eigen->vectors.transpose() * cross;
  return RowAxes{eigen->values, turn(eigen->values, projected),
                 outward(eigen->values, eigen->vectors)};
}

// Along an axis a fit leaves decay / (s + decay) of a target, outside of all axes and the intercept
// the whole of it. Where nothing of a row is outside, decay cancels from residual and 1 - leverage.
LeftOutSums SumLeftOut(const AxesRows& rows, const RowAxes& axes, std::span<const double> decays) {
  constexpr double kNothing = 1e-10;  // rounding of V, whose smallest s is 1e-9 of the largest
  constexpr double kDigits = 1e-7;    // of what is left of a 1 that is right to some 1e-14
  const auto count = static_cast<Eigen::Index>(decays.size());
  const Matrix inverse = (axes.values.replicate(1, count).rowwise() +
                          Eigen::Map<const Eigen::RowVectorXd>(decays.data(), count))
                             .cwiseInverse();
  const Matrix residuals = rows.v * (axes.turned.asDiagonal() * inverse);
  const Matrix squares = rows.v.cwiseAbs2();
  const Matrix lefts = squares * inverse;
  const Matrix lefts_squared = squares * inverse.cwiseAbs2();
  const Vector outside = (1.0 - rows.share.array()).matrix() - squares.rowwise().sum();
  const Vector residual_outside = rows.target - rows.v * axes.turned;
  LeftOutSums sums{Vector::Zero(count), Vector::Zero(count), std::vector<char>(decays.size(), 1)};
  for (Eigen::Index d = 0; d < count; ++d) {
    const auto at = static_cast<std::size_t>(d);
    for (Eigen::Index i = 0; i < rows.v.rows(); ++i) {
      const bool met = outside(i) <= kNothing;
      const double left = met ? lefts(i, d) : outside(i) + decays[at] * lefts(i, d);
      const double residual =
          met ? residuals(i, d) : residual_outside(i) + decays[at] * residuals(i, d);
      if (!(left > (met ? 0.0 : kDigits))) sums.known[at] = 0;
      sums.squares(d) += residual / left * (residual / left);
      const double twice =
          met ? lefts_squared(i, d) : outside(i) + decays[at] * decays[at] * lefts_squared(i, d);
      sums.spreads(d) += twice / (left * left) - 1.0;
    }
  }
  return sums;
}

bool KnowsItsRows(const Ridge& ridge) {
  return ridge.from_gram || ridge.dual.size() > 0 || ridge.right.size() > 0 ||
         ridge.spectrum.values.size() == 0;
}

bool LeaveOneOutIsCheap(const Ridge& ridge, std::size_t rows, std::size_t decays) {
  constexpr double kMostOperations = 1e9;
  const auto rank =
      static_cast<double>(ridge.diagonals ? ridge.diagonals->size() : ridge.spectrum.values.size());
  const auto features = static_cast<double>(ridge.diagonals   ? ridge.diagonals->size()
                                            : ridge.from_gram ? ridge.spectrum.basis.rows()
                                                              : 0);
  return static_cast<double>(rows) * rank * (2.0 * features + 4.0 * static_cast<double>(decays)) <=
         kMostOperations;
}

std::vector<std::optional<LeftOut>> LeftOutOf(std::span<const LeftOutSums> parts,
                                              std::size_t decays, std::size_t rows) {
  std::vector<std::optional<LeftOut>> all(decays);
  for (std::size_t d = 0; d < decays; ++d) {
    double squares = 0.0;
    double spreads = 0.0;
    bool known = true;
    for (const LeftOutSums& part : parts) {
      squares += part.squares(static_cast<Eigen::Index>(d));
      spreads += part.spreads(static_cast<Eigen::Index>(d));
      known = known && part.known[d] != 0;
    }
    if (known && std::isfinite(squares) && std::isfinite(spreads))
      all[d] = LeftOut{0.5 * squares, spreads / static_cast<double>(rows)};
  }
  return all;
}

std::vector<std::optional<LeftOut>> LeaveOneOut(const Ridge& ridge, const RidgeRows& of,
                                                std::span<const double> decays) {
  const std::optional<RowAxes> axes = AxesOf(ridge);
  if (!axes || decays.empty()) return std::vector<std::optional<LeftOut>>(decays.size());
  const double weight = of.data.weights(of.rows).sum();
  std::vector<LeftOutSums> chunks((of.rows.size() + kRowsOfChunk - 1) / kRowsOfChunk);
  ParallelFor(chunks.size(), of.threads, [&](std::size_t c) {
    chunks[c] = SumLeftOut(ReadChunk(ridge, *axes, of, c * kRowsOfChunk, weight), *axes, decays);
  });
  return LeftOutOf(chunks, decays.size(), of.rows.size());
}

std::optional<double> GcvLoss(const Vector& values, double loss, double weight, double decay) {
  double left = weight - 1.0 - static_cast<double>(values.size());
  for (const double value : values) left += decay / (value + decay);
  if (!(left > 0.0)) return std::nullopt;
  const double gcv = loss * (weight / left) * (weight / left);
  return std::isfinite(gcv) ? std::optional(gcv) : std::nullopt;
}

std::optional<double> LogEvidence(const Vector& values, double fit, double weight, double decay) {
  double determinant = 0.0;
  for (const double value : values) determinant += std::log(decay / (decay + value));
  const double evidence =
      0.5 * (determinant - weight * (std::log(2.0 * std::numbers::pi * fit) + 1.0));
  return std::isfinite(evidence) ? std::optional(evidence) : std::nullopt;
}

}  // namespace halflife
