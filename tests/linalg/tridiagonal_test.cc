#include "linalg/tridiagonal.h"

#include <gtest/gtest.h>

#include <Eigen/Cholesky>
#include <cmath>
#include <limits>

#include "support/errors.h"
#include "support/matrices.h"

namespace halflife {
namespace {

using testing::RandomMatrix;

// As in linalg_test: a small multiple of size * eps * norm.
double Slack(Eigen::Index size) {
  return 100 * std::numeric_limits<double>::epsilon() * static_cast<double>(size);
}

Matrix Gram(Eigen::Index size, Eigen::Index rows, uint64_t seed) {
  const Matrix x = RandomMatrix(size, rows, seed);
  return x * x.transpose() / static_cast<double>(rows);
}

TEST(Tridiagonal, EverySolutionIsThatOfTheMatrix) {
  for (const Eigen::Index size : {1, 2, 3, 17, 60}) {
    const Matrix a = Gram(size, size + 5, 1);
    const Matrix b = RandomMatrix(size, 2, 2);
    const std::optional<Tridiagonal> t = Tridiagonalise(a);
    ASSERT_TRUE(t.has_value());
    for (const double shift : {0.1, 1.0, 100.0}) {
      Matrix x = b;
      t->TurnIn(x);
      Vector solved(size);
      t->Solve(shift, x.col(0), solved);
      Matrix out = solved;
      t->TurnOut(out);
      Matrix shifted = a;
      shifted.diagonal().array() += shift;
      const Vector expected = shifted.ldlt().solve(b.col(0));
      const double condition = (a.norm() + shift) / shift;
      EXPECT_LT((out.col(0) - expected).norm(), Slack(size) * condition * expected.norm());
    }
  }
}

TEST(Tridiagonal, ValuesCountsAndVectorsAreThoseOfTheMatrix) {
  for (const Eigen::Index size : {1, 2, 5, 40}) {
    const Matrix a = Gram(size, 2 * size, 3);
    const std::optional<Tridiagonal> t = Tridiagonalise(a);
    ASSERT_TRUE(t.has_value());
    const SymmetricEigen expected = DecomposeSymmetric(a);
    const Vector values = t->Values();
    ASSERT_EQ(values.size(), size);
    const double norm = expected.values.maxCoeff();
    EXPECT_LT((values - expected.values).norm(), Slack(size) * norm);
    for (Eigen::Index i = 0; i < size; ++i) {
      EXPECT_EQ(t->CountBelow(expected.values(i) * (1.0 + 1e-9)), i + 1);
      EXPECT_EQ(t->CountBelow(expected.values(i) * (1.0 - 1e-9)), i);
    }
    EXPECT_GE(t->Largest(), norm * (1.0 - Slack(size)));
    EXPECT_LE(t->Largest(), norm * 1.002);
    const std::optional<SymmetricEigen> own = t->Decompose();
    ASSERT_TRUE(own.has_value());
    const Matrix rebuilt = own->vectors * own->values.asDiagonal() * own->vectors.transpose();
    EXPECT_LT((rebuilt - a).norm(), Slack(size) * norm);
  }
}

// What rounding leaves of nothing may be below 0.
TEST(Tridiagonal, TheLargestIsFoundWhereNoneIsAboveZero) {
  for (const double size : {0.0, -1e-17, -3.0}) {
    for (const Eigen::Index count : {1, 4}) {
      const auto t = Tridiagonalise(size * Matrix::Identity(count, count));
      ASSERT_TRUE(t.has_value());
      EXPECT_NEAR(t->Largest(), size, 1e-3 * std::fabs(size));
    }
  }
  Matrix half = Matrix::Zero(3, 3);
  half(1, 1) = -1.0;
  const auto t = Tridiagonalise(half);
  ASSERT_TRUE(t.has_value());
  EXPECT_NEAR(t->Largest(), 0.0, 1e-300);
}

TEST(Tridiagonal, OnlyTheLowerTriangleIsRead) {
  Matrix a = Gram(9, 20, 4);
  const std::optional<Tridiagonal> whole = Tridiagonalise(a);
  a.triangularView<Eigen::StrictlyUpper>().setConstant(std::nan(""));
  const std::optional<Tridiagonal> lower = Tridiagonalise(a);
  ASSERT_TRUE(whole && lower);
  EXPECT_EQ(whole->diagonal, lower->diagonal);
  EXPECT_EQ(whole->below, lower->below);
}

TEST(Tridiagonal, WhatIsNotFiniteIsRefused) {
  Matrix a = Gram(4, 9, 5);
  a(2, 1) = std::nan("");
  EXPECT_NE(testing::ErrorOf([&] { Tridiagonalise(a); }), "");
}

TEST(LowerProducts, AreTheTrapezoidOfTheWhole) {
  const Matrix a = RandomMatrix(13, 7, 6);
  const Matrix whole = a.transpose() * a;
  for (const Eigen::Index columns : {0, 1, 4, 7}) {
    Matrix out = Matrix::Ones(7, columns);
    AddLowerProducts(a, out);
    for (Eigen::Index j = 0; j < columns; ++j) {
      for (Eigen::Index i = j; i < 7; ++i) EXPECT_NEAR(out(i, j), 1.0 + whole(i, j), 1e-13 * 13);
    }
  }
}

TEST(InvertLower, IsTheInverse) {
  Matrix a = Gram(8, 30, 7);
  ASSERT_TRUE(CholeskyInPlace(&a));
  const Matrix lower = a.triangularView<Eigen::Lower>();
  // The condition number of the factor of a Gram matrix of four times as many rows is below 10.
  EXPECT_LT((InvertLower(a) * lower - Matrix::Identity(8, 8)).norm(), 10 * Slack(8));
}

}  // namespace
}  // namespace halflife
