// Fits that figures ask for are those of the sweep: their errors are the sweep's own scores.
#include "tune/diagnostics/fold_refits.h"

#include <gtest/gtest.h>

#include <cmath>

#include "halflife/tune.h"
#include "linalg/one_blas_thread.h"
#include "support/datasets.h"
#include "tune/diagnostics/diagnose.h"

namespace halflife {
namespace {

struct Kind {
  std::string name;
  int classes = 0;  // 0: numbers
  double l1_ratio = 0.0;
  bool undecayed = false;
  bool ordered = false;
};

void PrintTo(const Kind& kind, std::ostream* out) { *out << kind.name; }

// Two numbers, one of them with missing cells, and a text column.
Dataset Draw(const Kind& kind, std::uint64_t seed) {
  constexpr std::size_t kRows = 120;
  Random random(seed);
  std::vector<double> a;
  std::vector<double> b;
  std::vector<int32_t> codes;
  Vector y(kRows);
  std::vector<int32_t> classes;
  for (std::size_t i = 0; i < kRows; ++i) {
    a.push_back(100.0 + random.Normal());
    b.push_back(i % 7 == 3 ? std::nan("") : random.Normal());
    codes.push_back(static_cast<int32_t>(random.Below(4)));
    const double mean = a.back() - 100.0 + 0.5 * codes.back();
    y(static_cast<Eigen::Index>(i)) = mean + random.Normal();
    classes.push_back(static_cast<int32_t>(
        std::clamp(mean + 1.5 * random.Normal(), 0.0, std::max(1, kind.classes) - 0.01)));
  }
  Dataset dataset = testing::MakeDataset(
      {testing::Numbers("a", a), testing::Numbers("b", b),
       testing::Text("t", codes, {"p", "q", "r", "s"})},
      kind.classes > 0 ? testing::ClassTarget(classes, kind.classes) : testing::NumberTarget(y),
      kind.ordered ? testing::InOrder(kRows, 4) : testing::RoundRobin(kRows, 5));
  dataset.weights(3) = 2.5;
  if (kind.undecayed) {
    dataset.undecayed.assign(dataset.design.features.size(), false);
    dataset.undecayed[0] = true;
  }
  return dataset;
}

class FoldRefits : public ::testing::TestWithParam<Kind> {};

// The sweep stops at 1e-6 of the loss at the latest (logistic, sparse); both fits do so apart.
TEST_P(FoldRefits, PredictAsTheSweepScored) {
  const OneBlasThread one_blas_thread;
  const Dataset dataset = Draw(GetParam(), 3);
  const ModelMaker make = MakeModelOfTask;
  const ModelContext context{&dataset, 2, {}, {}, GetParam().l1_ratio};
  const std::unique_ptr<Model> model = make(context);
  const Sweep sweep = RunSweep(model.get(), {0.01, 0.2}, {1, dataset.folds.front().count});
  Stopping stopping({});
  const RefitMaker maker{context, make, &stopping};
  const double best = sweep.trials[static_cast<std::size_t>(sweep.best)].decay;
  const FoldQuestion question{maker, sweep, 0.01, best, 1};
  const std::vector<int> folds = FoldsHolding(dataset, sweep, 1000, 1);
  ASSERT_EQ(folds.size(), static_cast<std::size_t>(dataset.folds.front().count));
  for (const int fold : folds) {
    const Refit refit = maker.On(dataset.folds.front().Training(fold), {0.01, 0.2});
    const std::vector<uint32_t> held = dataset.folds.front().Held(fold);
    for (std::size_t d = 0; d < 2; ++d) {
      ASSERT_TRUE(refit.fits[d]);
      const Matrix outputs = OutputsOf(dataset.design, refit.standardizer, *refit.fits[d], held);
      const double scored = sweep.trials[d].folds[static_cast<std::size_t>(fold)].validation_loss;
      EXPECT_NEAR(MeanLoss(dataset, outputs, held), scored, 1e-5 * scored);
    }
  }
  const HeldOutRows rows = PredictFolds(question, folds);
  EXPECT_EQ(rows.numbers.has_value(), GetParam().classes == 0);
  EXPECT_EQ(rows.classes.has_value(), GetParam().classes > 0);
  EXPECT_EQ(rows.numbers ? rows.numbers->rows : rows.classes->rows,
            GetParam().ordered ? 96U : 120U);
}

TEST_P(FoldRefits, LearnFromMoreRows) {
  const OneBlasThread one_blas_thread;
  const Dataset dataset = Draw(GetParam(), 4);
  const ModelMaker make = MakeModelOfTask;
  const ModelContext context{&dataset, 2, {}, {}, GetParam().l1_ratio};
  const std::unique_ptr<Model> model = make(context);
  const Sweep sweep = RunSweep(model.get(), {0.01, 0.2}, {1, dataset.folds.front().count});
  const double best = sweep.trials[static_cast<std::size_t>(sweep.best)].decay;
  Stopping stopping({});
  const FoldQuestion question{{context, make, &stopping}, sweep, BaselineOf(sweep).decay, best, 1};
  const std::vector<int> folds = FoldsHolding(dataset, sweep, 0, 3);
  ASSERT_EQ(folds.size(), 3U);
  const std::vector<LearningPoint> curve = LearningCurveOf(question, folds);
  ASSERT_EQ(curve.size(), 4U);
  const Trial& of_best = sweep.trials[static_cast<std::size_t>(sweep.best)];
  double mean = 0.0;
  for (const int fold : folds)
    mean += of_best.folds[static_cast<std::size_t>(fold)].validation_loss / 3.0;
  EXPECT_NEAR(curve.back().best.mean, mean, 1e-12);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(curve[i].share, 0.25 * static_cast<double>(i + 1));
    if (i > 0) {
      EXPECT_GT(curve[i].rows, curve[i - 1].rows);
    }
    EXPECT_GT(curve[i].best.se, 0.0);
  }
  EXPECT_GT(curve.front().best.mean, curve.back().best.mean);
}

INSTANTIATE_TEST_SUITE_P(
    Models, FoldRefits,
    ::testing::Values(Kind{.name = "numbers"}, Kind{.name = "two classes", .classes = 2},
                      Kind{.name = "three classes", .classes = 3},
                      Kind{.name = "lasso", .l1_ratio = 1.0},
                      Kind{.name = "sparse classes", .classes = 2, .l1_ratio = 0.5},
                      Kind{.name = "a column undecayed", .undecayed = true},
                      Kind{.name = "classes, a column undecayed", .classes = 3, .undecayed = true},
                      Kind{.name = "in order of time", .ordered = true}));

// The rows that train the first fold do not vary: they predict their mean, as the sweep scores it.
TEST(Diagnose, AFoldWithNothingToLearnPredictsItsConstant) {
  Table table = testing::NoisyLine(120, 2, 3);
  std::vector<double> fold;
  for (std::size_t i = 0; i < 120; ++i) {
    fold.push_back(i < 60 ? 1.0 : 2.0);
    if (i >= 60) table.columns[0].numbers[i] = table.columns[1].numbers[i] = 5.0;
  }
  table.columns.push_back(testing::Numbers("fold", fold));
  TuneOptions options;
  options.data.target = "y";
  options.data.fold_column = "fold";
  options.decays = {0.1, 1.0};
  const TuneResult result = Tune(table, options).result;
  ASSERT_TRUE(result.diagnostics.numbers);
  EXPECT_EQ(result.diagnostics.numbers->rows, 120U);
  double loss = 0.0;
  const HeldOutNumbers& held = *result.diagnostics.numbers;
  for (std::size_t i = 0; i < 120; ++i)
    loss += 0.5 * std::pow(held.truth[i] - held.predicted[i], 2.0) / 120.0;
  const double scored = result.grid[static_cast<std::size_t>(result.best)].validation.mean;
  EXPECT_NEAR(loss / scored, 1.0, 1e-9);  // folds of one size
}

// Told to stop at any time: no figure more, and nothing lost of what was tuned.
TEST(Diagnose, StopsBetweenFits) {
  const Table table = testing::NoisyLine(200, 4, 1);
  for (const double ratio : {0.0, 1.0}) {
    TuneOptions options;
    options.data.target = "y";
    options.l1_ratio = ratio;
    options.threads = 1;
    int asked = 0;
    options.stop = [&] { return ++asked < 0; };
    Tune(table, options);
    const int all = asked;
    int without = 0;
    for (int stop_at = 1; stop_at <= all; stop_at += 7) {
      asked = 0;
      options.stop = [&] { return ++asked >= stop_at; };
      try {
        const TuneResult result = Tune(table, options).result;
        without += !result.interrupted && result.diagnostics.learning.empty() ? 1 : 0;
      } catch (const Error&) {  // nothing was done by then
      }
    }
    EXPECT_GT(without, 0) << ratio;
  }
}

// A quarter of the rows may hold none of a rare class: then there is no loss to tell.
TEST(Diagnose, ARareClassWithoutARowHasNoLoss) {
  Table table = testing::NoisyLine(80, 2, 6);
  std::vector<int32_t> codes;
  for (std::size_t i = 0; i < 80; ++i)
    codes.push_back(i < 3 ? 2 : table.columns[0].numbers[i] > 0.0 ? 1 : 0);
  table.columns.back() = testing::Text("y", codes, {"a", "b", "z"});
  TuneOptions options;
  options.data.target = "y";
  options.data.folds = 3;
  options.decays = {0.1, 0.2};
  int unknown = 0;
  for (options.data.seed = 1; options.data.seed <= 6; ++options.data.seed) {
    const TuneResult result = Tune(table, options).result;
    for (const LearningPoint& point : result.diagnostics.learning) {
      unknown += std::isnan(point.best.mean) ? 1 : 0;
      EXPECT_EQ(std::isnan(point.best.mean), std::isnan(point.baseline.mean));
    }
    EXPECT_FALSE(std::isnan(result.diagnostics.learning.back().best.mean));
  }
  EXPECT_GT(unknown, 0);
}

// Fewer rows of a grouped table are fewer groups: where all that is known is known by group, half
// of them fit 12 columns far worse. All groups with a few rows each would do as well as all rows.
TEST(Diagnose, LearnsFromWholeGroups) {
  constexpr int kColumns = 12;
  Random random(8);
  Table table = testing::NoisyLine(400, kColumns, 5, 0.1);
  std::vector<double> group;
  for (std::size_t i = 0; i < 400; ++i) {
    group.push_back(static_cast<double>(i / 10));
    for (Column& column : table.columns) {
      if (i % 10 > 0) column.numbers[i] = column.numbers[i - i % 10];
    }
  }
  for (std::size_t i = 0; i < 400; i += 10) {
    const double shift = random.Normal();
    for (std::size_t k = 0; k < 10; ++k)
      table.columns.back().numbers[i + k] += shift + 0.1 * random.Normal();
  }
  table.columns.push_back(testing::Numbers("group", group));
  TuneOptions options;
  options.data.target = "y";
  options.data.group = "group";
  const TuneResult result = Tune(table, options).result;
  EXPECT_FALSE(result.diagnostics.error_parts);
  ASSERT_EQ(result.diagnostics.learning.size(), 4U);
  EXPECT_GT(result.diagnostics.learning[1].baseline.mean,
            1.2 * result.diagnostics.learning.back().baseline.mean);
}

// What a tuning knows of it: of every task, and of what it says nothing.
TEST(Diagnose, KnowsTheTunedModel) {
  const Table table = testing::NoisyLine(200, 4, 1);
  TuneOptions options;
  options.data.target = "y";
  options.plane = {"x3", "x1"};
  options.noise_sd = 1.0;
  const TuneResult result = Tune(table, options).result;
  const Diagnostics& known = result.diagnostics;
  ASSERT_TRUE(known.weights && known.error_parts && known.curvature && known.plane &&
              known.numbers);
  EXPECT_FALSE(known.classes);
  EXPECT_EQ(known.plane->names[0], "x3");
  EXPECT_EQ(known.error_parts->noise, 0.5);
  EXPECT_EQ(known.error_parts->bias.size(), result.grid.size());
  EXPECT_EQ(known.curvature->rank, 4U);
  EXPECT_EQ(known.numbers->rows, 200U);
  EXPECT_EQ(known.learning.size(), 4U);
}

TEST(Diagnose, IsAskedForPlanesThatThereAre) {
  const Table table = testing::NoisyLine(60, 3, 2);
  TuneOptions options;
  options.data.target = "y";
  for (const std::vector<std::string>& plane :
       {std::vector<std::string>{"x0"}, {"x0", "x0"}, {"x0", "y"}, {"x0", "x1", "x2"}}) {
    options.plane = plane;
    EXPECT_THROW(Tune(table, options), Error);
  }
}

}  // namespace
}  // namespace halflife
