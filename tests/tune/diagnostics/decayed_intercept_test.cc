// Fits whose intercept is decayed too, against the formulas with a column of ones among the
// features.
#include "tune/diagnostics/decayed_intercept.h"

#include <gtest/gtest.h>

#include <cmath>

#include "linalg/one_blas_thread.h"
#include "support/datasets.h"
#include "support/plain_fits.h"

namespace halflife {
namespace {

using testing::Long;
using testing::LongMatrix;
using testing::PlainFit;
using testing::PlainRows;

constexpr int kInterceptFolds = 4;

// Three numbers and a target far from 0, or classes of which the first is rare; weighted rows.
Dataset DrawOffCentre(int classes, std::uint64_t seed) {
  constexpr std::size_t kRows = 100;
  Random random(seed);
  std::vector<std::vector<double>> cells(3);
  Vector y(kRows);
  std::vector<int32_t> of_row;
  for (std::size_t i = 0; i < kRows; ++i) {
    for (std::vector<double>& column : cells) column.push_back(5.0 + random.Normal());
    const double mean = cells[0].back() - cells[1].back();
    y(static_cast<Eigen::Index>(i)) = 7.0 + mean + random.Normal();
    of_row.push_back(static_cast<int32_t>(
        std::clamp(1.0 + 0.7 * mean + random.Normal(), 0.0, std::max(1, classes) - 0.01)));
  }
  Dataset dataset = testing::MakeDataset(
      {testing::Numbers("a", cells[0]), testing::Numbers("b", cells[1]),
       testing::Numbers("c", cells[2])},
      classes > 0 ? testing::ClassTarget(of_row, classes) : testing::NumberTarget(y),
      testing::RoundRobin(kRows, kInterceptFolds));
  for (Eigen::Index i = 0; i < dataset.weights.size(); i += 3) dataset.weights(i) = 2.5;
  return dataset;
}

PlainRows WithOnes(PlainRows rows) {
  rows.x.conservativeResize(Eigen::NoChange, rows.x.cols() + 1);
  rows.x.rightCols(1).setOnes();
  return rows;
}

// All weights decayed and no intercept: gradient descent with a step that no curvature passes.
PlainFit AllDecayed(const PlainRows& rows, int outputs, bool classes, Long decay) {
  PlainFit fit{LongMatrix::Zero(rows.x.cols(), outputs), testing::LongVector::Zero(outputs)};
  const Long largest = (rows.x.array().square().rowwise().sum().matrix()).dot(rows.weights) + decay;
  Long norm = 1;
  for (int step = 0; step < 20000 && norm > 1e-10L; ++step) {
    const LongMatrix gradient =
        (classes ? testing::PlainLogGradient : testing::PlainSquaredGradient)(rows, fit, decay);
    fit.weights -= gradient.topRows(rows.x.cols()) / largest;
    norm = gradient.topRows(rows.x.cols()).norm();
  }
  EXPECT_LE(norm, 1e-10L) << "the reference has not ended";
  return fit;
}

class DecayedIntercept : public ::testing::TestWithParam<int> {};

// Both fits stop at a gradient of 1e-8 or less.
TEST_P(DecayedIntercept, GainsWhatTheFormulasSay) {
  const OneBlasThread one_blas_thread;
  const int classes = GetParam();
  const Dataset dataset = DrawOffCentre(classes, 5);
  const ModelMaker make = MakeModelOfTask;
  const ModelContext context{&dataset, 2, {}, {}, 0.0};
  Stopping stopping({});
  const Sweep sweep;
  for (const double decay : {0.02, 0.5}) {
    const FoldQuestion question{{context, make, &stopping}, sweep, 0.0, decay, 1};
    const std::optional<DecayGain> gain = GainOfDecayedIntercept(question, {0, 1, 2, 3});
    ASSERT_TRUE(gain);
    EXPECT_EQ(gain->decay, decay);
    Long less = 0;
    for (int fold = 0; fold < kInterceptFolds; ++fold) {
      const std::vector<uint32_t> training = dataset.folds.front().Training(fold);
      const PlainRows rows = testing::PlainRowsOf(dataset, training, training);
      const PlainRows held =
          testing::PlainRowsOf(dataset, training, dataset.folds.front().Held(fold));
      const int outputs = classes > 2 ? classes : 1;
      const PlainFit free = classes > 0 ? testing::PlainLogistic(rows, outputs, decay)
                                        : testing::PlainRidge(rows, decay);
      const PlainFit decayed = AllDecayed(WithOnes(rows), outputs, classes > 0, decay);
      const auto loss = classes > 0 ? testing::PlainLogLoss : testing::PlainSquaredLoss;
      less += (loss(held, free) - loss(WithOnes(held), decayed)) / kInterceptFolds;
    }
    EXPECT_NEAR(gain->gain.improvement, static_cast<double>(less), 1e-7);
    EXPECT_GT(std::fabs(static_cast<double>(less)), 1e-4) << "the case says nothing";
    EXPECT_LE(gain->gain.ci95[0], gain->gain.improvement);
    EXPECT_GE(gain->gain.ci95[1], gain->gain.improvement);
  }
}

INSTANTIATE_TEST_SUITE_P(Tasks, DecayedIntercept, ::testing::Values(0, 2, 3));

// Of numbers far from 0 the penalty takes decay * r off the mean m, and a share of what is left.
TEST(DecayedInterceptOf, AnL1PartTakesOffWhatItTakesOffWeights) {
  const OneBlasThread one_blas_thread;
  const Dataset dataset = DrawOffCentre(0, 5);
  const ModelMaker make = MakeModelOfTask;
  Stopping stopping({});
  const Sweep sweep;
  constexpr double kDecay = 0.5;
  for (const double ratio : {0.5, 1.0}) {
    const ModelContext context{&dataset, 1, {}, {}, ratio};
    const RefitMaker maker{context, make, &stopping};
    const std::optional<DecayGain> gain =
        GainOfDecayedIntercept({maker, sweep, 0.0, kDecay, 1}, {0, 1});
    ASSERT_TRUE(gain);
    double less = 0.0;
    for (int fold = 0; fold < 2; ++fold) {
      const std::vector<uint32_t> held = dataset.folds.front().Held(fold);
      const Refit refit = maker.On(dataset.folds.front().Training(fold), {kDecay});
      const double mean = refit.fits[0]->intercept(0);
      ASSERT_GT(mean, 5.0);
      const double shrunk = (mean - kDecay * ratio) / (1.0 + kDecay * (1.0 - ratio));
      const Matrix outputs = OutputsOf(dataset.design, refit.standardizer, *refit.fits[0], held);
      const Matrix moved = outputs.array() + (shrunk - mean);
      less += (MeanLoss(dataset, outputs, held) - MeanLoss(dataset, moved, held)) / 2.0;
    }
    EXPECT_NEAR(gain->gain.improvement, less, 1e-12);
    EXPECT_LT(less, -1e-3);
  }
}

TEST(DecayedInterceptOf, NothingIsNotTold) {
  const Dataset dataset = DrawOffCentre(2, 5);
  const ModelMaker make = MakeModelOfTask;
  Stopping stopping({});
  const Sweep sweep;
  const ModelContext context{&dataset, 1, {}, {}, 0.0};
  EXPECT_FALSE(GainOfDecayedIntercept({{context, make, &stopping}, sweep, 0.0, 0.0, 1}, {0, 1}));
  EXPECT_FALSE(GainOfDecayedIntercept({{context, make, &stopping}, sweep, 0.0, 0.1, 1}, {0}));
  Stopping stopped([] { return true; });
  EXPECT_FALSE(GainOfDecayedIntercept({{context, make, &stopped}, sweep, 0.0, 0.1, 1}, {0, 1}));
  const ModelContext sparse{&dataset, 1, {}, {}, 1.0};
  EXPECT_FALSE(GainOfDecayedIntercept({{sparse, make, &stopping}, sweep, 0.0, 0.1, 1}, {0, 1}));
}

}  // namespace
}  // namespace halflife
