#include "tune/training/sweep.h"

#include <gtest/gtest.h>

#include <map>
#include <numeric>

#include "halflife/error.h"
#include "support/reference_trainer.h"
#include "tune/grid.h"
#include "tune/training/valley.h"

namespace halflife {
namespace {

using testing::ReplayTrainer;
using testing::StopAfter;
using testing::SweepAndChoose;
using testing::SweepOptions;
using testing::Swept;
using testing::Valley;

// The grid's step: a factor of 10^(5/14); a decay found within half of it is the nearest.
const double kHalfStep = std::pow(10.0, 2.5 / 14.0);

bool Nearest(double found, double bottom) {
  return found < bottom * kHalfStep * 1.01 && found > bottom / kHalfStep / 1.01;
}

TEST(TrainingSweep, FindsTheBottomOfTheValleyInFullAndHalved) {
  for (const bool full : {true, false}) {
    for (const double bottom : {1e-4, 3e-3, 0.05, 0.4}) {
      const Swept swept = SweepAndChoose(Valley{.bottom = bottom}.trainer(), SweepOptions(full));
      EXPECT_TRUE(Nearest(swept.best(), bottom)) << swept.best() << " for " << bottom;
      EXPECT_FALSE(swept.choice.at_edge);
      EXPECT_EQ(swept.choice.seeds, 3);
    }
  }
}

TEST(TrainingSweep, InFullTrainsEveryRunToItsEnd) {
  const Swept swept = SweepAndChoose(Valley().trainer(), SweepOptions(true));
  EXPECT_EQ(swept.decays(), TrainingGrid());
  EXPECT_EQ(swept.sweep.epochs_trained, 16 * 3 * 10);
  EXPECT_EQ(swept.sweep.epochs_full, 16 * 3 * 10);
}

TEST(TrainingSweep, HalvedStillTriesEveryDecayAndSavesMostOfTheEpochs) {
  const Swept swept = SweepAndChoose(Valley().trainer(), SweepOptions());
  EXPECT_EQ(swept.decays(), TrainingGrid());
  for (const TrainingTrial* point : swept.choice.points)
    EXPECT_FALSE(point->runs[0].run->curve().empty());
  EXPECT_LE(swept.sweep.epochs_trained, 120);
  EXPECT_EQ(swept.sweep.epochs_full, 480);
}

TEST(TrainingSweep, DecaysTooCloseToTellApartEarlyAreAllTrainedToTheEnd) {
  TrainingSweepOptions options = SweepOptions();
  options.decays = {0.0, 1e-3, 1.5e-3, 1e-2};
  const Swept fine = SweepAndChoose(Valley().trainer(), options);
  EXPECT_EQ(fine.sweep.epochs_trained, 4 * 3 * 10);
  options.decays = {0.0, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1};
  const Swept coarse = SweepAndChoose(Valley().trainer(), options);
  EXPECT_LT(coarse.sweep.epochs_trained, coarse.sweep.epochs_full);
}

TEST(TrainingSweep, HalvedTrainsNoDecayTheBestAndItsNeighboursToTheEnd) {
  const Swept swept = SweepAndChoose(Valley().trainer(), SweepOptions());
  const std::vector<const TrainingTrial*>& points = swept.choice.points;
  EXPECT_EQ(points[0]->finished(), 3);
  EXPECT_EQ(points[swept.choice.best]->finished(), 3);
  EXPECT_GE(points[swept.choice.best - 1]->finished(), 1);
  EXPECT_GE(points[swept.choice.best + 1]->finished(), 1);
}

TEST(TrainingSweep, ExtendsTheAutomaticGridUpAndDown) {
  for (const bool full : {true, false}) {
    const Swept high = SweepAndChoose(Valley{.bottom = 5.0}.trainer(), SweepOptions(full));
    EXPECT_TRUE(Nearest(high.best(), 5.0)) << high.best();
    const Swept low = SweepAndChoose(Valley{.bottom = 2e-6}.trainer(), SweepOptions(full));
    EXPECT_TRUE(Nearest(low.best(), 2e-6)) << low.best();
  }
}

TEST(TrainingSweep, NeverExtendsToWhereAStepTakesTheWholeWeight) {
  for (const bool full : {true, false}) {
    TrainingSweepOptions options = SweepOptions(full);
    options.lrs = {0.3};
    const Swept swept = SweepAndChoose(Valley{.bottom = 20.0}.trainer(), options);
    EXPECT_LT(swept.decays().back() * 0.3, 1.0);
    EXPECT_GT(swept.decays().back() * 0.3 * kHalfStep * kHalfStep, 1.0);  // the next would
    EXPECT_TRUE(swept.choice.at_edge);
  }
}

TEST(TrainingSweep, AnExplicitListIsUsedExactly) {
  for (const bool full : {true, false}) {
    TrainingSweepOptions options = SweepOptions(full);
    options.decays = {0.5, 0.01, 0.02, 0.5};
    const Swept swept = SweepAndChoose(Valley{.bottom = 8.0}.trainer(), options);
    EXPECT_EQ(swept.decays(), (std::vector<double>{0.01, 0.02, 0.5}));
    EXPECT_EQ(swept.best(), 0.5);
    EXPECT_TRUE(swept.choice.at_edge);
    ASSERT_NE(swept.choice.baseline, nullptr);  // trained beside the list, for the verdict
    EXPECT_EQ(swept.choice.baseline->decay, 0.0);
    EXPECT_EQ(swept.choice.baseline->finished(), 3);
  }
}

// The best decay is 0.1 at the rate 0.03 and 1 at the rate 0.003; without decay 0.003 is better.
TEST(TrainingSweep, DecayAndLearningRateAreChosenTogether) {
  const auto curve = [](const RunKey& key) {
    const bool high = key.lr == 0.03;
    const Valley valley{.bottom = high ? 0.1 : 1.0, .depth = high ? 0.5 : 0.2};
    std::vector<EpochRecord> epochs = valley.Curve({key.decay, 0.01, key.seed});
    for (EpochRecord& epoch : epochs) epoch.validation_loss += high ? 0.1 : 0.0;
    return epochs;
  };
  for (const bool full : {true, false}) {
    TrainingSweepOptions options = SweepOptions(full);
    options.lrs = {0.03, 0.003};
    const Swept swept = SweepAndChoose(std::make_shared<ReplayTrainer>(curve), options);
    EXPECT_TRUE(Nearest(swept.best(), 0.1));
    EXPECT_EQ(swept.choice.points[swept.choice.best]->lr, 0.03);
    EXPECT_EQ(swept.choice.baseline->decay, 0.0);
    EXPECT_EQ(swept.choice.baseline->lr, 0.003);
    EXPECT_EQ(swept.choice.points[0]->lr, 0.003);
    if (full) {
      EXPECT_EQ(swept.choice.points[15]->lr, 0.003);  // at decay 1
    }
  }
}

TEST(TrainingSweep, RunsThatDivergeAreNeverChosenAndStopNoOther) {
  for (const bool full : {true, false}) {
    const Swept swept =
        SweepAndChoose(Valley{.bottom = 0.3, .diverges = 0.1}.trainer(), SweepOptions(full));
    EXPECT_LT(swept.best(), 0.1);
    EXPECT_GT(swept.best(), 0.03);  // the largest that lives
    EXPECT_TRUE(swept.choice.points.back()->diverged());
    EXPECT_EQ(swept.choice.points.back()->finished(), 0);
  }
}

TEST(TrainingSweep, WithoutARunAtZeroThatEndsTheSmallestDecayIsTheBaseline) {
  const auto curve = [](const RunKey& key) {
    std::vector<EpochRecord> epochs = Valley().Curve(key);
    if (key.decay == 0.0) epochs.back().validation_loss = std::nan("");
    return epochs;
  };
  for (const bool full : {true, false}) {
    const Swept swept = SweepAndChoose(std::make_shared<ReplayTrainer>(curve), SweepOptions(full));
    EXPECT_TRUE(Nearest(swept.best(), 0.1));
    EXPECT_GT(swept.choice.baseline->decay, 0.0);
    EXPECT_TRUE(swept.choice.points[0]->diverged());
  }
}

TEST(TrainingSweep, SaysWhyWhenEveryRunDiverges) {
  try {
    SweepAndChoose(Valley{.diverges = 0.0}.trainer(), SweepOptions());
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "every run diverged (the loss became NaN in epoch 2); try a smaller learning rate "
                 "than 0.01, or check the data for values far off");
  }
}

// A decay that diverges with the second seed only makes way for the next best.
TEST(TrainingSweep, ABestThatDivergesWithAnotherSeedIsReplaced) {
  const auto curve = [](const RunKey& key) {
    std::vector<EpochRecord> epochs = Valley().Curve(key);
    if (key.seed == 2 && Nearest(key.decay, 0.1)) epochs.back().validation_loss = std::nan("");
    return epochs;
  };
  for (const bool full : {true, false}) {
    const Swept swept = SweepAndChoose(std::make_shared<ReplayTrainer>(curve), SweepOptions(full));
    EXPECT_FALSE(Nearest(swept.best(), 0.1));
    EXPECT_GT(swept.best(), 0.01);
    EXPECT_EQ(swept.choice.seeds, 3);
  }
}

// A stop after any number of epochs keeps what there is.
TEST(TrainingSweep, AStopRequestEndsTheSweepAndKeepsWhatIsDone) {
  for (const bool full : {true, false}) {
    for (const int most : {3, 30, 60, 100}) {
      TrainingSweepOptions options = SweepOptions(full);
      StopAfter(most, &options);
      const Swept swept = SweepAndChoose(Valley().trainer(), options);
      EXPECT_TRUE(swept.sweep.stopped);
      EXPECT_EQ(swept.sweep.epochs_trained, most);
      EXPECT_EQ(swept.choice.points.size(), 16U);
      if (swept.choice.seeds > 0) {
        EXPECT_EQ(swept.choice.points[swept.choice.best]->finished() >= swept.choice.seeds, true);
      }
    }
  }
}

TEST(TrainingSweep, AStopAfterTheFirstSeedChoosesFromIt) {
  TrainingSweepOptions options = SweepOptions(true);
  StopAfter(16 * 10 + 5, &options);
  const Swept swept = SweepAndChoose(Valley().trainer(), options);
  EXPECT_EQ(swept.choice.seeds, 1);
  EXPECT_TRUE(Nearest(swept.best(), 0.1));
}

TEST(TrainingSweep, AStopBeforeTheFirstEpochIsAnError) {
  TrainingSweepOptions options = SweepOptions();
  options.stop = [] { return true; };
  EXPECT_THROW(SweepAndChoose(Valley().trainer(), options), Error);
}

// The first seed of what is trained to the end ends well, the second diverges; the rest was set
// aside.
TEST(TrainingSweep, WhereAllThatEndedDivergeWithAnotherSeedItIsAnError) {
  const auto curve = [](const RunKey& key) {
    std::vector<EpochRecord> epochs = Valley().Curve(key);
    if (key.seed > 1) epochs[1].validation_loss = std::nan("");
    return epochs;
  };
  const auto trainer = std::make_shared<testing::ReplayTrainer>(curve);
  EXPECT_THROW(SweepAndChoose(trainer, SweepOptions()), Error);
}

TEST(TrainingSweep, ProgressCountsEveryEpochAndKnowsTheBestSoFar) {
  TrainingSweepOptions options = SweepOptions();
  std::vector<TrainingProgress> heard;
  options.progress = [&](const TrainingProgress& progress) { heard.push_back(progress); };
  const Swept swept = SweepAndChoose(Valley().trainer(), options);
  ASSERT_EQ(static_cast<std::int64_t>(heard.size()), swept.sweep.epochs_trained);
  for (std::size_t i = 0; i < heard.size(); ++i) {
    EXPECT_EQ(heard[i].epochs_done, static_cast<std::int64_t>(i) + 1);
    EXPECT_GE(heard[i].epochs_planned, heard[i].epochs_done);
  }
  EXPECT_EQ(heard.back().epochs_planned, heard.back().epochs_done);
  EXPECT_EQ(heard.back().best_decay, swept.best());
  EXPECT_EQ(heard.back().best_lr, 0.01);
  EXPECT_EQ(heard.back().best_validation, Valley().Loss({swept.best(), 0.01, 1}, 10));
}

// The lowest loss of 0.1 is early, that of 0.01 at the end; early stopping takes the first.
TEST(TrainingSweep, UnderEarlyStoppingTheBestEpochCounts) {
  const auto curve = [](const RunKey& key) {
    std::vector<EpochRecord> epochs(10);
    for (std::size_t e = 0; e < 10; ++e) {
      epochs[e].validation_loss = 2.0 - 0.01 * static_cast<double>(e);
      if (key.decay == 0.01) epochs[e].validation_loss -= 0.05 * static_cast<double>(e);
      if (key.decay == 0.1)
        epochs[e].validation_loss += std::fabs(static_cast<double>(e) - 3.0) - 1.0;
    }
    return epochs;
  };
  TrainingSweepOptions options = SweepOptions(true);
  options.decays = {0.0, 0.01, 0.1};
  EXPECT_EQ(SweepAndChoose(std::make_shared<ReplayTrainer>(curve), options).best(), 0.01);
  options.early_stopping = true;
  EXPECT_EQ(SweepAndChoose(std::make_shared<ReplayTrainer>(curve), options).best(), 0.1);
}

// The trainer ends every run after 6 of 10 epochs: that is an end, not an interruption.
TEST(TrainingSweep, ARunThatTheTrainerEndsEarlyIsFinished) {
  const auto curve = [](const RunKey& key) {
    std::vector<EpochRecord> epochs = Valley().Curve(key);
    epochs.resize(6);
    return epochs;
  };
  for (const bool full : {true, false}) {
    TrainingSweepOptions options = SweepOptions(full);
    options.early_stopping = true;
    const Swept swept = SweepAndChoose(std::make_shared<ReplayTrainer>(curve), options);
    EXPECT_FALSE(swept.sweep.stopped);
    EXPECT_EQ(swept.choice.seeds, 3);
    EXPECT_TRUE(Nearest(swept.best(), 0.1));
  }
}

// Counts how often each run is started.
class CountingTrainer : public Trainer {
 public:
  const TrainingRun* Start(const RunKey& key) override {
    ++starts_[{key.decay, key.lr, key.seed}];
    return inner_->Start(key);
  }
  void TrainTo(int epochs, std::span<const TrainingRun* const> runs, int threads,
               const EpochCallback& done) override {
    std::set<const TrainingRun*> different(runs.begin(), runs.end());
    EXPECT_EQ(different.size(), runs.size());
    inner_->TrainTo(epochs, runs, threads, done);
  }
  RowLosses Validate(const TrainingRun& run) const override { return inner_->Validate(run); }
  RowLosses Test(const TrainingRun&) const override {
    ADD_FAILURE() << "the sweep and the choice have no business with test rows";
    return {};
  }
  int most() const {
    int most = 0;
    for (const auto& [key, count] : starts_) most = std::max(most, count);
    return most;
  }

