#include "model/ridge.h"

#include <gtest/gtest.h>

#include <limits>

#include "support/least_norm.h"
#include "support/matrices.h"

namespace halflife {
namespace {

using testing::RandomMatrix;
using testing::StandardisedRows;

constexpr double kEps = std::numeric_limits<double>::epsilon();

Vector Centred(Eigen::Index rows, uint64_t seed) {
  Vector y = RandomMatrix(rows, 1, seed);
  return y.array() - y.mean();
}

// The textbook solution (X'X/n + decay)^-1 X'y/n, `x` with a column a row of data.
Vector Textbook(const Matrix& x, const Vector& y, double decay) {
  const auto n = static_cast<double>(y.size());
  Matrix normal = x * x.transpose() / n;
  normal.diagonal().array() += decay;
  return testing::LeastNorm(normal, x * y / n);
}

StandardizedGram GramOf(const Matrix& x, const Vector& y) {
  const auto n = static_cast<double>(y.size());
  return {x * x.transpose() / n, x * y / n, y.squaredNorm() / n};
}

// Solving amplifies rounding by the condition number, below (1 + decay) 100 / decay here for all
// sizes.
double Tolerance(double decay) { return 1000 * kEps * (1.0 + 100.0 / decay); }

TEST(Ridge, EqualsTheNormalEquationsForTallAndWideData) {
  for (const auto& [features, rows] : {std::pair{5, 40}, std::pair{40, 12}}) {
    const Matrix x = StandardisedRows(RandomMatrix(features, rows, 1));
    const Vector y = Centred(rows, 2);
    const Ridge ridge = RidgeFromRows(x, y);
    for (const double decay : {1e-3, 0.1, 10.0}) {
      const Vector weights = ridge.spectrum.basis * ridge.Axes(decay);
      EXPECT_LT((weights - Textbook(x, y, decay)).norm(), Tolerance(decay));
      const double loss = 0.5 * (y - x.transpose() * weights).squaredNorm() / rows;
      EXPECT_NEAR(ridge.TrainLoss(decay), loss, Tolerance(decay));
    }
  }
}

TEST(Ridge, FromTheGramMatrixEqualsFromTheRows) {
  const Matrix x = StandardisedRows(RandomMatrix(8, 100, 3));
  const Vector y = Centred(100, 4);
  const std::optional<Ridge> gram = RidgeFromGram(GramOf(x, y));
  ASSERT_TRUE(gram.has_value());
  const Ridge rows = RidgeFromRows(x, y);
  for (const double decay : {0.0, 1e-3, 1.0}) {
    const Vector difference = gram->Weights(gram->Axes(decay)) - rows.Weights(rows.Axes(decay));
    EXPECT_LT(difference.norm(), 1e4 * kEps);  // eigenvalues within a factor of 10 of each other
    EXPECT_NEAR(gram->TrainLoss(decay), rows.TrainLoss(decay), 1e4 * kEps);
  }
}

TEST(Ridge, AtDecayZeroIsTheSolutionOfMinimumNorm) {
  const Matrix x = StandardisedRows(RandomMatrix(30, 10, 5));
  const Vector y = Centred(10, 6);
  const Ridge ridge = RidgeFromRows(x, y);
  EXPECT_EQ(ridge.spectrum.values.size(), 9);  // ten centred rows span nine directions
  const Vector weights = ridge.Weights(ridge.Axes(0.0));
  const Vector least = testing::LeastNorm(x.transpose(), y);
  EXPECT_LT((weights - least).norm(), 1e4 * kEps * least.norm());
  EXPECT_LT(ridge.TrainLoss(0.0), 1e4 * kEps);
}

TEST(Ridge, FromTheKernelOfFewRowsEqualsFromTheRows) {
  const Matrix x = StandardisedRows(RandomMatrix(30, 10, 12));
  const Vector y = Centred(10, 13);
  std::optional<Ridge> kernel = RidgeFromKernel(x.transpose() * x, x.transpose(), y);
  ASSERT_TRUE(kernel.has_value());
  kernel->dual_rows = x.transpose();
  const Ridge rows = RidgeFromRows(x, y);
  ASSERT_EQ(kernel->spectrum.values.size(), rows.spectrum.values.size());
  for (const double decay : {0.0, 1e-3, 1.0}) {
    const Vector weights = rows.Weights(rows.Axes(decay));
    // Squares of singular values within a factor of 100 of each other.
    EXPECT_LT((kernel->Weights(kernel->Axes(decay)) - weights).norm(), 1e5 * kEps * weights.norm());
    EXPECT_NEAR(kernel->TrainLoss(decay), rows.TrainLoss(decay), 1e5 * kEps);
  }
}

// Rows that are nearly equal, and groups of rows whose means are nearly 0: eigenvalues from 1e-10
// to 1e-16 of the largest, of which the kernel has few digits or none.
TEST(Ridge, FromTheKernelHasTheDigitsOfTheRowsInSmallDirections) {
  for (const double size : {1e-5, 1e-6, 1e-7, 1e-8}) {
    Matrix x = StandardisedRows(RandomMatrix(300, 40, 14));
    x.col(9) = x.col(8) + size * x.col(9);
    for (int group = 0; group < 3; ++group) {
      const Vector mean = x.middleCols(10 * group + 10, 10).rowwise().mean();
      x.middleCols(10 * group + 10, 10).colwise() -= (1.0 - size) * mean;
    }
    x.colwise() -= x.rowwise().mean().eval();
    const Vector y = Centred(40, 15);
    std::optional<Ridge> kernel = RidgeFromKernel(x.transpose() * x, x.transpose(), y);
    ASSERT_TRUE(kernel.has_value());
    kernel->dual_rows = x.transpose();
    const Ridge rows = RidgeFromRows(x, y);
    ASSERT_EQ(kernel->spectrum.values.size(), rows.spectrum.values.size());
    for (const double decay : {0.0, 1e-10, 1e-3, 1.0}) {
      // A singular value of `size` of the largest is right, from rows, to eps over that.
      const double bound = 1e3 * kEps / size;
      const Vector weights = rows.Weights(rows.Axes(decay));
      EXPECT_LT((kernel->Weights(kernel->Axes(decay)) - weights).norm(), bound * weights.norm())
          << size << " " << decay;
      EXPECT_NEAR(kernel->TrainLoss(decay), rows.TrainLoss(decay), bound) << size << " " << decay;
    }
  }
}

TEST(Ridge, TheKernelIsRefusedWhereItsRoundingWouldShow) {
  Matrix x = StandardisedRows(RandomMatrix(30, 10, 14));
  x.rightCols(5) = x.leftCols(5) + 1e-7 * x.rightCols(5);  // half of them near 1e-14 of the largest
  x.colwise() -= x.rowwise().mean().eval();
  EXPECT_FALSE(RidgeFromKernel(x.transpose() * x, x.transpose(), Centred(10, 15)).has_value());
}

TEST(Ridge, ARepeatedColumnSharesItsWeight) {
  Matrix x = StandardisedRows(RandomMatrix(3, 50, 7));
  x.row(2) = x.row(1);
  const Vector y = Centred(50, 8);
  const std::optional<Ridge> ridge = RidgeFromGram(GramOf(x, y));
  ASSERT_TRUE(ridge.has_value());
  EXPECT_EQ(ridge->Values().size(), 2);
  const Vector weights = ridge->Weights(ridge->Axes(0.0));
  EXPECT_NEAR(weights(1), weights(2), 1e3 * kEps);
}

TEST(Ridge, TheGramMatrixIsRefusedWhereItsRoundingWouldShow) {
  Matrix x = StandardisedRows(RandomMatrix(3, 50, 9));
  x.row(2) =
      x.row(1) + 1e-6 * x.row(2);  // an eigenvalue near 1e-12 of the largest: neither 0 nor correct
  EXPECT_FALSE(RidgeFromGram(GramOf(x, Centred(50, 10))).has_value());
  const Matrix exact = StandardisedRows(RandomMatrix(3, 50, 11));
  const Vector y = exact.transpose() * Vector::Ones(3);  // no residual left to tell from rounding
  EXPECT_FALSE(RidgeFromGram(GramOf(exact, y)).has_value());
}

}  // namespace
}  // namespace halflife
