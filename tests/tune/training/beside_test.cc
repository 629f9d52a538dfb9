// What is trained after the choice, against sweeps that try nothing else.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "halflife/error.h"
#include "halflife/tune_net.h"
#include "support/tables.h"
#include "tune/best_point.h"
#include "tune/training/short_net.h"

namespace halflife {
namespace {

using testing::NoisyTable;
using testing::Short;
using testing::Splits;

TuneResult Tuned(const NetTuneOptions& options) {
  return TuneNet(NoisyTable(), nullptr, options).result;
}

// A sweep over one decay chooses that in every split.
TuneResult Alone(NetTuneOptions options, double decay) {
  options.decays = {decay};
  options.textbook = false;
  return Tuned(options);
}

TEST(NetBeside, TextbookValuesGainWhatSweepsOverThemAloneDo) {
  const TuneResult result = Tuned(Splits());
  ASSERT_EQ(result.verdict.textbook.size(), 3U);
  for (const DecayGain& value : result.verdict.textbook) {
    const Verdict alone = Alone(Splits(), value.decay).verdict;
    EXPECT_EQ(alone.chose_baseline->count, 0);
    const double rounding = 1e-12 * *alone.baseline_loss;
    EXPECT_NEAR(value.gain.improvement, alone.improvement, rounding);
    EXPECT_NEAR(value.gain.ci95[0], alone.ci95[0], rounding);
    EXPECT_NEAR(value.gain.ci95[1], alone.ci95[1], rounding);
    EXPECT_NEAR(value.gain.p_value, alone.p_value, 1e-9);
    EXPECT_NEAR(value.gain.percent->mean, alone.gain_percent->mean, 1e-9);
  }
}

TEST(NetBeside, OfOneSplitTextbookValuesHaveTheFirstSeed) {
  const TuneResult result = Tuned(Short());
  NetTuneOptions one = Short();
  one.seeds = 1;
  ASSERT_EQ(result.verdict.textbook.size(), 3U);
  const DecayGain& value = result.verdict.textbook.back();
  EXPECT_NEAR(value.gain.improvement, Alone(one, value.decay).verdict.improvement,
              1e-12 * *result.verdict.baseline_loss);
}

// Both over no decay: their difference is what tuning gains over the one in use.
TEST(NetBeside, TheDecayInUseIsComparedWithWhatWasChosen) {
  for (NetTuneOptions options : {Splits(), Short()}) {
    options.decays = {0.3};
    options.current_decay = 0.05;
    const TuneResult result = Tuned(options);
    ASSERT_TRUE(result.verdict.over_current);
    EXPECT_EQ(result.verdict.over_current->decay, 0.05);
    const double current = Alone(options, 0.05).verdict.improvement;
    EXPECT_NEAR(result.verdict.over_current->gain.improvement, result.verdict.improvement - current,
                1e-12 * *result.verdict.baseline_loss);
    EXPECT_NE(current, 0.0);
  }
}

TEST(NetBeside, BiasesDecayedTooGainWhatThatTrainingDoes) {
  NetTuneOptions options = Splits();
  options.decays = {1.0};
  const TuneResult weights = Tuned(options);
  options.training.optimizer.policy = DecayPolicy::kAll;
  const TuneResult all = Tuned(options);
  ASSERT_TRUE(weights.verdict.biases_decayed);
  EXPECT_EQ(weights.verdict.biases_decayed->decay, 1.0);
  const double before = weights.training->best_test->loss.mean;
  EXPECT_NEAR(weights.verdict.biases_decayed->gain.improvement,
              before - all.training->best_test->loss.mean, 1e-12 * before);
  EXPECT_NE(before, all.training->best_test->loss.mean);
  EXPECT_FALSE(all.verdict.biases_decayed);
}

TEST(NetBeside, ItChangesNothingOfTheSweep) {
  NetTuneOptions options = Splits();
  options.decays.clear();
  const TuneResult with = Tuned(options);
  options.textbook = false;
  const TuneResult without = Tuned(options);
  EXPECT_TRUE(without.verdict.textbook.empty());
  EXPECT_FALSE(without.verdict.biases_decayed);
  EXPECT_EQ(with.best, without.best);
  EXPECT_EQ(with.verdict.improvement, without.verdict.improvement);
  EXPECT_EQ(with.training->epochs_trained, without.training->epochs_trained);
  ASSERT_EQ(with.grid.size(), without.grid.size());
  for (std::size_t i = 0; i < with.grid.size(); ++i)
    EXPECT_EQ(with.grid[i].trained->epochs, without.grid[i].trained->epochs);
}

TEST(NetBeside, ProgressCountsWhatIsTrainedAfterTheSweep) {
  NetTuneOptions options = Splits();
  options.current_decay = 0.1;  // in the sweep already
  options.sizes = {0.5};
  std::vector<TrainingProgress> heard;
  options.progress = [&](const TrainingProgress& now) { heard.push_back(now); };
  const TuneResult result = Tuned(options);
  ASSERT_FALSE(heard.empty());
  for (std::size_t i = 1; i < heard.size(); ++i) {
    EXPECT_GE(heard[i].epochs_done, heard[i - 1].epochs_done);
    EXPECT_GE(heard[i].epochs_planned, heard[i].epochs_done);
  }
  EXPECT_EQ(heard.back().epochs_done, heard.back().epochs_planned);
  // Three textbook values and decayed biases in five splits, twelve epochs each.
  EXPECT_GE(heard.back().epochs_done, result.training->epochs_trained + 12 + 4 * 5 * 12);
}

// Stopped within what follows the sweep: its answer stands, the rest is missing.
TEST(NetBeside, AStopAfterTheSweepKeepsItsAnswer) {
  NetTuneOptions options = Splits();
  const TuneResult whole = Tuned(options);
  std::int64_t done = 0;
  options.progress = [&](const TrainingProgress& now) { done = now.epochs_done; };
  options.stop = [&] { return done > whole.training->epochs_trained + 5; };
  const NetTuneOutcome stopped = TuneNet(NoisyTable(), nullptr, options);
  const TuneResult& result = stopped.result;
  EXPECT_TRUE(result.interrupted);
  EXPECT_FALSE(result.training->stopped);
  EXPECT_EQ(result.best, whole.best);
  EXPECT_EQ(result.verdict.improvement, whole.verdict.improvement);
  EXPECT_TRUE(result.verdict.textbook.empty());
  EXPECT_FALSE(result.verdict.biases_decayed);
  EXPECT_FALSE(result.training->kept.all_rows);
}

// A decay in the place of a run has that run's learning rate: what each split chose, at its own,
// gains nothing over the same decay.
TEST(NetBeside, OverTheDecayThatWasChosenNothingIsGained) {
  NetTuneOptions options = Splits();
  options.decays = {0.1};
  options.lrs = {0.02, 0.006};
  options.current_decay = 0.1;
  const TuneResult result = Tuned(options);
  std::set<double> rates;
  for (const SplitRecord& split : result.training->splits) rates.insert(split.lr);
  EXPECT_EQ(rates.size(), 2U) << "the case says nothing";
  ASSERT_TRUE(result.verdict.over_current);
  EXPECT_EQ(result.verdict.over_current->gain.improvement, 0.0);
}

TEST(NetBeside, ADecayInUseThatTakesWholeWeightsIsRefusedBeforeTraining) {
  NetTuneOptions options = Splits();
  int epochs = 0;
  options.progress = [&](const TrainingProgress&) { ++epochs; };
  for (const double decay : {50.0, -1.0, std::nan("")}) {
    options.current_decay = decay;
    EXPECT_THROW(Tuned(options), Error) << decay;
  }
  EXPECT_EQ(epochs, 0);
}

// 1e-2 would take all of every weight; the other two are told.
TEST(NetBeside, ATextbookValueThatNoStepCanTakeIsLeftOut) {
  NetTuneOptions options = Short();
  options.lrs = {100.0};
  options.decays = {0.0, 1e-6};
  const std::vector<DecayGain> textbook = Tuned(options).verdict.textbook;
  ASSERT_EQ(textbook.size(), 2U);
  EXPECT_EQ(textbook.back().decay, 0.001);
}

TEST(NetBeside, WhereOneDecayWasTriedOthersAreStillToldOf) {
  NetTuneOptions options = Splits();
  options.decays = {0.0};
  options.current_decay = 0.1;
  options.sizes = {2.0};
  const TuneResult result = Tuned(options);
  EXPECT_TRUE(std::isnan(result.verdict.improvement));
  EXPECT_EQ(result.verdict.textbook.size(), 3U);
  ASSERT_TRUE(result.verdict.over_current);
  EXPECT_NEAR(result.verdict.over_current->gain.improvement,
              -Alone(Splits(), 0.1).verdict.improvement, 1e-9);
  EXPECT_TRUE(result.diagnostics.sizes.empty());
}

// The group lasso is of the rows of matrices: biases have none.
TEST(NetBeside, OfTheGroupLassoBiasesStayAsTheyAre) {
  NetTuneOptions options = Splits();
  options.training.optimizer.law = DecayLaw::kProximal;
  options.training.optimizer.penalty = ProximalPenalty::kGroupLasso;
  const TuneResult result = Tuned(options);
  EXPECT_FALSE(result.verdict.biases_decayed);
  EXPECT_EQ(result.verdict.textbook.size(), 3U);
}

// Two of five splits that are judged twice or not at all: one mean of rows in all.
TEST(NetBeside, TheBaselinesLossIsOneNumber) {
  NetTuneOptions options = Splits();
  options.rounds = 7;
  const TuneResult result = Tuned(options);
  EXPECT_NEAR(*result.verdict.baseline_loss, result.training->baseline_test->loss.mean,
              1e-12 * *result.verdict.baseline_loss);
}

// The net tells much of y; two splits alone have no spread to speak of.
TEST(NetSignal, IsSeenInTwoSplits) {
  NetTuneOptions options = Splits();
  options.rounds = 2;
  options.training.epochs = 24;
  EXPECT_FALSE(TuneNet(testing::NoisyLine(92, 8, 11), nullptr, options).result.verdict.signal.none);
}

TEST(NetSizes, EachIsTunedAndJudgedByItself) {
  NetTuneOptions options = Splits();
  options.sizes = {2.0, 0.5, 1.0};  // the last is there already
  const TuneResult result = Tuned(options);
  const std::vector<SizePoint>& points = result.diagnostics.sizes;
  ASSERT_EQ(points.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    const int units = 8 << i;
    NetTuneOptions own = Splits();
    own.textbook = false;
    own.net.hidden = {units};
    const TuneResult alone = Tuned(own);
    EXPECT_EQ(points[i].hidden, own.net.hidden);
    EXPECT_EQ(points[i].parameters, static_cast<std::size_t>(units * (8 + 1) + units + 1));
    std::vector<double> chosen;
    for (const SplitRecord& split : alone.training->splits) chosen.push_back(split.chosen);
    std::sort(chosen.begin(), chosen.end());
    EXPECT_EQ(points[i].best_decay, chosen[2]);  // of five
    EXPECT_EQ(points[i].gain.mean, alone.verdict.improvement);
    EXPECT_EQ(points[i].baseline_loss, alone.training->baseline_test->loss.mean);
    EXPECT_EQ(points[i].best_loss, alone.training->best_test->loss.mean);
    EXPECT_GT(points[i].gain.se, 0.0);
    EXPECT_GT(alone.verdict.ci95[1] - alone.verdict.ci95[0], 2.0 * points[i].gain.se);
  }
}

TEST(NetSizes, OutOfRangeAreErrors) {
  NetTuneOptions options = Splits();
  for (const double size : {0.0, -1.0, 1e6, std::nan("")}) {
    options.sizes = {size};
    EXPECT_THROW(Tuned(options), Error) << size;
  }
  options.net.hidden.clear();
  options.sizes = {2.0};
  EXPECT_THROW(Tuned(options), Error);
  // No layer is too wide, but the net has more than 2^28 parameters.
  int epochs = 0;
  options.progress = [&](const TrainingProgress&) { ++epochs; };
  options.net.hidden = {64, 64};
  options.sizes = {1000.0};
  EXPECT_THROW(Tuned(options), Error);
  EXPECT_EQ(epochs, 0);
}

TEST(NetSizes, AStopWithinThemIsAnInterruption) {
  NetTuneOptions options = Splits();
  const std::int64_t sweep = Tuned(options).training->epochs_trained;
  options.sizes = {2.0};
  std::int64_t done = 0;
  options.progress = [&](const TrainingProgress& now) { done = now.epochs_done; };
  options.stop = [&] { return done > sweep + 12 + 4 * 5 * 12 + 20; };  // all of the first size
  const TuneResult result = Tuned(options);
  EXPECT_TRUE(result.interrupted);
  EXPECT_TRUE(result.training->kept.all_rows);
  EXPECT_EQ(result.verdict.textbook.size(), 3U);
  EXPECT_TRUE(result.diagnostics.sizes.empty());
  for (const TuneFinding& finding : result.findings)
    EXPECT_NE(finding.kind, TuneFinding::Kind::kNoSize);
}

TEST(NetScores, TheChangeOfR2HasTheIntervalOfTheGain) {
  NetTuneOptions options = Splits();
  options.decays = {0.1, 1.0};
  const TuneResult result = Tuned(options);
  ASSERT_EQ(result.verdict.score_changes.size(), 1U);
  const ScoreChange& change = result.verdict.score_changes.front();
  EXPECT_EQ(change.score, ScoreChange::Score::kR2);
  EXPECT_EQ(change.baseline, result.training->baseline_test->score);
  EXPECT_EQ(change.tuned, result.training->best_test->score);
  const double null = *result.data.null_loss;
  EXPECT_NEAR(change.tuned - change.baseline, result.verdict.improvement / null, 1e-12);
  EXPECT_NEAR(change.ci95[0], result.verdict.ci95[0] / null, 1e-12);
  EXPECT_NEAR(change.ci95[1], result.verdict.ci95[1] / null, 1e-12);
}

}  // namespace
}  // namespace halflife
