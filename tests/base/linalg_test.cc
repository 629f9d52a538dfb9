#include "base/linalg.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

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

}  // namespace
}  // namespace halflife
