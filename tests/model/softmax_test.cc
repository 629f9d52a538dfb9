#include "model/softmax.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "support/matrices.h"

namespace halflife {
namespace {

using testing::RandomMatrix;

SoftmaxRows MakeRows(int outputs, Eigen::Index rows = 40) {
  SoftmaxRows made;
  made.inputs = RandomMatrix(4, rows, 1);
  made.inputs.row(3).setOnes();
  made.outputs = outputs;
  made.weights = RandomMatrix(rows, 1, 7).cwiseAbs();
  Random random(2);
  for (Eigen::Index i = 0; i < rows; ++i)
    made.classes.push_back(
        static_cast<int32_t>(random.Below(static_cast<uint64_t>(std::max(2, outputs)))));
  return made;
}

class Softmax : public ::testing::TestWithParam<int> {};

// Central differences err by h^2 times the third derivative, below 1 here, plus eps/h rounding.
TEST_P(Softmax, TheGradientIsTheSlopeOfTheLoss) {
  constexpr double kStep = 1e-5;
  const SoftmaxRows rows = MakeRows(GetParam());
  const Matrix at = RandomMatrix(4, GetParam(), 3);
  const Matrix gradient = Gradient(rows, at, Evaluate(rows, at, 0.3), 0.3);
  for (Eigen::Index i = 0; i < at.size(); ++i) {
    Matrix up = at;
    Matrix down = at;
    up.data()[i] += kStep;
    down.data()[i] -= kStep;
    const double slope =
        (Evaluate(rows, up, 0.3).loss - Evaluate(rows, down, 0.3).loss) / (2 * kStep);
    EXPECT_NEAR(gradient.data()[i], slope, kStep * kStep + 1e-10);
  }
}

TEST_P(Softmax, TheHessianIsTheSlopeOfTheGradient) {
  constexpr double kStep = 1e-5;
  const SoftmaxRows rows = MakeRows(GetParam());
  const Matrix at = RandomMatrix(4, GetParam(), 3);
  const Matrix direction = RandomMatrix(4, GetParam(), 4);
  const SoftmaxState state = Evaluate(rows, at, 0.3);
  const Matrix product = HessianTimes(rows, state, 0.3, direction);
  const auto gradient_at = [&](double t) {
    const Matrix moved = at + t * direction;
    return Gradient(rows, moved, Evaluate(rows, moved, 0.3), 0.3);
  };
  const Matrix slope = (gradient_at(kStep) - gradient_at(-kStep)) / (2 * kStep);
  EXPECT_LT((product - slope).norm(), 100 * kStep * kStep + 1e-9);  // |direction|^3 is below 100
  std::vector<int> outputs(static_cast<std::size_t>(GetParam()));
  std::iota(outputs.begin(), outputs.end(), 0);
  const Matrix whole = Hessian(rows, state, outputs);
  Vector flat = whole * Eigen::Map<const Vector>(direction.data(), direction.size());
  Matrix data_part = product;
  data_part.topRows(3) -= 0.3 * direction.topRows(3);
  EXPECT_LT((flat - Eigen::Map<const Vector>(data_part.data(), data_part.size())).norm(), 1e-13);
}

TEST_P(Softmax, EffectiveDofIsTheTraceOfTheSmoother) {
  const int m = GetParam();
  const SoftmaxRows rows = MakeRows(m);
  const Matrix at = RandomMatrix(4, m, 3);
  const SoftmaxState state = Evaluate(rows, at, 0.0);
  EXPECT_EQ(EffectiveDof(rows, state, 0.0), 3.0 * std::max(1, m - 1));
  EXPECT_NEAR(EffectiveDof(rows, state, 1e-9), 3.0 * std::max(1, m - 1), 1e-5);
  // Directly: decay on the weights, a flat direction of the intercepts left out by a
  // pseudo-inverse.
  std::vector<int> outputs(static_cast<std::size_t>(m));
  std::iota(outputs.begin(), outputs.end(), 0);
  const Matrix hessian = Hessian(rows, state, outputs);
  Matrix penalised = hessian;
  for (Eigen::Index i = 0; i < penalised.rows(); ++i) {
    if (i % 4 != 3) penalised(i, i) += 0.2;
  }
  const SymmetricEigen eigen = DecomposeSymmetric(penalised);
  double trace = 0.0;
  for (Eigen::Index i = 0; i < eigen.values.size(); ++i) {
    if (eigen.values(i) > 1e-12)
      trace += eigen.vectors.col(i).dot(hessian * eigen.vectors.col(i)) / eigen.values(i);
  }
  EXPECT_NEAR(EffectiveDof(rows, state, 0.2), trace - std::max(1, m - 1), 1e-11);
}

INSTANTIATE_TEST_SUITE_P(TwoAndMoreClasses, Softmax, ::testing::Values(1, 3, 5));

TEST(Softmax, TwoClassesAsOneLogitEqualTwoLogits) {
  const SoftmaxRows one = MakeRows(1);
  SoftmaxRows two = one;
  two.outputs = 2;
  const Matrix at = RandomMatrix(4, 1, 5);
  Matrix both = Matrix::Zero(4, 2);
  both.col(1) = at;
  EXPECT_NEAR(Evaluate(one, at, 0.0).data_loss, Evaluate(two, both, 0.0).data_loss, 1e-14);
}

TEST(Softmax, HugeLogitsGiveFiniteLosses) {
  const SoftmaxRows rows = MakeRows(3);
  const SoftmaxState state = Evaluate(rows, 1e4 * RandomMatrix(4, 3, 6), 0.0);
  EXPECT_TRUE(std::isfinite(state.data_loss));
  EXPECT_TRUE(state.probabilities.allFinite());
}

TEST(Softmax, ErrorsKeepTheirDigitsNextToZero) {
  SoftmaxRows rows = MakeRows(3, 1);
  rows.inputs.setOnes();
  rows.classes[0] = 1;
  Matrix at = Matrix::Zero(4, 3);
  at(3, 1) = 50.0;  // the own class leads by 50: its error is -2 e^-50, far below eps
  const SoftmaxState state = Evaluate(rows, at, 0.0);
  const double share = std::exp(-50.0) / (1.0 + 2.0 * std::exp(-50.0));
  EXPECT_DOUBLE_EQ(state.errors(0, 0), share);
  EXPECT_DOUBLE_EQ(state.errors(1, 0), -2.0 * share);
  EXPECT_DOUBLE_EQ(state.data_loss, std::log1p(2.0 * std::exp(-50.0)));
}

// Rows in any order: plain sums of 200,000 losses differ by some 1e-12, compensated ones by eps.
TEST(Softmax, TheLossOfManyRowsDoesNotDependOnTheirOrder) {
  const SoftmaxRows rows = MakeRows(1, 200000);
  SoftmaxRows reversed = rows;
  reversed.inputs = rows.inputs.rowwise().reverse();
  reversed.weights = rows.weights.reverse();
  std::reverse(reversed.classes.begin(), reversed.classes.end());
  const Matrix at = RandomMatrix(4, 1, 3);
  const double loss = Evaluate(rows, at, 0.0).data_loss * rows.total();
  const double other = Evaluate(reversed, at, 0.0).data_loss * reversed.total();
  // Two roundings each of a sum, a division and a product.
  EXPECT_NEAR(loss, other, 8 * std::numeric_limits<double>::epsilon() * loss);
}

}  // namespace
}  // namespace halflife
