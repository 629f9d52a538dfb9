#include "halflife/tune.h"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <thread>
#include <vector>

#include "best_point.h"
#include "halflife/error.h"
#include "linalg/linalg.h"
#include "support/tables.h"

namespace halflife {
namespace {

using testing::DataPath;
using testing::MakeTable;
using testing::NoisyLine;
using testing::Numbers;

TuneOptions For(const std::string& target) {
  TuneOptions options;
  options.data.target = target;
  return options;
}

std::string Message(const Table& table, const TuneOptions& options) {
  try {
    Tune(table, options);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

// What each shipped data set should show, as data/README.md says.
TEST(TuneShippedData, AmesGainsFromDecay) {
  TuneOptions options = For("Sale_Price");
  options.data.log_target = true;
  const TuneResult result = Tune(ReadCsv(DataPath("ames")), options).result;
  EXPECT_GT(Best(result).score - result.grid[0].score, 0.01);
  EXPECT_GT(Best(result).score, 0.87);
  EXPECT_FALSE(result.best_at_edge);
}

TEST(TuneShippedData, DiabetesIsTheNegativeControl) {
  const TuneResult result = Tune(ReadCsv(DataPath("diabetes")), For("progression")).result;
  EXPECT_EQ(result.verdict.label, VerdictLabel::kNoDetectableEffect);
  EXPECT_LT(std::abs(Best(result).score - result.grid[0].score), 0.01);
}

TEST(TuneShippedData, BreastCancerIsSeparableAndDecayHelps) {
  const TuneResult result = Tune(ReadCsv(DataPath("breast_cancer")), For("diagnosis")).result;
  EXPECT_NE(std::find(result.findings.begin(), result.findings.end(),
                      TuneFinding{.kind = TuneFinding::Kind::kSeparable}),
            result.findings.end());
  EXPECT_GT(result.grid[0].decay, 0.0);
  EXPECT_EQ(result.verdict.baseline, result.grid[0].decay);
  EXPECT_LT(Best(result).validation.mean, 0.1);
  EXPECT_EQ(result.verdict.label, VerdictLabel::kHelps);
}

TEST(TuneShippedData, SpeechFallsBelowItsBar) {
  EXPECT_LT(Best(Tune(ReadCsv(DataPath("pd_speech")), For("class")).result).validation.mean, 0.45);
}

TEST(TuneShippedData, TextbookDecaysHurtTheMeats) {
  TuneOptions options = For("protein");
  options.data.ignore = {"water", "fat"};
  const Table table = ReadCsv(DataPath("meats"));
  const TuneResult result = Tune(table, options).result;
  EXPECT_LT(Best(result).decay, 1e-5);
  EXPECT_GT(Best(result).score, 0.93);
  options.decays = {1e-2};
  EXPECT_LT(Tune(table, options).result.grid[0].score, 0.85);
}

TEST(Tune, AnyNumberOfThreadsGivesTheSameBits) {
  const Table tables[] = {NoisyLine(300, 8, 1), ReadCsv(DataPath("breast_cancer"))};
  const TuneOptions asked[] = {For("y"), For("diagnosis")};
  for (int i = 0; i < 2; ++i) {
    TuneOptions options = asked[i];
    options.threads = 1;
    const TuneOutcome one = Tune(tables[i], options);
    for (const int threads : {1, 2, 3}) {
      options.threads = threads;
      const TuneOutcome other = Tune(tables[i], options);
      EXPECT_EQ(ModelToJson(one.model), ModelToJson(other.model));
      ASSERT_EQ(one.result.grid.size(), other.result.grid.size());
      for (std::size_t g = 0; g < one.result.grid.size(); ++g) {
        EXPECT_EQ(one.result.grid[g].validation.mean, other.result.grid[g].validation.mean);
        EXPECT_EQ(one.result.grid[g].train.se, other.result.grid[g].train.se);
        EXPECT_EQ(one.result.grid[g].weight_norm, other.result.grid[g].weight_norm);
      }
      EXPECT_EQ(one.result.verdict.p_value, other.result.verdict.p_value);
    }
  }
}

// Each by threads of its own, and all sharing what the process has once: BLAS's number of threads,
// the registry, the catalogues.
TEST(Tune, FourAtOnceGetWhatOneGetsAlone) {
  const Table table = NoisyLine(200, 5, 3);
  TuneOptions options = For("y");
  options.threads = 2;
  const TuneResult alone = Tune(table, options).result;
  std::vector<TuneResult> results(4);
  std::vector<std::thread> threads;
  threads.reserve(results.size());
  for (TuneResult& result : results)
    threads.emplace_back([&] { result = Tune(table, options).result; });
  for (std::thread& thread : threads) thread.join();
  for (const TuneResult& result : results) {
    ASSERT_EQ(result.grid.size(), alone.grid.size());
    for (std::size_t i = 0; i < alone.grid.size(); ++i) {
      EXPECT_EQ(result.grid[i].decay, alone.grid[i].decay);
      EXPECT_EQ(result.grid[i].validation.mean, alone.grid[i].validation.mean);
      EXPECT_EQ(result.grid[i].weight_norm, alone.grid[i].weight_norm);
    }
    EXPECT_EQ(result.verdict.p_value, alone.verdict.p_value);
  }
}

TEST(Tune, MoreRoundsDrawTheFoldsAnew) {
  const Table table = NoisyLine(100, 5, 2);
  TuneOptions options = For("y");
  options.decays = {0.1};
  options.data.rounds = 1;
  const TuneResult one = Tune(table, options).result;
  options.data.rounds = 4;
  const TuneResult four = Tune(table, options).result;
  EXPECT_NE(one.grid[0].validation.mean, four.grid[0].validation.mean);
  EXPECT_EQ(one.grid[0].weight_norm, four.grid[0].weight_norm);  // the fit on all rows has no folds
}

// Leaving one row out: the mean loss has a closed form, the residual over 1 - the hat value, at
// decay 0.
TEST(Tune, AFoldForEveryRowIsLeaveOneOut) {
  const Table table = NoisyLine(30, 2, 3);
  TuneOptions options = For("y");
  options.data.folds = 30;
  options.decays = {0.0};
  const TuneResult result = Tune(table, options).result;
  Matrix design(30, 3);
  Vector y(30);
  for (int i = 0; i < 30; ++i) {
    const auto row = static_cast<std::size_t>(i);
    design.row(i) << 1.0, table.columns[0].numbers[row], table.columns[1].numbers[row];
    y(i) = table.columns[2].numbers[row];
  }
  const Matrix hat = design * (design.transpose() * design).inverse() * design.transpose();
  const Vector residual = y - hat * y;
  double loss = 0.0;
  for (int i = 0; i < 30; ++i) loss += 0.5 * std::pow(residual(i) / (1.0 - hat(i, i)), 2.0) / 30.0;
  EXPECT_NEAR(result.grid[0].validation.mean, loss,
              1e-12 * loss * 30);  // 30 solves of condition below 30
  EXPECT_TRUE(std::isfinite(result.grid[0].score));
}

TEST(Tune, DroppedRowsAreCountedAndChangeTheFit) {
  Table table = NoisyLine(60, 3, 4);
  table.columns[0].numbers[5] = NAN;
  table.columns[3].numbers[7] = NAN;
  TuneOptions options = For("y");
  EXPECT_EQ(Tune(table, options).result.data.rows_dropped, 1U);
  options.data.missing = MissingPolicy::kDrop;
  const TuneResult result = Tune(table, options).result;
  EXPECT_EQ(result.data.rows_dropped, 2U);
  EXPECT_EQ(result.data.rows, 58U);
}

TEST(Tune, AMeanPolicyHasNoIndicator) {
  Table table = NoisyLine(60, 3, 4);
  table.columns[0].numbers[5] = NAN;
  TuneOptions options = For("y");
  EXPECT_EQ(Tune(table, options).result.data.features, 4U);
  options.data.missing = MissingPolicy::kMean;
  EXPECT_EQ(Tune(table, options).result.data.features, 3U);
}

TEST(Tune, NoiseAloneEndsWithNextToNoWeights) {
  Table table = NoisyLine(80, 3, 5);
  Random random(6);
  for (double& y : table.columns[3].numbers) y = random.Normal();
  const TuneResult result = Tune(table, For("y")).result;
  EXPECT_NE(result.verdict.label, VerdictLabel::kHurts);
  EXPECT_LT(Best(result).effective_dof.value(), 2.0);
}

TEST(Tune, WideDataIsFitted) {
  const TuneResult result = Tune(NoisyLine(20, 50, 7, 0.1), For("y")).result;
  EXPECT_NEAR(result.grid[0].train.mean, 0.0,
              1e-20);  // more columns than rows: every training row is met
  EXPECT_GT(Best(result).decay, 0.0);
}

TEST(Tune, TheProgressEndsAtItsTotal) {
  TuneOptions options = For("y");
  int done = 0;
  int total = 0;
  options.progress = [&](int d, int t) {
    EXPECT_GE(d, done);
    done = d;
    total = t;
  };
  Tune(NoisyLine(50, 3, 8), options);
  EXPECT_EQ(done, total);
  EXPECT_EQ(total, 51);  // ten folds of five rounds, and all rows
}

TEST(Tune, SaysWhatIsWrongWithTheOptions) {
  const Table table = NoisyLine(50, 3, 9);
  EXPECT_EQ(Message(table, For("Y")),
            "target \"Y\": made.csv has no such column; did you mean \"y\"?");
  TuneOptions options = For("y");
  options.data.ignore = {"y"};
  EXPECT_EQ(Message(table, options), "ignore \"y\": that is the target");
  options = For("y");
  options.decays = {-1.0};
  EXPECT_EQ(Message(table, options), "decays -1: a decay is a number from 0 to 1e+100");
  options = For("y");
  options.model = ModelFamily::kLogistic;
  EXPECT_EQ(Message(table, options),
            "model = logistic is for classification, and the target holds numbers; use model = "
            "linear, or task = classification for classes");
  options.model = ModelFamily::kMlp;
  EXPECT_EQ(Message(table, options),
            "model = mlp is trained by TuneNet, which gives a net back; Tune fits linear and "
            "logistic models");
  options = For("y");
  options.data.rounds = -1;
  EXPECT_EQ(Message(table, options), "rounds -1: at least 1 is needed");
  options = For("y");
  options.data.folds = 51;
  EXPECT_EQ(Message(table, options), "folds 51: there are only 50 rows; ask for at most that many");
}

// A column that varies in one fold alone is constant in that fold's training rows: only the mean is
// left.
TEST(Tune, AFoldWithoutAnyVaryingColumnPredictsTheMean) {
  const Table numbers =
      MakeTable({Numbers("fold", {1, 1, 1, 2, 2, 2}), Numbers("x", {0, 0, 0, 1, 2, 4}),
                 Numbers("y", {1.5, 2, 3, 4, 5, 6.5})});
  TuneOptions options = For("y");
  options.data.fold_column = "fold";
  options.decays = {0.1};
  const TuneResult result = Tune(numbers, options).result;
  EXPECT_TRUE(std::isfinite(result.grid[0].validation.mean));
  const Table classes =
      MakeTable({Numbers("fold", {1, 1, 1, 1, 2, 2, 2, 2}), Numbers("x", {0, 0, 0, 0, 1, 2, 4, 3}),
                 Numbers("y", {1, 2, 1, 2, 1, 2, 1, 2})});
  EXPECT_TRUE(std::isfinite(Tune(classes, options).result.grid[0].validation.mean));
}

// Adding a constant to the target, or to a column, changes no loss; here both lie far from 0, as
// time stamps do. 1e9 leaves 7 digits of numbers of order 1, and their squares' means as many.
TEST(Tune, ATargetFarFromZeroIsFittedAsWell) {
  const Table near = NoisyLine(120, 4, 11);
  Table far = near;
  for (double& y : far.columns[4].numbers) y += 1e9;
  for (double& x : far.columns[0].numbers) x += 1e9;
  const TuneResult a = Tune(near, For("y")).result;
  const TuneResult b = Tune(far, For("y")).result;
  ASSERT_EQ(a.grid.size(), b.grid.size());
  for (std::size_t i = 0; i < a.grid.size(); ++i)
    EXPECT_NEAR(b.grid[i].validation.mean, a.grid[i].validation.mean, 1e-5);
}

// One cell of 1e10 among ordinary ones: the sums of the other folds, less this one, would keep no
// digit.
TEST(Tune, OneFarOffCellDoesNotSpoilTheOtherFolds) {
  Table table = NoisyLine(60, 2, 12);
  std::vector<double> folds;
  for (std::size_t i = 0; i < 60; ++i) folds.push_back(static_cast<double>(i % 3));
  table.columns.push_back(Numbers("fold", folds));
  TuneOptions options = For("y");
  options.data.fold_column = "fold";
  options.decays = {0.0, 0.1};
  Table without = table;  // the fold's training rows have no far-off cell either way
  table.columns[0].numbers[0] = 1e10;
  const double spoilt = Tune(table, options).result.grid[0].train.mean;
  const double plain = Tune(without, options).result.grid[0].train.mean;
  EXPECT_GT(spoilt, plain);        // two of three fits lose the column's slope to the cell
  EXPECT_LT(spoilt, 3.0 * plain);  // but no more than that
}

// e = a + 1e-7 z carries z, which the Gram matrix alone cannot see.
TEST(Tune, ANearlyRepeatedColumnStillCountsAtDecayZero) {
  Table table = NoisyLine(200, 3, 13, 0.1);
  for (std::size_t i = 0; i < 200; ++i) {
    table.columns[3].numbers[i] += 3.0 * table.columns[2].numbers[i];
    table.columns[2].numbers[i] = table.columns[0].numbers[i] + 1e-7 * table.columns[2].numbers[i];
  }
  TuneOptions options = For("y");
  options.decays = {0.0};
  EXPECT_LT(Tune(table, options).result.grid[0].train.mean, 0.01);
}

TEST(Tune, NumbersBeyondTheRangeOfTheirSquaresAreRefused) {
  for (const double scale : {1e160, 1e-170}) {
    for (const std::size_t column : {std::size_t{0}, std::size_t{3}}) {
      Table table = NoisyLine(60, 3, 14);
      for (double& value : table.columns[column].numbers) value *= scale;
      EXPECT_NE(Message(table, For("y")).find("rescale it"), std::string::npos);
    }
  }
}

// Collinear to 1e-6, classes overlapping: a finite fit without decay exists.
TEST(Tune, CollinearColumnsAreNotTakenForSeparableClasses) {
  Table table = NoisyLine(200, 3, 15);
  for (std::size_t i = 0; i < 200; ++i) {
    table.columns[2].numbers[i] = table.columns[0].numbers[i] + 1e-6 * table.columns[2].numbers[i];
    table.columns[3].numbers[i] = table.columns[3].numbers[i] > 0.0 ? 1.0 : 0.0;
  }
  TuneOptions options = For("y");
  options.decays = {0.0, 1e-3};
  EXPECT_EQ(Tune(table, options).result.grid.size(), 2U);
}

TEST(Tune, RefusesATableWithoutAnythingThatVaries) {
  Table table = MakeTable({Numbers("x", {1, 1, 1, 1}), Numbers("y", {1, 2, 3.5, 4})});
  EXPECT_EQ(
      Message(table, For("y")),
      "made.csv: no column is left to predict from: each is ignored, holds one value only, "
      "or is text with a level of its own in most rows (keep it with categories); give it more "
      "columns");
}

}  // namespace
}  // namespace halflife
