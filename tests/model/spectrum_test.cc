#include "model/spectrum.h"

#include <gtest/gtest.h>

#include "support/matrices.h"

namespace halflife {
namespace {

TEST(Spectrum, BothWaysGiveTheSameAxes) {
  const Matrix x = testing::StandardisedRows(testing::RandomMatrix(6, 80, 1));
  Matrix right;
  const Spectrum rows = SpectrumFromRows(x, &right);
  const std::optional<Spectrum> gram = SpectrumFromGram(x * x.transpose() / 80.0);
  ASSERT_TRUE(gram.has_value());
  // Rounding of a 6 x 6 problem of condition below 10.
  EXPECT_LT((rows.values - gram->values).norm(), 1e-13);
  EXPECT_LT(((rows.basis.transpose() * gram->basis).cwiseAbs() - Matrix::Identity(6, 6)).norm(),
            1e-12);
  EXPECT_LT(
      (rows.basis * (rows.values * 80.0).cwiseSqrt().asDiagonal() * right.transpose() - x).norm(),
      1e-12);
}

TEST(Spectrum, OfNothingButZerosHasRankZero) {
  const std::optional<Spectrum> none = SpectrumFromGram(Matrix::Zero(3, 3));
  ASSERT_TRUE(none.has_value());
  EXPECT_EQ(none->values.size(), 0);
}

TEST(Spectrum, EffectiveDofFallsFromTheRankToNothing) {
  const Vector values = (Vector(3) << 4.0, 1.0, 0.25).finished();
  EXPECT_EQ(EffectiveDof(values, 0.0), 3.0);
  EXPECT_DOUBLE_EQ(EffectiveDof(values, 1.0), 4.0 / 5.0 + 1.0 / 2.0 + 0.25 / 1.25);
  EXPECT_LT(EffectiveDof(values, 1e9), 1e-8);
}

}  // namespace
}  // namespace halflife
