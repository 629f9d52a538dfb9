// Scores for nested selection: pairs of folds removed at once, and leave-one-out within training
// rows.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "model/model.h"
#include "support/plain_left_out.h"
#include "support/unfriendly.h"

namespace halflife {
namespace {

using testing::Unfriendly;

std::unique_ptr<Model> NestedModel(const Dataset& data, int threads = 1) {
  const ModelContext context{&data, threads, {}, {}};
  return data.target.task == Task::kRegression ? MakeLinear(context) : MakeLogistic(context);
}

std::string Told(const Unfriendly& kind) {
  return fmt::format("{} rows, {} numbers, {} classes", kind.rows, kind.numbers, kind.classes);
}

// The losses of the fit on the rows that train both, on those and on each fold's.
PairLosses PlainPair(const Dataset& data, const PairScores& pair, double decay) {
  const Folds& folds = data.folds[0];
  std::vector<uint32_t> training;
  for (const uint32_t row : folds.Training(pair.first)) {
    if (folds.Trains(folds.of_row[row], pair.second)) training.push_back(row);
  }
  const bool regression = data.target.task == Task::kRegression;
  const auto count = static_cast<int>(data.target.class_names.size());
  const testing::PlainRows rows = testing::StandardisedRowsOf(data, training, training);
  const testing::PlainFit fit = regression
                                    ? testing::PlainRidge(rows, decay)
                                    : testing::PlainLogistic(rows, count > 2 ? count : 1, decay);
  const auto loss = [&](const std::vector<uint32_t>& held) {
    const testing::PlainRows of = testing::StandardisedRowsOf(data, training, held);
    return static_cast<double>(regression ? testing::PlainSquaredLoss(of, fit)
                                          : testing::PlainLogLoss(of, fit));
  };
  return {loss(training), loss(folds.Held(pair.first)), loss(folds.Held(pair.second))};
}

void ExpectPairsOfRefits(const Unfriendly& kind, const std::vector<double>& decays) {
  SCOPED_TRACE(Told(kind));
  const Dataset data = testing::MakeUnfriendly(kind, 3);
  const auto model = NestedModel(data);
  model->ScoreFolds(decays);
  const std::vector<PairScores> pairs = model->ScorePairs(decays, 0);
  ASSERT_EQ(pairs.size(), static_cast<std::size_t>(kind.folds * (kind.folds - 1) / 2));
  for (const PairScores& pair : pairs) {
    ASSERT_LT(pair.first, pair.second);
    for (std::size_t d = 0; d < decays.size(); ++d) {
      const PairLosses wanted = PlainPair(data, pair, decays[d]);
      ASSERT_TRUE(pair.losses[d].has_value());
      // Linear: condition numbers below 1e6 at 16 digits. Log loss: the last step changes no logit
      // by more than 1e-7 and ends within its square.
      EXPECT_NEAR(pair.losses[d]->training, wanted.training, 1e-9);
      EXPECT_NEAR(pair.losses[d]->first, wanted.first, 1e-9);
      EXPECT_NEAR(pair.losses[d]->second, wanted.second, 1e-9);
    }
  }
}

const Unfriendly kLinearKinds[] = {{},
                                   {.rows = 300, .weighted = true, .folds = 5},
                                   {.repeats = true, .missing = true},
                                   {.missing = true, .weighted = true, .text = true},
                                   {.twins = true, .far = true},
                                   {.rows = 24, .numbers = 30, .weighted = true, .folds = 3},
                                   {.rows = 40, .numbers = 25, .repeats = true, .folds = 3},
                                   {.near = true},
                                   {.rows = 80, .weighted = true, .ordered = true, .folds = 3}};

TEST(Pairs, EqualRefitsOfLinearModels) {
  for (const Unfriendly& kind : kLinearKinds) ExpectPairsOfRefits(kind, {1e-4, 0.05, 2.0});
}

const Unfriendly kClassKinds[] = {
    {.rows = 120, .classes = 2},
    {.rows = 120, .classes = 3, .weighted = true, .folds = 3},
    {.rows = 200, .classes = 2, .repeats = true, .missing = true, .weighted = true},
    {.rows = 200, .classes = 3, .repeats = true, .text = true, .twins = true, .folds = 3},
    {.rows = 60, .numbers = 30, .classes = 2, .weighted = true},  // not in lockstep
    {.rows = 60, .numbers = 12, .classes = 3, .missing = true, .folds = 3},
    {.rows = 200, .classes = 2, .ordered = true, .folds = 3}};

TEST(Pairs, EqualRefitsOfClassifiers) {
  for (const Unfriendly& kind : kClassKinds) ExpectPairsOfRefits(kind, {1e-3, 0.05, 2.0});
}

TEST(Pairs, OfAllFoldsLeaveNothing) {
  const Dataset data = testing::MakeUnfriendly({.folds = 2}, 3);
  const std::vector<double> decays = {0.1};
  const std::vector<PairScores> pairs = NestedModel(data)->ScorePairs(decays, 0);
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_FALSE(pairs[0].losses[0].has_value());
}

TEST(TrainingLeaveOneOut, EqualsRefitsOfLinearModels) {
  const std::vector<double> decays = {0.0, 1e-4, 0.05, 2.0};
  for (const Unfriendly& kind : kLinearKinds) {
    SCOPED_TRACE(Told(kind));
    const Dataset data = testing::MakeUnfriendly(kind, 9);
    const auto model = NestedModel(data);
    const auto losses = model->TrainingLeaveOneOut(decays);
    ASSERT_EQ(losses.size(), static_cast<std::size_t>(kind.folds));
    for (int fold = 0; fold < kind.folds; ++fold) {
      const std::vector<uint32_t> training = data.folds[0].Training(fold);
      for (std::size_t d = 0; d < decays.size(); ++d) {
        const auto wanted =
            static_cast<double>(testing::PlainLeaveOneOut(data, training, decays[d]));
        const std::optional<double> found = losses[static_cast<std::size_t>(fold)][d];
        ASSERT_TRUE(found.has_value());
        // As of all rows: see ridge_criteria_test.
        EXPECT_NEAR(*found / wanted, 1.0, kind.near ? 1e-8 : 1e-9) << "decay " << decays[d];
      }
    }
  }
}

// The last step of a fit changes no logit by more than 1e-7 and ends within its square; the step
// away from it multiplies that by what leaving a row out of 40 may do to a small curvature.
constexpr double kNewtonTolerance = 1e-8;

TEST(TrainingLeaveOneOut, IsANewtonStepOfClassifiers) {
  const std::vector<double> decays = {1e-3, 0.05, 2.0};
  for (const Unfriendly& kind : kClassKinds) {
    SCOPED_TRACE(Told(kind));
    const Dataset data = testing::MakeUnfriendly(kind, 3);
    const auto losses = NestedModel(data)->TrainingLeaveOneOut(decays);
    ASSERT_EQ(losses.size(), static_cast<std::size_t>(kind.folds));
    for (const int fold : {0, kind.folds - 1}) {
      const std::vector<uint32_t> training = data.folds[0].Training(fold);
      const testing::PlainRows rows = testing::StandardisedRowsOf(data, training, training);
      for (std::size_t d = 0; d < decays.size(); ++d) {
        const auto wanted = static_cast<double>(
            testing::PlainNewtonLeaveOneOut(rows, kind.classes > 2 ? kind.classes : 1, decays[d]));
        const std::optional<double> found = losses[static_cast<std::size_t>(fold)][d];
        ASSERT_TRUE(found.has_value());
        EXPECT_NEAR(*found / wanted, 1.0, kNewtonTolerance) << "decay " << decays[d];
      }
    }
  }
}

TEST(LeaveOneOutOfClassifiers, IsANewtonStepFromTheFitOfAllRows) {
  const std::vector<double> decays = {1e-3, 0.05, 2.0};
  for (const Unfriendly& kind : kClassKinds) {
    SCOPED_TRACE(Told(kind));
    const Dataset data = testing::MakeUnfriendly(kind, 5);
    std::vector<uint32_t> all;
    for (uint32_t row = 0; row < kind.rows; ++row) all.push_back(row);
    const testing::PlainRows rows = testing::StandardisedRowsOf(data, all, all);
    std::vector<Fit> fits[2];
    for (const int threads : {1, 2}) {
      const auto model = NestedModel(data, threads);
      model->ScoreFolds(decays);
      fits[threads - 1] = model->FitAll(decays);
    }
    for (std::size_t d = 0; d < decays.size(); ++d) {
      const auto wanted = static_cast<double>(
          testing::PlainNewtonLeaveOneOut(rows, kind.classes > 2 ? kind.classes : 1, decays[d]));
      ASSERT_TRUE(fits[0][d].loo.has_value());
      EXPECT_NEAR(*fits[0][d].loo / wanted, 1.0, kNewtonTolerance) << "decay " << decays[d];
      EXPECT_EQ(fits[0][d].loo, fits[1][d].loo);
      EXPECT_FALSE(fits[0][d].gcv.has_value());
    }
  }
}

// How good the approximation is where the docs recommend it: on some rows a weight and more decay
// than next to none.
TEST(LeaveOneOutOfClassifiers, IsNearTheRefits) {
  const std::vector<double> decays = {0.01, 0.1, 1.0};
  for (const int classes : {2, 3}) {
    const Dataset data = testing::MakeUnfriendly({.rows = 150, .classes = classes}, 6);
    const auto model = NestedModel(data);
    model->ScoreFolds(decays);
    const std::vector<Fit> fits = model->FitAll(decays);
    std::vector<uint32_t> all;
    for (uint32_t row = 0; row < 150; ++row) all.push_back(row);
    const testing::PlainRows rows = testing::StandardisedRowsOf(data, all, all);
    for (std::size_t d = 0; d < decays.size(); ++d) {
      double exact = 0.0;
      for (Eigen::Index i = 0; i < rows.x.rows(); ++i) {
        testing::PlainRows others = rows;
        others.weights(i) = 0;
        const testing::PlainFit fit =
            testing::PlainLogistic(others, classes > 2 ? classes : 1, decays[d]);
        const testing::PlainRows own{rows.x.row(i),
                                     {},
                                     {rows.classes[static_cast<std::size_t>(i)]},
                                     testing::LongVector::Ones(1)};
        exact += static_cast<double>(rows.weights(i) * testing::PlainLogLoss(own, fit));
      }
      // The next term of the expansion is of the order of a row's leverage squared, (8/150)^2.
      EXPECT_NEAR(*fits[d].loo / exact, 1.0, 3e-3) << "decay " << decays[d];
      EXPECT_GT(*fits[d].loo, fits[d].loss);
    }
  }
}

// Without decay, columns that stand twice leave a curvature flat: no row sees it.
TEST(LeaveOneOutOfClassifiers, KnowsDependentColumnsWithoutDecay) {
  const Dataset data = testing::MakeUnfriendly({.rows = 200, .classes = 2, .repeats = true}, 7);
  const Dataset plain = testing::MakeUnfriendly({.rows = 200, .classes = 2}, 7);
  const std::vector<double> decays = {0.0};
  double loo[2];
  const Dataset* sets[] = {&data, &plain};
  for (const int i : {0, 1}) {
    const auto model = NestedModel(*sets[i]);
    model->ScoreFolds(decays);
    loo[i] = model->FitAll(decays)[0].loo.value();
  }
  EXPECT_NEAR(loo[0] / loo[1], 1.0, kNewtonTolerance);
}

}  // namespace
}  // namespace halflife
