#include "halflife/tune_net.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "net/rows.h"
#include "report/net_words.h"
#include "support/errors.h"
#include "support/tables.h"
#include "tune/best_point.h"
#include "tune/training/short_net.h"

namespace halflife {
namespace {

using testing::ErrorOf;

using testing::NoisyLine;
using testing::NoisyTable;
using testing::Short;
using testing::Splits;
using testing::WeightsOf;

TEST(TuneNet, SaysWhatItTrainedAndOnWhat) {
  const NetTuneOutcome outcome = TuneNet(NoisyTable(), nullptr, Short());
  const TuneResult& result = outcome.result;
  EXPECT_EQ(result.family, ModelFamily::kMlp);
  EXPECT_EQ(result.data.rows, 300U);
  EXPECT_EQ(result.data.features, 8U);
  const TrainingSummary& training = *result.training;
  EXPECT_EQ(NetText(result), "8-16-1, relu");
  EXPECT_EQ(OptimizerText(result), "adamw, decoupled decay");
  EXPECT_EQ(ScheduleText(result), "constant");
  EXPECT_EQ(training.training_rows, 180U);
  EXPECT_EQ(training.validation_rows, 60U);
  EXPECT_EQ(training.test_rows, 60U);
  EXPECT_EQ(training.steps_per_epoch, 6);
  ASSERT_EQ(training.parameters.size(), 4U);
  for (const DecayedParameter& parameter : training.parameters)
    EXPECT_EQ(parameter.decayed, parameter.kind == ParameterKind::kWeight) << parameter.name;
  ASSERT_EQ(result.grid.size(), 3U);
  // ln 2 / -ln(1 - .02 * .1) steps
  EXPECT_DOUBLE_EQ(*result.grid[1].trained->half_life_steps, std::log(2.0) / -std::log1p(-0.002));
}

// What a trainer gives that is handed all rows, at that decay, with the first seed, after `epochs`
// epochs of a run of 12.
std::vector<std::vector<float>> TrainedOnAll(double decay, int epochs) {
  const Table table = NoisyTable();
  const NetTuneOptions options = Short();
  const NetRows rows = RowSplits(table, nullptr, options.data, 1).All();
  NetData data = rows.view();
  data.validation = data.training;
  NetTrainer trainer(data, options.net, options.training);
  const TrainingRun* run = trainer.Start({decay, 0.02, options.data.seed});
  trainer.TrainTo(epochs, {&run, 1}, 1, {});
  const NetRun& trained = trainer.net(*run);
  std::vector<std::vector<float>> all;
  for (std::size_t i = 0; i < trained.layout().tensors().size(); ++i) {
    const std::span<const float> values = trained.layout().Of(i, trained.weights());
    all.emplace_back(values.begin(), values.end());
  }
  return all;
}

TEST(TuneNet, TheNetKeptIsTrainedOnAllRowsAtTheBestDecay) {
  for (const NetTuneOptions& options : {Short(), Splits()}) {
    const NetTuneOutcome outcome = TuneNet(NoisyTable(), nullptr, options);
    EXPECT_EQ(outcome.net.decay, Best(outcome.result).decay);
    EXPECT_EQ(outcome.net.rows, 300U);
    EXPECT_EQ(outcome.net.validation_loss, Best(outcome.result).validation.mean);
    EXPECT_EQ(WeightsOf(outcome.net), TrainedOnAll(outcome.net.decay, 12));
    // Its scaling is that of all rows: the mean of a column of 300 numbers.
    double mean = 0.0;
    const Table table = NoisyTable();
    for (const double cell : table.columns[0].numbers) mean += cell / 300.0;
    EXPECT_NEAR(outcome.net.columns[0].mean, mean, 1e-12);  // the order of a sum
    EXPECT_TRUE(outcome.result.training->kept.all_rows);
    EXPECT_EQ(outcome.result.training->kept.rows, 300U);
    EXPECT_EQ(outcome.result.training->kept.epochs, 12);
  }
}

TEST(TuneNet, EarlyStoppingKeepsTheMeanOfTheEpochsThatTheBestsRunsKept) {
  NetTuneOptions options = Splits();
  options.training.patience = 2;
  options.decays = {0.0, 0.1};
  options.full = true;
  const NetTuneOutcome outcome = TuneNet(NoisyTable(), nullptr, options);
  double kept = 0.0;
  for (const TrainingCurve& curve : Best(outcome.result).trained->curves) {
    const auto lowest = std::min_element(curve.epochs.begin(), curve.epochs.end(),
                                         [](const EpochRecord& a, const EpochRecord& b) {
                                           return a.validation_loss < b.validation_loss;
                                         });
    kept += static_cast<double>(lowest - curve.epochs.begin() + 1) / 5.0;
  }
  const int epochs = static_cast<int>(std::lround(kept));
  ASSERT_LT(epochs, 12);
  EXPECT_EQ(outcome.result.training->kept.epochs, epochs);
  EXPECT_EQ(WeightsOf(outcome.net), TrainedOnAll(outcome.net.decay, epochs));
}

TEST(TuneNet, TestRowsOfTheirOwnAreNotTrainedOn) {
  const Table test = NoisyLine(50, 8, 12);
  const NetTuneOutcome outcome = TuneNet(NoisyTable(), &test, Short());
  EXPECT_EQ(outcome.net.rows, 300U);
  EXPECT_EQ(outcome.result.data.rows, 350U);
  EXPECT_EQ(WeightsOf(outcome.net), TrainedOnAll(outcome.net.decay, 12));
}

// R2 of the told losses: the variance of the validation targets is 2 * loss / (1 - R2). A target in
// other units changes losses by the square of the unit and nothing else.
TEST(TuneNet, LossesAreInTheUnitsOfTheTarget) {
  const NetTuneOutcome plain = TuneNet(NoisyTable(), nullptr, Short());
  Table scaled = NoisyTable();
  for (double& y : scaled.columns.back().numbers) y *= 1024.0;  // exact
  const NetTuneOutcome other = TuneNet(scaled, nullptr, Short());
  constexpr double kSquare = 1024.0 * 1024.0;
  for (std::size_t i = 0; i < plain.result.grid.size(); ++i) {
    const GridPoint& a = plain.result.grid[i];
    const GridPoint& b = other.result.grid[i];
    EXPECT_EQ(a.validation.mean * kSquare, b.validation.mean);
    EXPECT_EQ(a.train.mean * kSquare, b.train.mean);
    EXPECT_EQ(a.score, b.score);
    EXPECT_EQ(a.trained->curves[0].epochs[3].penalty * kSquare,
              b.trained->curves[0].epochs[3].penalty);
  }
  EXPECT_EQ(plain.result.verdict.improvement * kSquare, other.result.verdict.improvement);
}

TEST(TuneNet, GivesTheSameForAnyNumberOfThreads) {
  NetTuneOptions options = Short();
  options.decays.clear();
  options.training.epochs = 4;
  options.threads = 1;
  const NetTuneOutcome one = TuneNet(NoisyTable(), nullptr, options);
  for (const int threads : {2, 3}) {
    options.threads = threads;
    const NetTuneOutcome more = TuneNet(NoisyTable(), nullptr, options);
    ASSERT_EQ(more.result.grid.size(), one.result.grid.size());
    for (std::size_t i = 0; i < one.result.grid.size(); ++i) {
      EXPECT_EQ(more.result.grid[i].decay, one.result.grid[i].decay);
      EXPECT_EQ(more.result.grid[i].validation.mean, one.result.grid[i].validation.mean);
    }
    EXPECT_EQ(NetToFiles(more.net).json, NetToFiles(one.net).json);
    EXPECT_EQ(NetToFiles(more.net).safetensors, NetToFiles(one.net).safetensors);
  }
}

TEST(TuneNet, TrainsByStepsWhereNoEpochsAreAsked) {
  NetTuneOptions options = Short();
  options.training.epochs = 0;
  options.decays = {0.0, 0.1};
  options.seeds = 1;
  options.full = true;
  const TrainingSummary training = *TuneNet(NoisyTable(), nullptr, options).result.training;
  EXPECT_EQ(training.epochs, 334);  // 2,000 steps of 6 an epoch
  EXPECT_EQ(training.epochs_trained, 2 * 334);
}

TEST(TuneNet, StopsWhenToldAndReportsWhatIsDone) {
  NetTuneOptions options = Short();
  options.threads = 1;
  int asked = 0;
  options.stop = [&] { return ++asked > 15; };
  const NetTuneOutcome outcome = TuneNet(NoisyTable(), nullptr, options);
  EXPECT_TRUE(outcome.result.training->stopped);
  EXPECT_LT(outcome.result.training->epochs_trained, 2 * 3 * 12);
  EXPECT_FALSE(outcome.net.weights.empty());
}

TEST(TuneNet, RunsThatDivergeAreNamedAndHarmNoOther) {
  NetTuneOptions options = Short();
  options.training.optimizer.rule = "sgd";
  options.training.optimizer.law = DecayLaw::kCoupled;
  options.lrs = {0.02};
  options.decays = {0.0, 0.1};
  options.full = true;
  const TuneResult alone = TuneNet(NoisyTable(), nullptr, options).result;
  options.decays = {0.0, 0.1, 1e6};
  const TuneResult beside = TuneNet(NoisyTable(), nullptr, options).result;
  EXPECT_EQ(alone.grid[0].validation.mean, beside.grid[0].validation.mean);
  EXPECT_EQ(alone.grid[1].validation.mean, beside.grid[1].validation.mean);
  EXPECT_FALSE(alone.grid[1].trained->diverged);
  EXPECT_TRUE(beside.grid[2].trained->diverged);
  EXPECT_LT(beside.best, 2);
}

TEST(TuneNet, RefusesWhatItCannotTrain) {
  const auto with = [](const std::function<void(NetTuneOptions*)>& change) {
    NetTuneOptions options = Short();
    change(&options);
    return ErrorOf([&] { TuneNet(NoisyTable(), nullptr, options); });
  };
  EXPECT_EQ(with([](NetTuneOptions* o) { o->lrs = {0.0}; }),
            "lrs 0: a learning rate is a number above 0");
  EXPECT_EQ(with([](NetTuneOptions* o) { o->decays = {100.0}; }),
            "group \"all\": lr 0.02 and decay 100 would take 2 of every weight in one step; that "
            "must stay below 1");
  EXPECT_EQ(with([](NetTuneOptions* o) { o->training.batch = 0; }),
            "training: batch must be in 1 <= x <= 65536, whole, not 0");
  EXPECT_EQ(with([](NetTuneOptions* o) { o->threads = -1; }), "threads -1: 0 (all) or more");
  EXPECT_EQ(with([](NetTuneOptions* o) { o->seeds = 0; }), "seeds 0: at least 1 is needed");
}

}  // namespace
}  // namespace halflife
