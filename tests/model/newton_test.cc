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
  made.weights = Vector::Ones(rows);
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

// The first step, from its own `start`, is useless: the loss is linear there. A solver that is
// given few steps says that it is stuck; from scratch, down a path of decays, the same problem is
// solved.
TEST(Newton, FromScratchSolvesWhatABadStartCannot) {
  for (const int outputs : {1, 3}) {
    const SoftmaxRows rows = Noisy(outputs, 0.01);
    NewtonSolver solver(&rows);
    SoftmaxState state;
    Matrix parameters = 1e4 * testing::RandomMatrix(6, outputs, 9);
    ASSERT_EQ(solver.Solve(1e-6, &parameters, &state), NewtonEnd::kStuck);
    ASSERT_EQ(SolveFromScratch(rows, 1e-6, &parameters, &state), NewtonEnd::kConverged);
    EXPECT_LE(Gradient(rows, parameters, state, 1e-6).norm(), 1e-8);
  }
}

// The optimum of separable classes at a tiny decay: margins of about log(1/decay), errors of 1e-12,
// whose own digits the gradient needs.
TEST(Newton, TinyDecaysOfSeparableClassesAreSolvedToTheirOwnScale) {
  for (const int outputs : {1, 3}) {
    const SoftmaxRows rows = Noisy(outputs, 0.0);
    NewtonSolver solver(&rows);
    Matrix parameters = solver.Start();
    SoftmaxState state;
    for (double decay = 1e-2; decay > 5e-13; decay *= 0.1) {
      ASSERT_EQ(solver.Solve(decay, &parameters, &state), NewtonEnd::kConverged);
      // A step of 1e-7 in the logits changes errors, and so the gradient, by 1e-7 of themselves;
      // the gradient's two parts are as large as decay times the weights.
      EXPECT_LE(Gradient(rows, parameters, state, decay).norm(),
                1e-6 * decay * parameters.topRows(5).norm());
    }
  }
}

}  // namespace
}  // namespace halflife
