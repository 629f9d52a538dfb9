// Whatever one fit does, the job ends with a result: stopped runs, tables of categories, columns of
// rounding, targets that are nearly all 0.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "best_point.h"
#include "failing_model.h"
#include "halflife/tune.h"
#include "support/errors.h"
#include "support/tables.h"
#include "tune/tune_model.h"

namespace halflife {
namespace {

TuneOptions OneThread(bool classes) {
  TuneOptions options;
  options.data.target = "y";
  options.data.folds = 4;
  options.threads = 1;
  options.data.task = classes ? Task::kClassification : Task::kRegression;
  return options;
}

// Its target made a class by its sign, where asked for.
Table LineOf(bool classes) {
  Table table = testing::NoisyLine(120, 3, 21);
  for (double& value : table.columns.back().numbers) {
    if (classes) value = value > 0.0 ? 1.0 : 0.0;
  }
  return table;
}

TEST(AlwaysReported, AStoppedRunReportsTheFoldsThatAreDone) {
  for (const bool classes : {false, true}) {
    TuneOptions options = OneThread(classes);
    options.decays = {0.01, 0.1};
    const TuneResult whole = Tune(LineOf(classes), options).result;
    EXPECT_FALSE(whole.interrupted);
    // Regression: all rows and three folds. Classes: before all rows, before the round and its
    // decays, then three folds.
    int left = classes ? 3 + 3 : 4;
    options.stop = [&] { return left-- <= 0; };
    const TuneResult result = Tune(LineOf(classes), options).result;
    EXPECT_TRUE(result.interrupted);
    ASSERT_EQ(result.grid.size(), 2U);
    EXPECT_TRUE(std::isfinite(result.grid[0].validation.mean));
    EXPECT_NE(result.grid[0].validation.mean, whole.grid[0].validation.mean);
    EXPECT_EQ(result.grid[0].weight_norm, whole.grid[0].weight_norm);  // on all rows, as ever
  }
}

TEST(AlwaysReported, StoppedBeforeTwoFoldsThereIsNothingToReport) {
  for (const bool classes : {false, true}) {
    TuneOptions options = OneThread(classes);
    options.stop = [] { return true; };
    EXPECT_EQ(testing::ErrorOf([&] { Tune(LineOf(classes), options); }),
              "interrupted before two folds were fitted; there is nothing to report yet");
  }
}

TuneOutcome TuneWithoutAFitAt(double decay, const Table& table, const TuneOptions& options) {
  return TuneModel(table, options, [&](const ModelContext& context) {
    return std::make_unique<testing::FailingAt>(MakeModelOfTask(context), decay);
  });
}

void ExpectSamePoint(const GridPoint& got, const GridPoint& want) {
  EXPECT_EQ(got.decay, want.decay);
  EXPECT_EQ(got.train.mean, want.train.mean);
  EXPECT_EQ(got.validation.mean, want.validation.mean);
  EXPECT_EQ(got.validation.se, want.validation.se);
  EXPECT_EQ(got.score, want.score);
  EXPECT_EQ(got.weight_norm, want.weight_norm);
  EXPECT_EQ(got.effective_dof, want.effective_dof);
}

// Each decay of the grid fails in turn, the best and the decay of 0 among them.
TEST(AlwaysReported, OneFitThatFailsLeavesTheReportOfTheOthers) {
  for (const bool classes : {false, true}) {
    const Table table = LineOf(classes);
    TuneOptions options = OneThread(classes);
    options.decays = {0.0, 1e-3, 1e-2, 1e-1, 1.0};
    const TuneOutcome whole = Tune(table, options);
    ASSERT_EQ(whole.result.grid.size(), 5U);
    for (std::size_t failing = 0; failing < 5; ++failing) {
      const double decay = options.decays[failing];
      const TuneOutcome rest = TuneWithoutAFitAt(decay, table, options);
      EXPECT_EQ(rest.result.unfit_decays, (std::vector<double>{decay}));
      ASSERT_EQ(rest.result.grid.size(), 4U);
      const GridPoint* best = nullptr;
      for (std::size_t i = 0; i < 4; ++i) {
        const GridPoint& same = whole.result.grid[i < failing ? i : i + 1];
        ExpectSamePoint(rest.result.grid[i], same);
        if (best == nullptr || same.validation.mean <= best->validation.mean) best = &same;
      }
      EXPECT_EQ(Best(rest.result).decay, best->decay);
      EXPECT_EQ(rest.model.decay, best->decay);
      EXPECT_NE(rest.result.verdict.baseline, decay);
      const TuneFinding left_out{.kind = TuneFinding::Kind::kUnfit, .decays = {decay}};
      EXPECT_EQ(std::count(rest.result.findings.begin(), rest.result.findings.end(), left_out), 1);
    }
  }
}

// The automatic grid goes on where a decay beside the best has no fit.
TEST(AlwaysReported, AnAutomaticGridWithoutOneOfItsDecaysIsTheOthers) {
  for (const bool classes : {false, true}) {
    const Table table = LineOf(classes);
    const TuneResult whole = Tune(table, OneThread(classes)).result;
    const auto beside = static_cast<std::size_t>(whole.best) - 1;
    const double decay = whole.grid[beside].decay;
    const TuneResult rest = TuneWithoutAFitAt(decay, table, OneThread(classes)).result;
    EXPECT_EQ(rest.unfit_decays, (std::vector<double>{decay}));
    ASSERT_EQ(rest.grid.size(), whole.grid.size() - 1);
    for (std::size_t i = 0; i < rest.grid.size(); ++i)
      ExpectSamePoint(rest.grid[i], whole.grid[i < beside ? i : i + 1]);
    EXPECT_EQ(Best(rest).decay, Best(whole).decay);
  }
}

// Few distinct rows, thousands of times each: plain sums of losses round by more than a step gains.
TEST(AlwaysReported, TablesOfZerosAndOnesAreClassified) {
  for (std::size_t rows : {3100, 3500, 4200}) {
    Random random(rows);
    std::vector<std::vector<double>> values(3);
    std::vector<double> own;
    for (std::size_t i = 0; i < rows; ++i) {
      for (auto& column : values) column.push_back(random.Uniform() < 0.5 ? 1.0 : 0.0);
      own.push_back(random.Uniform() < 0.3 + 0.3 * values[0].back() ? 1.0 : 0.0);
    }
    const Table table =
        testing::MakeTable({testing::Numbers("a", values[0]), testing::Numbers("b", values[1]),
                            testing::Numbers("c", values[2]), testing::Numbers("y", own)});
    const TuneResult result = Tune(table, OneThread(true)).result;
    EXPECT_TRUE(result.unfit_decays.empty());
    EXPECT_EQ(result.grid[0].decay, 0.0);  // no plane parts the classes
  }
}

// 97 of 100 targets are 0: a fold without another value has next to no variance of its own.
TEST(AlwaysReported, R2OfNoiseAgainstATargetOfZerosIsAboutZero) {
  Table table = testing::NoisyLine(300, 3, 22);
  for (std::size_t i = 0; i < 300; ++i)
    table.columns.back().numbers[i] = i % 33 == 5 ? 100.0 + static_cast<double>(i) : 0.0;
  TuneOptions options = OneThread(false);
  options.data.folds = 10;
  const TuneResult result = Tune(table, options).result;
  // The best of 60 decays, all of which tell nothing: within the chance of 9 values above 0, whose
  // R2 in the training rows would be 3 / 300 a column.
  EXPECT_NEAR(Best(result).score, 0.0, 0.05);
}

TEST(AlwaysReported, AColumnThatOnlyRoundsIsNoFeature) {
  Table table = testing::NoisyLine(60, 3, 23);
  for (std::size_t i = 0; i < 60; ++i) table.columns[2].numbers[i] = i % 3 == 0 ? 0.1 + 0.2 : 0.3;
  const TuneOutcome outcome = Tune(table, OneThread(false));
  EXPECT_EQ(outcome.result.data.features, 2U);
  for (const ModelInput& input : outcome.model.inputs) EXPECT_NE(input.column, "x2");
}

}  // namespace
}  // namespace halflife