 private:
  std::shared_ptr<ReplayTrainer> inner_ = Valley().trainer();
  mutable std::map<std::tuple<double, double, std::uint64_t>, int> starts_;
};

TEST(TrainingSweep, NoRunIsEverRestartedAndNoTestRowLookedAt) {
  const auto trainer = std::make_shared<CountingTrainer>();
  SweepAndChoose(trainer, SweepOptions());
  EXPECT_EQ(trainer->most(), 1);
}

testing::LabelledColumns Blobs(int rows, std::uint64_t seed) {
  Random random(seed);
  testing::LabelledColumns samples{Matrix(4, rows), {}};
  for (int i = 0; i < rows; ++i) {
    samples.label.push_back(static_cast<int>(random.Below(3)));
    for (int f = 0; f < 4; ++f)
      samples.x(f, i) = random.Normal() + (f == samples.label.back() ? 1.0 : 0.0);
  }
  return samples;
}

TEST(TrainingSweep, TheAnswerIsTheSameForOneThreadAndTwo) {
  testing::ReferenceOptions net{.hidden = 8, .classes = 3, .batch = 8, .epochs = 5};
  const auto trainer =
      std::make_shared<testing::ReferenceTrainer>(Blobs(60, 1), Blobs(60, 2), Blobs(60, 3), net);
  TrainingSweepOptions options = SweepOptions();
  options.lrs = {0.01, 0.05};
  options.epochs = 5;
  const Swept one = SweepAndChoose(trainer, options);
  options.threads = 2;
  const Swept two = SweepAndChoose(trainer, options);
  EXPECT_EQ(one.best(), two.best());
  ASSERT_EQ(one.decays(), two.decays());
  EXPECT_EQ(one.sweep.epochs_trained, two.sweep.epochs_trained);
  for (std::size_t i = 0; i < one.choice.points.size(); ++i) {
    const TrainingTrial& a = *one.choice.points[i];
    const TrainingTrial& b = *two.choice.points[i];
    EXPECT_EQ(a.lr, b.lr);
    EXPECT_EQ(a.runs[0].Loss(false), b.runs[0].Loss(false));
    EXPECT_EQ(a.runs[0].run->curve().size(), b.runs[0].run->curve().size());
  }
}

}  // namespace
}  // namespace halflife
