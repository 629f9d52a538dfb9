#include "linalg/linalg.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "support/errors.h"
#include "support/matrices.h"

namespace halflife {
namespace {

using testing::RandomMatrix;

// Backward errors of these decompositions are a small multiple of size * eps * norm (Anderson et
// al., LAPACK Users' Guide, ch. 4); 100 * eps * size covers the multiple.
double Tolerance(int size) { return 100 * std::numeric_limits<double>::epsilon() * size; }

TEST(Linalg, TheSymmetricDecompositionRebuildsItsMatrix) {
  const Matrix a = RandomMatrix(20, 30, 1);
  Matrix gram = Matrix::Zero(20, 20);
  AddOuterProduct(a, &gram);
  const SymmetricEigen eigen = DecomposeSymmetric(gram);
  const Matrix rebuilt = eigen.vectors * eigen.values.asDiagonal() * eigen.vectors.transpose();
  EXPECT_LT((rebuilt - a * a.transpose()).norm(), Tolerance(30) * eigen.values.maxCoeff());
  EXPECT_TRUE(std::is_sorted(eigen.values.begin(), eigen.values.end()));
}

TEST(Linalg, TheThinSingularDecompositionRebuildsTallAndWide) {
  for (const auto& [rows, cols] : {std::pair{30, 7}, std::pair{7, 30}, std::pair{1, 1}}) {
    const Matrix a = RandomMatrix(rows, cols, 2);
    const ThinSvd svd = DecomposeSingular(a);
    EXPECT_LT((svd.u * svd.singular.asDiagonal() * svd.v.transpose() - a).norm(),
              Tolerance(30) * svd.singular(0));
  }
}

// Matrices that decompositions find hard: rank one, zero, repeated columns, graded over 30 orders
// of magnitude, 0/1 columns that are nearly unique.
std::vector<Matrix> HardMatrices() {
  std::vector<Matrix> hard = {RandomMatrix(25, 9, 5), Matrix::Zero(6, 4), Matrix::Ones(12, 12)};
  Matrix repeated = RandomMatrix(30, 8, 6);
  repeated.rightCols(4) = repeated.leftCols(4);
  hard.push_back(repeated);
  Matrix graded = RandomMatrix(10, 10, 7);
  for (Eigen::Index j = 0; j < 10; ++j) graded.col(j) *= std::pow(10.0, -3.0 * j);
  hard.push_back(graded);
  Matrix levels = Matrix::Constant(40, 36, -1.0 / 40);
  for (Eigen::Index j = 0; j < 36; ++j) levels(j, j) += 1.0;
  hard.push_back(testing::StandardisedRows(levels.transpose()));
  return hard;
}

TEST(Linalg, EveryWayAloneDecomposesHardMatrices) {
  for (const Matrix& a : HardMatrices()) {
    const Matrix gram = a * a.transpose();
    for (const SymmetricStage stage : SymmetricStages()) {
      const SymmetricEigen eigen = DecomposeSymmetric(gram, {stage});
      EXPECT_LE(
          (eigen.vectors * eigen.values.asDiagonal() * eigen.vectors.transpose() - gram).norm(),
          Tolerance(40) * gram.norm());
      EXPECT_TRUE(std::is_sorted(eigen.values.begin(), eigen.values.end()));
    }
    for (const SingularStage stage : SingularStages()) {
      for (const Matrix& each : {a, Matrix(a.transpose())}) {
        const ThinSvd svd = DecomposeSingular(each, {stage});
        EXPECT_LE((svd.u * svd.singular.asDiagonal() * svd.v.transpose() - each).norm(),
                  Tolerance(40) * each.norm());
        EXPECT_LE((svd.u.transpose() * svd.u - Matrix::Identity(svd.u.cols(), svd.u.cols())).norm(),
                  Tolerance(40));
        EXPECT_LE((svd.v.transpose() * svd.v - Matrix::Identity(svd.v.cols(), svd.v.cols())).norm(),
                  Tolerance(40));
        EXPECT_TRUE(std::is_sorted(svd.singular.begin(), svd.singular.end(), std::greater<>()));
      }
    }
  }
}

// A Gram matrix alone would leave singular values below 1e-8 of the largest without a digit.
TEST(Linalg, TheRefinedGramKeepsTheDigitsOfSmallSingularValues) {
  const Matrix left = DecomposeSingular(RandomMatrix(30, 6, 8)).u;
  const Matrix right = DecomposeSingular(RandomMatrix(6, 6, 9)).u;
  const Vector values = (Vector(6) << 1.0, 1e-2, 1e-4, 1e-6, 1e-9, 1e-11).finished();
  const ThinSvd svd =
      DecomposeSingular(left * values.asDiagonal() * right.transpose(), {SingularStages().back()});
  // Rounding of the product moves every singular value by a few eps of the largest.
  for (Eigen::Index j = 0; j < 6; ++j) EXPECT_NEAR(svd.singular(j), values(j), Tolerance(6));
}

bool NoAnswer(const Matrix&, SymmetricEigen*) { return false; }
bool NoSingularAnswer(const Matrix&, ThinSvd*) { return false; }

// Says that it has an answer, but one of it is not orthonormal, or does not rebuild the matrix.
bool WrongValues(const Matrix& a, SymmetricEigen* result) {
  *result = DecomposeSymmetric(a);
  result->values(0) += 1e-6 * result->values.cwiseAbs().maxCoeff();
  return true;
}
bool WrongVectors(const Matrix& a, ThinSvd* result) {
  *result = DecomposeSingular(a);
  result->u.col(0) = result->u.col(1);
  return true;
}
bool NoNumbers(const Matrix& a, ThinSvd* result) {
  *result = DecomposeSingular(a);
  result->v(0, 0) = std::numeric_limits<double>::quiet_NaN();
  return true;
}

TEST(Linalg, AnotherWayTakesOverWhereOneFailsOrAnswersWrongly) {
  const Matrix a = RandomMatrix(12, 5, 10);
  const Matrix gram = a * a.transpose();
  const SymmetricEigen eigen = DecomposeSymmetric(gram);
  const ThinSvd svd = DecomposeSingular(a);
  for (const SymmetricStage bad : {NoAnswer, WrongValues}) {
    const SymmetricEigen other = DecomposeSymmetric(gram, {bad, SymmetricStages().back()});
    EXPECT_LT((other.values - eigen.values).norm(), Tolerance(12) * eigen.values.maxCoeff());
  }
  for (const SingularStage bad : {NoSingularAnswer, WrongVectors, NoNumbers}) {
    const ThinSvd other = DecomposeSingular(a, {bad, SingularStages().back()});
    EXPECT_LT((other.singular - svd.singular).norm(), Tolerance(12) * svd.singular(0));
  }
}

TEST(Linalg, SaysWhatIsWrongWhereNoWayIsLeft) {
  const Matrix a = RandomMatrix(4, 3, 11);
  EXPECT_EQ(testing::ErrorOf([&] { DecomposeSingular(a, {NoSingularAnswer}); }),
            "no method could decompose the 4 x 3 matrix of the columns; leave columns out with "
            "ignore");
  Matrix infinite = a;
  infinite(1, 1) = std::numeric_limits<double>::infinity();
  EXPECT_EQ(testing::ErrorOf([&] { DecomposeSingular(infinite); }),
            "numbers of the columns are too large or too small to compute with");
}

TEST(Linalg, CholeskySolvesAndRefusesWhatIsNotPositive) {
  const Matrix a = RandomMatrix(10, 20, 3);
  const Matrix spd = a * a.transpose();
  const Vector x = Vector::LinSpaced(10, 1, 2);
  Vector b = spd * x;
  Matrix factor = spd;
  ASSERT_TRUE(CholeskyInPlace(&factor));
  CholeskySolve(factor, b);
  // Forward error: condition number (< 1e3 for this seed) times the backward error.
  EXPECT_LT((b - x).norm(), 1e3 * Tolerance(10) * x.norm());
  Matrix negative = -spd;
  EXPECT_FALSE(CholeskyInPlace(&negative));
}

TEST(Linalg, TheLowerTriangleIsMirrored) {
  for (const Eigen::Index size : {0, 1, 63, 64, 65, 200}) {
    const Matrix a = RandomMatrix(size, size, 8);
    Matrix mirrored = a;
    MirrorLower(&mirrored);
    EXPECT_EQ(mirrored, Matrix(a.selfadjointView<Eigen::Lower>())) << size;
  }
}

TEST(Linalg, CholeskyTakesTheLeastRidgeThatServes) {
  const Matrix a = RandomMatrix(10, 20, 3);
  const Matrix spd = a * a.transpose();
  Matrix plain = spd;
  ASSERT_TRUE(CholeskyInPlace(&plain));
  EXPECT_EQ(*CholeskyWithRidge(spd, 0.0, 1.0, 10.0), plain);
  // An eigenvalue of -5: of 0, 1 and 10 the last serves.
  Matrix bent = Matrix::Identity(3, 3);
  bent(1, 1) = -5.0;
  const std::optional<Matrix> factor = CholeskyWithRidge(bent, 0.0, 1.0, 10.0);
  ASSERT_TRUE(factor.has_value());
  EXPECT_NEAR((*factor)(1, 1), std::sqrt(5.0), 4.0 * kEps);
  EXPECT_FALSE(CholeskyWithRidge(bent, 0.0, 1.0, 9.0).has_value());
  bent(1, 1) = std::nan("");
  Matrix no_number = bent;
  EXPECT_FALSE(CholeskyInPlace(&no_number));
  EXPECT_FALSE(CholeskyWithRidge(bent, 0.0, 1.0, bent.trace()).has_value());
  EXPECT_FALSE(CholeskyWithRidge(bent, 0.0, 1.0, 1e3).has_value());
}

}  // namespace
}  // namespace halflife
