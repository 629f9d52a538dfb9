// The generator and the checks themselves: the same seed makes the same table, and what is wrong is
// found.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <set>

#include "halflife/tune.h"
#include "tables/check_table.h"
#include "tables/own_fit.h"

namespace halflife::testing {
namespace {

MadeTable TableOf(const std::string& kind, uint64_t seed) {
  for (const TableKind& each : AllKinds()) {
    if (kind == each.name) return MakeTableOfKind(each, seed);
  }
  ADD_FAILURE() << "no kind " << kind;
  return {};
}

TuneOutcome TuneMade(const MadeTable& made) {
  TuneOptions options;
  options.data = made.options;
  options.threads = 1;
  return Tune(ParseCsv(made.Csv(), "made.csv"), options);
}

TEST(Generator, HasFourteenKindsOrMoreOfDifferentNames) {
  std::set<std::string> names;
  for (const TableKind& kind : AllKinds()) names.insert(kind.name);
  EXPECT_GE(names.size(), 14U);
  EXPECT_EQ(names.size(), AllKinds().size());
}

TEST(Generator, MakesTheSameTableOfASeedAndAnotherOfTheNext) {
  for (const TableKind& kind : AllKinds()) {
    EXPECT_EQ(MakeTableOfKind(kind, 3).Csv(), MakeTableOfKind(kind, 3).Csv()) << kind.name;
    EXPECT_NE(MakeTableOfKind(kind, 3).Csv(), MakeTableOfKind(kind, 4).Csv()) << kind.name;
  }
}

TEST(Generator, LetsTwoKindsBeRefusedAtMost) {
  std::set<std::string> refused;
  for (const TableKind& kind : AllKinds()) {
    for (uint64_t seed = 0; seed < 100; ++seed) {
      if (!MakeTableOfKind(kind, seed).refused.empty()) refused.insert(kind.name);
    }
  }
  EXPECT_LE(refused.size(), 2U);
}

TEST(Generator, WritesNumbersAsPeopleDo) {
  EXPECT_EQ(AsDollars(-1234567.0), "-$1,234,567");
  EXPECT_EQ(AsDollars(999.0), "$999");
  EXPECT_EQ(AsPercent(12.5), "12.5%");
  EXPECT_EQ(AsDay(18322.0), "2020-03-01");
  EXPECT_EQ(Plainly(0.1 + 0.2), "0.30000000000000004");
}

// At w = 0 and the mean of y, every entry of the gradient is the covariance of a feature with y.
TEST(OwnGradient, IsTheCovarianceWhereNothingIsFitted) {
  MadeTable made;
  made.AddNumbers("x", {1.0, 2.0, 3.0, 6.0});
  made.PredictNumbers({2.0, 0.0, 4.0, 6.0});
  const OwnProblem problem = Understand(made);
  const std::vector<uint32_t> all = {0, 1, 2, 3};
  const OwnScaling scaling = LearnOwnScaling(problem, all);
  const OwnFit nothing{Eigen::MatrixXd::Zero(1, 1), Eigen::VectorXd::Constant(1, 3.0), {}};
  // x less 3: -2 -1 0 3, sd sqrt(3.5); y less 3: -1 -3 1 3, sd sqrt(5): 14 / 4 / sqrt(17.5); a few
  // roundings.
  const OwnGradient gradient = GradientOf(problem, scaling, nothing, all, 0.1);
  EXPECT_NEAR(gradient.weights, 3.5 / std::sqrt(17.5), 1e-15);
  EXPECT_EQ(gradient.intercept, 0.0);
  EXPECT_NEAR(MeanLossOf(problem, scaling, nothing, all), 2.5, 1e-15);
}

// A weight off by d moves the gradient by at least decay * d, here 1e-3 * 1e-4.
TEST(OwnGradient, FindsAWeightThatIsOff) {
  for (const char* kind : {"known R2", "imbalanced", "many classes", "weighted"}) {
    const MadeTable made = TableOf(kind, 0);
    TuneOutcome outcome = TuneMade(made);
    const OwnProblem problem = Understand(made);
    std::vector<uint32_t> all(problem.rows());
    std::iota(all.begin(), all.end(), 0U);
    const OwnScaling scaling = LearnOwnScaling(problem, all);
    const auto gradient = [&] {
      std::vector<std::string> faults;
      const OwnFit fit = TakeFit(problem, scaling, outcome.model, &faults);
      EXPECT_TRUE(faults.empty()) << kind;
      return GradientOf(problem, scaling, fit, all, outcome.model.decay).weights;
    };
    EXPECT_LE(gradient(), 1e-8) << kind;
    ASSERT_GT(outcome.model.decay, 1e-3) << kind;
    outcome.model.inputs.front().weights.front() += 1e-4;
    EXPECT_GT(gradient(), 1e-8) << kind;
  }
}

TEST(Checks, FindWhatDoesNotHold) {
  const MadeTable made = TableOf("known R2", 0);
  const TuneResult sound = TuneMade(made).result;
  const auto faults_of = [&](auto change) {
    TuneResult changed = sound;
    change(&changed);
    std::vector<std::string> faults;
    CheckNumbers(made, changed, &faults);
    return faults.size();
  };
  EXPECT_EQ(faults_of([](TuneResult*) {}), 0U);
  EXPECT_GT(faults_of([](TuneResult* r) { r->grid[0].score = 1.5; }), 0U);
  EXPECT_GT(faults_of([](TuneResult* r) { r->grid[1].validation.mean = NAN; }), 0U);
  EXPECT_GT(faults_of([](TuneResult* r) { std::swap(r->grid[0], r->grid[1]); }), 0U);
  EXPECT_GT(faults_of([](TuneResult* r) { r->best = -1; }), 0U);
  EXPECT_GT(faults_of([](TuneResult* r) { r->verdict.p_value = -0.1; }), 0U);
  EXPECT_GT(faults_of([](TuneResult* r) { r->verdict.label = VerdictLabel::kNoSignal; }), 0U);
  EXPECT_GT(faults_of([](TuneResult* r) { r->verdict.ci95[0] = r->verdict.ci95[1] + 1.0; }), 0U);
  EXPECT_GT(faults_of([](TuneResult* r) { r->equivalents.sklearn_alpha = 1e9; }), 0U);
  EXPECT_GT(faults_of([](TuneResult* r) {
              r->unfit_decays = {r->grid[static_cast<std::size_t>(r->best)].decay * 1.0001};
            }),
            0U);
}

}  // namespace
}  // namespace halflife::testing
