// Nets over several splits of the rows.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "base/special.h"
#include "halflife/tune_net.h"
#include "net/rows.h"
#include "tune/best_point.h"
#include "tune/training/short_net.h"

namespace halflife {
namespace {

using testing::NoisyTable;
using testing::Splits;
using testing::WeightsOf;

TEST(NetSplits, FewRowsAreSplitFiveTimesAndEachIsJudgedOnce) {
  const TuneResult result = TuneNet(NoisyTable(), nullptr, Splits()).result;
  const TrainingSummary& training = *result.training;
  EXPECT_EQ(result.seeds, 1);
  EXPECT_EQ(training.rounds, 5);
  EXPECT_EQ(training.rows_judged, 300U);
  ASSERT_EQ(training.splits.size(), 5U);
  std::set<std::uint32_t> rows;
  for (const SplitRecord& split : training.splits) {
    EXPECT_EQ(split.rows.size(), 60U);
    rows.insert(split.rows.begin(), split.rows.end());
  }
  EXPECT_EQ(rows.size(), 300U);
  std::set<std::uint64_t> seeds;  // one a split
  for (const TrainingCurve& curve : Best(result).trained->curves) {
    EXPECT_EQ(curve.seed, 1U + static_cast<std::uint64_t>(curve.split));
    seeds.insert(curve.seed);
  }
  EXPECT_EQ(seeds.size(), 5U);
}

double MeanOf(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// The sum of the powers of the distances to the mean.
double Moment(const std::vector<double>& values, int power) {
  double sum = 0.0;
  for (const double value : values) sum += std::pow(value - MeanOf(values), power);
  return sum;
}

// The textbook's formulas on what is recorded: every row is judged once, so the rows' part is the
// variance of their gains over 300, the splits' that of their five means over 5, and Hall's cubic
// has the skewness of the 300.
TEST(NetSplits, TheVerdictOverSplitsIsThatOfTheRecordedGains) {
  NetTuneOptions options = Splits();
  options.decays = {0.1, 1.0};  // no split may choose none
  const TuneResult result = TuneNet(NoisyTable(), nullptr, options).result;
  std::vector<double> all;
  std::vector<double> means;
  for (const SplitRecord& split : result.training->splits) {
    means.push_back(MeanOf(split.gains));
    all.insert(all.end(), split.gains.begin(), split.gains.end());
  }
  const double by_rows = Moment(all, 2) / 299.0 / 300.0;
  const double by_splits = Moment(means, 2) / 4.0 / 5.0;
  const double df = std::pow(by_rows + by_splits, 2.0) /
                    (by_rows * by_rows / 299.0 + by_splits * by_splits / 4.0);
  const double mean = MeanOf(all);
  const double error = std::sqrt(by_rows + by_splits);
  const double a = Moment(all, 3) / std::pow(Moment(all, 2), 1.5);  // the root of 300 cancels
  const auto cubic = [&](double t) {
    return t + a * (2.0 * t * t + 1.0) / 6.0 + a * a * t * t * t / 27.0;
  };
  const Verdict& verdict = result.verdict;
  const double rounding = 1e-12 * (std::fabs(mean) + error);  // sums of 300 in another order
  EXPECT_GT(std::fabs(a), 0.01);
  EXPECT_NEAR(verdict.improvement, mean, rounding);
  // The quantile is good to 1e-10 of itself.
  const double reach = StudentQuantile(0.975, df);
  EXPECT_NEAR(cubic((mean - verdict.ci95[0]) / error), reach, 1e-9 * reach);
  EXPECT_NEAR(cubic((mean - verdict.ci95[1]) / error), -reach, 1e-9 * reach);
  EXPECT_NEAR(verdict.p_value, StudentTwoSided(cubic(mean / error), df), 1e-9);
  const TrainingSummary& training = *result.training;
  EXPECT_NEAR(training.baseline_test->loss.mean - training.best_test->loss.mean, mean, rounding);
  EXPECT_EQ(verdict.chose_baseline->count, 0);
  EXPECT_EQ(verdict.chose_baseline->of, 5);
}

// A split's sweep is a sweep over one split of its rows with its seed.
TEST(NetSplits, TheRunsOfASplitAreThoseOfATrainerOfItsRows) {
  NetTuneOptions options = Splits();
  options.full = true;
  const TuneResult result = TuneNet(NoisyTable(), nullptr, options).result;
  const Table table = NoisyTable();
  const RowSplits splits(table, nullptr, options.data, 5);
  for (int s = 0; s < 5; ++s) {
    const NetRows rows = splits.Split(s);
    NetTrainer trainer(rows.view(), options.net, options.training);
    const TrainingRun* run = trainer.Start({0.1, 0.02, 1U + static_cast<std::uint64_t>(s)});
    trainer.TrainTo(12, {&run, 1}, 1, {});
    const TrainingCurve& told = result.grid[1].trained->curves[static_cast<std::size_t>(s)];
    EXPECT_EQ(told.split, s);
    ASSERT_EQ(told.epochs.size(), 12U);
    EXPECT_EQ(told.epochs.back().validation_loss, run->curve().back().validation_loss);
    EXPECT_EQ(told.epochs.back().train_loss, run->curve().back().train_loss);
  }
}

TEST(NetSplits, TheBestOverSplitsIsTheLowestMeanOfAll) {
  NetTuneOptions options = Splits();
  options.full = true;
  const TuneResult result = TuneNet(NoisyTable(), nullptr, options).result;
  std::vector<double> means;
  for (const GridPoint& point : result.grid) {
    double mean = 0.0;
    for (const TrainingCurve& curve : point.trained->curves)
      mean += curve.epochs.back().validation_loss / 5.0;
    means.push_back(mean);
    EXPECT_NEAR(point.validation.mean, mean, 1e-15 * 10.0 * mean);  // five additions
    EXPECT_EQ(point.trained->runs, 5);
    EXPECT_TRUE(point.trained->finished);
  }
  const auto lowest = std::min_element(means.begin(), means.end()) - means.begin();
  EXPECT_TRUE(result.best == lowest || result.best == 0) << result.best;
}

TEST(NetSplits, SplitsGiveTheSameForAnyNumberOfThreads) {
  NetTuneOptions options = Splits();
  options.decays.clear();
  options.threads = 1;
  const NetTuneOutcome one = TuneNet(NoisyTable(), nullptr, options);
  options.threads = 3;
  const NetTuneOutcome three = TuneNet(NoisyTable(), nullptr, options);
  ASSERT_EQ(one.result.grid.size(), three.result.grid.size());
  for (std::size_t i = 0; i < one.result.grid.size(); ++i)
    EXPECT_EQ(one.result.grid[i].validation.mean, three.result.grid[i].validation.mean);
  EXPECT_EQ(one.result.verdict.ci95[0], three.result.verdict.ci95[0]);
  EXPECT_EQ(WeightsOf(one.net), WeightsOf(three.net));
}

// Stopped in the third split, the first two tell; the net is the first run of the best decay, on
// the training rows of the first split.
TEST(NetSplits, AStoppedSweepUsesTheSplitsThatCameToAChoice) {
  NetTuneOptions options = Splits();
  options.full = true;
  options.threads = 1;
  std::int64_t done = 0;
  options.progress = [&](const TrainingProgress& now) { done = now.epochs_done; };
  options.stop = [&] { return done >= 2 * 3 * 12 + 6; };
  const NetTuneOutcome outcome = TuneNet(NoisyTable(), nullptr, options);
  const TrainingSummary& training = *outcome.result.training;
  EXPECT_TRUE(outcome.result.interrupted);
  EXPECT_EQ(training.rounds, 2);
  EXPECT_EQ(training.rounds_planned, 5);
  EXPECT_EQ(training.rows_judged, 120U);
  EXPECT_EQ(training.epochs_trained, 2 * 3 * 12 + 6);
  EXPECT_FALSE(training.kept.all_rows);
  EXPECT_EQ(outcome.net.rows, 180U);
  const Table table = NoisyTable();
  const NetRows rows = RowSplits(table, nullptr, options.data, 5).Split(0);
  EXPECT_EQ(outcome.net.columns[0].mean, rows.net.columns[0].mean);
  // Nothing is lost: the epochs of the third split are among the curves.
  std::size_t epochs = 0;
  for (const GridPoint& point : outcome.result.grid) {
    for (const TrainingCurve& curve : point.trained->curves) epochs += curve.epochs.size();
  }
  EXPECT_EQ(epochs, 2U * 3U * 12U + 6U);
}

TEST(NetSplits, StoppedInTheFirstSplitItIsAsWithOne) {
  NetTuneOptions options = Splits();
  options.full = true;
  options.threads = 1;
  std::int64_t done = 0;
  options.progress = [&](const TrainingProgress& now) { done = now.epochs_done; };
  options.stop = [&] { return done >= 15; };
  const NetTuneOutcome several = TuneNet(NoisyTable(), nullptr, options);
  EXPECT_EQ(several.result.training->rounds, 1);
  EXPECT_EQ(several.result.training->epochs_trained, 15);
  EXPECT_FALSE(several.net.weights.empty());
}

// Stopped while the net that is kept was trained, everything else is there.
TEST(NetSplits, StoppedInTheLastFitTheNetIsThatOfTheSweep) {
  const NetTuneOutcome whole = TuneNet(NoisyTable(), nullptr, Splits());
  NetTuneOptions options = Splits();
  std::int64_t done = 0;
  options.progress = [&](const TrainingProgress& now) { done = now.epochs_done; };
  options.stop = [&] { return done >= whole.result.training->epochs_trained + 3; };
  const NetTuneOutcome stopped = TuneNet(NoisyTable(), nullptr, options);
  EXPECT_TRUE(stopped.result.interrupted);
  EXPECT_FALSE(stopped.result.training->stopped);
  EXPECT_EQ(stopped.result.verdict.ci95[0], whole.result.verdict.ci95[0]);
  EXPECT_EQ(stopped.result.training->rounds, 5);
  EXPECT_FALSE(stopped.result.training->kept.all_rows);
  EXPECT_EQ(stopped.net.rows, 180U);
  EXPECT_EQ(stopped.net.decay, whole.net.decay);
  EXPECT_FALSE(whole.result.interrupted);
}

// As it is trained, no split can tell a decay of 1e-9 from none.
TEST(NetSplits, WhereNoSplitChoosesADecayThereIsNoGain) {
  NetTuneOptions options = Splits();
  options.decays = {0.0, 1e-9};
  const TuneResult result = TuneNet(NoisyTable(), nullptr, options).result;
  EXPECT_EQ(result.verdict.improvement, 0.0);
  EXPECT_EQ(result.verdict.p_value, 1.0);
  EXPECT_TRUE(std::isnan(result.verdict.minimum_detectable));
  EXPECT_EQ(result.verdict.chose_baseline->count, 5);
  EXPECT_EQ(result.training->best_test->loss.mean, result.training->baseline_test->loss.mean);
}

// The R2 of the test rows is 1 less the sum of all squared errors over that of all distances to the
// means of the rows trained on.
TEST(NetSplits, R2OverSplitsIsPooled) {
  const TuneResult result = TuneNet(NoisyTable(), nullptr, Splits()).result;
  const double loss = result.training->baseline_test->loss.mean;
  // Parts are of one size, so that means over rows are the sums over 300.
  EXPECT_NEAR(result.training->baseline_test->score, 1.0 - loss / *result.data.null_loss, 1e-12);
}

// What the figures show is of the rows and nets that the verdict is of: the same R2.
TEST(NetSplits, HeldOutPredictionsAreThoseOfTheVerdict) {
  const TuneResult result = TuneNet(NoisyTable(), nullptr, Splits()).result;
  const Diagnostics& known = result.diagnostics;
  ASSERT_TRUE(known.numbers);
  EXPECT_EQ(known.numbers->rows, 300U);
  ASSERT_EQ(known.numbers->truth.size(), 300U);
  double squares = 0.0;
  for (std::size_t i = 0; i < 300; ++i) {
    const double off = known.numbers->truth[i] - known.numbers->predicted[i];
    squares += off * off / 300.0;
  }
  // Losses of floats, whose means are the same sums in another order.
  const double loss = result.training->best_test->loss.mean;
  EXPECT_NEAR(0.5 * squares, loss, 1e-5 * loss);
  ASSERT_TRUE(known.weights);
  const auto count = [](const Histogram& histogram) {
    return std::accumulate(histogram.counts.begin(), histogram.counts.end(), std::size_t{0});
  };
  std::size_t decayed = 0;
  for (const DecayedParameter& parameter : result.training->parameters) {
    std::size_t size = 1;
    for (const std::int64_t side : parameter.shape) size *= static_cast<std::size_t>(side);
    if (parameter.decayed) decayed += size;
  }
  EXPECT_EQ(count(known.weights->baseline), decayed);
  EXPECT_EQ(count(known.weights->best), decayed);
}

TEST(NetSplits, ConfusionIsTheAccuracyOfTheVerdict) {
  Table table = NoisyTable();
  for (double& y : table.columns.back().numbers) y = y > 0.0 ? 1.0 : 0.0;
  const TuneResult result = TuneNet(table, nullptr, Splits()).result;
  const std::optional<HeldOutClasses>& held = result.diagnostics.classes;
  ASSERT_TRUE(held);
  EXPECT_EQ(held->rows, 300U);
  const double right = static_cast<double>(held->confusion[0][0] + held->confusion[1][1]);
  EXPECT_NEAR(right / 300.0, result.training->best_test->score, 1e-12);
  EXPECT_EQ(held->true_positive.back(), 1.0);
}

}  // namespace
}  // namespace halflife
