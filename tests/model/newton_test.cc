#include "model/newton.h"

#include <gtest/gtest.h>

#include "support/matrices.h"

namespace halflife {
namespace {

// Two classes by the sign of the first input, or three by thirds of it, some flipped.
SoftmaxRows Noisy(int outputs, double flipped, Eigen::Index rows = 200, Eigen::Index inputs = 6) {
  SoftmaxRows made;
  made.inputs = testing::RandomMatrix(inputs, rows, 1);
  made.inputs.bottomRows(1).setOnes();
  made.outputs = outputs;
  Random random(2);
  const int classes = std::max(2, outputs);
  for (Eigen::Index i = 0; i < rows; ++i) {
    const double x = made.inputs(0, i);
    const int own = outputs == 1 ? (x > 0.0 ? 1 : 0) : (x > 0.5 ? 2 : (x > -0.5 ? 1 : 0));
    made.classes.push_back(random.Uniform() < flipped
                               ? static_cast<int32_t>(random.Below(static_cast<uint64_t>(classes)))
                               : own);
  }
  return made;
}

TEST(Newton, EndsWithTheGradientItPromises) {
  for (const int outputs : {1, 4}) {
    const SoftmaxRows rows = Noisy(outputs, 0.3);
    NewtonSolver solver(&rows);
    Matrix parameters = solver.Start();
    SoftmaxState state;
    for (const double decay : {10.0, 0.1, 1e-3, 0.0}) {
      ASSERT_EQ(solver.Solve(decay, &parameters, &state), NewtonEnd::kConverged);
      EXPECT_LE(Gradient(rows, parameters, state, decay).norm(), 1e-8);
    }
  }
}

TEST(Newton, ManyOutputsAreSolvedThroughTheirOwnBlocks) {
  const SoftmaxRows rows =
      Noisy(12, 0.9, 600, 90);  // 1,080 parameters: above the whole Hessian's limit
  NewtonSolver solver(&rows);
  Matrix parameters = solver.Start();
  SoftmaxState state;
  for (const double decay : {1.0, 1e-2}) {
    ASSERT_EQ(solver.Solve(decay, &parameters, &state), NewtonEnd::kConverged);
    EXPECT_LE(Gradient(rows, parameters, state, decay).norm(), 1e-8);
  }
}

TEST(Newton, NearlySeparableClassesConvergeFromAColdStart) {
  for (const int outputs : {1, 3}) {
    const SoftmaxRows rows = Noisy(outputs, 0.0);
    NewtonSolver solver(&rows);
    Matrix parameters = solver.Start();
    SoftmaxState state;
    ASSERT_EQ(solver.Solve(1e-7, &parameters, &state), NewtonEnd::kConverged);
    EXPECT_LE(Gradient(rows, parameters, state, 1e-7).norm(), 1e-8);
  }
}

TEST(Newton, SaysThatSeparableClassesHaveNoFiniteFit) {
  const SoftmaxRows rows = Noisy(1, 0.0);
  NewtonSolver solver(&rows);
  Matrix parameters = solver.Start();
  SoftmaxState state;
  EXPECT_EQ(solver.Solve(0.0, &parameters, &state), NewtonEnd::kSeparable);
}

// One input marks few rows of one class alone: the rest is not separable, its weight still has no
// end.
TEST(Newton, SaysSoTooWhenOnlyAFewRowsCanBeSeparated) {
  for (const int outputs : {1, 3}) {
    SoftmaxRows rows = Noisy(outputs, 0.4);
    rows.inputs.row(1).setZero();
    for (const Eigen::Index i : {0, 1, 2}) {
      rows.inputs(1, i) = 1.0;
      rows.classes[static_cast<std::size_t>(i)] = 1;
    }
    NewtonSolver solver(&rows);
    Matrix parameters = solver.Start();
    SoftmaxState state;
    EXPECT_EQ(solver.Solve(0.0, &parameters, &state), NewtonEnd::kSeparable);
  }
}

TEST(Newton, AnInterceptAloneGivesTheClassShares) {
  SoftmaxRows rows = Noisy(1, 0.3, 200, 1);
  NewtonSolver solver(&rows);
  Matrix parameters = Matrix::Zero(1, 1);
  SoftmaxState state;
  ASSERT_EQ(solver.Solve(0.0, &parameters, &state), NewtonEnd::kConverged);
  EXPECT_NEAR(parameters(0, 0), solver.Start()(0, 0), 1e-7);
}

}  // namespace
}  // namespace halflife
