#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <numeric>

#include "model/held_out.h"
#include "model/lockstep_path.h"
#include "model/logistic_problem.h"
#include "model/newton.h"
#include "support/datasets.h"

namespace halflife {
namespace {

struct Kind {
  int classes = 2;
  bool missing = false;
  bool text = false;  // all levels of a column: they sum to 1
  bool weighted = false;
  bool ordered = false;
  double flipped = 0.2;  // labels
};

Dataset MadeOf(const Kind& kind, std::size_t rows, uint64_t seed) {
  Random random(seed);
  std::vector<double> a, b;
  std::vector<int32_t> codes, classes;
  for (std::size_t i = 0; i < rows; ++i) {
    a.push_back(kind.missing && i % 9 == 0 ? std::nan("") : 1e3 + 50.0 * random.Normal());
    b.push_back(kind.missing && i % 7 == 0 ? std::nan("") : random.Normal() * random.Normal());
    codes.push_back(static_cast<int32_t>(random.Below(3)));
    const double score = (std::isnan(a[i]) ? 0.0 : (a[i] - 1e3) / 50.0) + 0.7 * codes[i];
    const int own = kind.classes == 2
                        ? (score > 0.7 ? 1 : 0)
                        : std::clamp(static_cast<int>(score + 1.0), 0, kind.classes - 1);
    const bool flip = random.Uniform() < kind.flipped;
    classes.push_back(flip ? static_cast<int32_t>(random.Below(static_cast<uint64_t>(kind.classes)))
                           : own);
  }
  std::vector<Column> columns = {testing::Numbers("a", a), testing::Numbers("b", b)};
  if (kind.text) columns.push_back(testing::Text("t", codes, {"x", "y", "z"}));
  Dataset data =
      testing::MakeDataset(std::move(columns), testing::ClassTarget(classes, kind.classes),
                           kind.ordered ? testing::InOrder(rows, 3) : testing::RoundRobin(rows, 4));
  if (kind.weighted) {
    for (double& weight : data.weights) weight = 0.2 + 3.0 * random.Uniform();
  }
  return data;
}

// Every fold by the solver that takes one fit after the other.
FoldScore OneByOne(const Dataset& data, int fold, double decay) {
  const Folds& folds = data.folds.front();
  const std::vector<uint32_t> training = folds.Training(fold);
  const LogisticProblem problem = MakeLogisticProblem(
      data, LearnStandardizer(data.design, training, data.weights), training, folds.Held(fold));
  NewtonSolver solver(&problem.training);
  Matrix parameters = solver.Start();
  SoftmaxState state;
  EXPECT_EQ(solver.Solve(decay, &parameters, &state), NewtonEnd::kConverged);
  const Matrix logits = HeldLogits(problem, parameters);
  return {state.data_loss, LossOfLogits(logits, problem.held_classes, problem.held_weights),
          HeldOutOfLogits(logits, problem.held_classes, problem.held_weights)};
}

class Lockstep : public ::testing::TestWithParam<Kind> {};

TEST_P(Lockstep, EveryFoldIsThatOfTheSolverThatTakesOneByOne) {
  const Kind kind = GetParam();
  const Dataset data = MadeOf(kind, 400, 7);
  const int outputs = kind.classes == 2 ? 1 : kind.classes;
  ASSERT_TRUE(LockstepPath::Suits(data, outputs));
  LockstepPath path(data, outputs, 2);
  ASSERT_TRUE(path.usable());
  const std::vector<double> decays = {3.0, 0.3, 0.01, 1e-4, 0.0};
  path.SolveAll(decays);
  std::atomic<int> scores = 0;
  const std::function<bool()> never = [] { return false; };
  path.SolveFolds({0, decays, never}, [&](int fold, std::size_t d, std::optional<FoldScore> score) {
    ASSERT_TRUE(score.has_value());
    const FoldScore expected = OneByOne(data, fold, decays[d]);
    // Steps left change no logit by more than 1e-7 in one, 1e-8 in the other.
    EXPECT_NEAR(score->train_loss, expected.train_loss, 1e-10);
    EXPECT_NEAR(score->validation_loss, expected.validation_loss, 1e-7);
    EXPECT_EQ(score->held.right, expected.held.right);
    ++scores;
  });
  EXPECT_EQ(scores, data.folds.front().count * static_cast<int>(decays.size()));
  for (const double decay : decays) {
    const Fit* fit = path.At(decay);
    ASSERT_NE(fit, nullptr) << decay;
    EXPECT_TRUE(fit->effective_dof.has_value());
  }
}

TEST(LockstepPath, SeparableClassesHaveNoFitWithoutDecay) {
  const Dataset data = MadeOf({.text = true, .flipped = 0.0}, 400, 8);
  LockstepPath path(data, 1, 1);
  ASSERT_TRUE(path.usable());
  path.SolveAll({1.0, 0.0});
  EXPECT_NE(path.At(1.0), nullptr);
  EXPECT_EQ(path.At(0.0), nullptr);
}

// A sample of the rows leads to where all rows are.
TEST(LockstepPath, ManyRowsBeginFromASample) {
  const Dataset data = MadeOf({.classes = 3, .missing = true}, 9000, 9);
  LockstepPath path(data, 3, 2);
  ASSERT_TRUE(path.usable());
  path.SolveAll({1.0, 1e-3});
  std::vector<uint32_t> all(data.target.rows());
  std::iota(all.begin(), all.end(), 0U);
  const Standardizer learnt = LearnStandardizer(data.design, all, data.weights);
  const LogisticProblem problem = MakeLogisticProblem(data, learnt, all, {});
  NewtonSolver solver(&problem.training);
  for (const double decay : {1.0, 1e-3}) {
    Matrix parameters = solver.Start();
    SoftmaxState state;
    ASSERT_EQ(solver.Solve(decay, &parameters, &state), NewtonEnd::kConverged);
    ASSERT_NE(path.At(decay), nullptr);
    // The data loss alone changes along the weights by decay times them, of a size below 10: so a
    // step left of 1e-8 in the logits, which all have, tells by 1e-8 * decay * 10.
    EXPECT_NEAR(path.At(decay)->loss, state.data_loss, 1e-7 * decay);
    const Matrix weights = problem.basis * parameters.topRows(parameters.rows() - 1);
    // Gradients of 1e-8 leave weights this close where the curvature is above 1e-3.
    EXPECT_LT((path.At(decay)->weights - weights).norm(), 2e-5);
  }
}

TEST(LockstepPath, TheSameBytesForAnyNumberOfThreads) {
  const Dataset data = MadeOf({.classes = 3, .text = true}, 9000, 10);
  const std::vector<double> decays = {1.0, 1e-3};
  std::vector<FoldScore> of_one(8), of_three(8);
  const std::function<bool()> never = [] { return false; };
  for (auto [threads, scores] : {std::pair{1, &of_one}, std::pair{3, &of_three}}) {
    LockstepPath path(data, 3, threads);
    path.SolveAll(decays);
    path.SolveFolds({0, decays, never},
                    [&, to = scores](int fold, std::size_t d, std::optional<FoldScore> score) {
                      (*to)[static_cast<std::size_t>(fold) * 2 + d] = *score;
                    });
  }
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_EQ(of_one[i].train_loss, of_three[i].train_loss);
    EXPECT_EQ(of_one[i].validation_loss, of_three[i].validation_loss);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, Lockstep,
    ::testing::Values(Kind{}, Kind{.missing = true}, Kind{.text = true}, Kind{.weighted = true},
                      Kind{.ordered = true}, Kind{.classes = 4},
                      Kind{.classes = 3, .missing = true, .text = true, .weighted = true},
                      Kind{.classes = 3, .text = true, .ordered = true}));

}  // namespace
}  // namespace halflife
