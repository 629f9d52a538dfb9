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

namespace halflife {
namespace {

using testing::ErrorOf;

using testing::NoisyLine;

// 300 rows of a noisy line of two of eight columns, a net that can overfit them, a short sweep.
Table NoisyTable() { return NoisyLine(300, 8, 11); }
NetTuneOptions Short() {
  NetTuneOptions options;
  options.data.target = "y";
  options.net.hidden = {16};
  options.training.epochs = 12;
  options.training.batch = 30;
  options.decays = {0.0, 0.1, 1.0};
  options.lrs = {0.02};
  options.seeds = 2;
  return options;
}

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

// The net that is kept is the one whose losses were told: on the validation rows, it has the loss
// of the best decay's first seed, and the mean of the seeds is what was told.
TEST(TuneNet, KeepsTheNetOfTheFirstSeedAtTheBestDecay) {
  NetTuneOptions options = Short();
  options.seeds = 1;
  const NetTuneOutcome outcome = TuneNet(NoisyTable(), nullptr, options);
  const NetRows rows = SplitTable(NoisyTable(), nullptr, options.data);
  Table validation;
  validation.source = "validation";
  validation.rows = rows.validation.rows;
  for (std::size_t i = 0; i < 8; ++i) {
    std::vector<double> cells;
    const ModelInput& input = outcome.net.columns[i];
    for (std::size_t r = 0; r < validation.rows; ++r)
      cells.push_back(input.mean + input.scale * rows.validation.inputs[r * 8 + i]);
    validation.columns.push_back(testing::Numbers(input.column, std::move(cells)));
  }
  const Predictions predictions = Predict(outcome.net, validation);
  double loss = 0.0;
  for (std::size_t r = 0; r < validation.rows; ++r) {
    const double y = outcome.net.target_mean +
                     outcome.net.target_scale * static_cast<double>(rows.validation.numbers[r]);
    loss += 0.5 * std::pow(predictions.outputs[r][0] - y, 2) / 60.0;
  }
  const double told = Best(outcome.result).validation.mean;
  // Inputs went to double and back (2^-24 each of 8), outputs are floats: 1e-5 is 80 such
  // roundings.
  EXPECT_NEAR(loss, told, 1e-5 * told);
  EXPECT_EQ(outcome.net.decay, Best(outcome.result).decay);
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
