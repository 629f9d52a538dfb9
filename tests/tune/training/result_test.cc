#include "tune/training/result.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "halflife/error.h"
#include "support/notes.h"
#include "tune/best_point.h"
#include "tune/training/valley.h"

namespace halflife {
namespace {

using testing::Holds;
using testing::ReplayTrainer;
using testing::StopAfter;
using testing::SweepOptions;
using testing::Valley;

TrainingFacts Facts() {
  TrainingFacts facts;
  facts.steps_per_epoch = 50;
  facts.shrinkage = [](const RunKey& key) {
    Shrinkage shrinkage;
    shrinkage.lr = key.lr;
    shrinkage.decay = key.decay;
    shrinkage.lr_schedule = Schedule::Cosine(500);
    return shrinkage;
  };
  facts.parameters = {{"hidden.weight", ParameterKind::kWeight, true},
                      {"hidden.bias", ParameterKind::kBias, false}};
  facts.classification = true;
  return facts;
}

// The held-out rows of a run: its loss and a pattern of rows, of test rows with 0.05 more; a little
// of each row depends on the run.
RowLosses RowsOfRun(const TrainingRun& run, bool test) {
  RowLosses held;
  double loss = 0.0;
  for (const EpochRecord& epoch : run.curve()) loss = epoch.validation_loss;
  Random random(run.key().seed, static_cast<std::uint64_t>(1e6 * run.key().decay));
  for (int i = 0; i < 100; ++i) {
    const double row = i % 2 == 0 ? 0.4 : -0.4;
    held.losses.push_back(loss + row + 0.01 * random.Normal() + (test ? 0.05 : 0.0));
  }
  held.score = 1.0 - 0.1 * loss;
  return held;
}

TuneResult TuneValley(const Valley& valley, const TrainingSweepOptions& options,
                      const TrainingFacts& facts = Facts()) {
  ReplayTrainer trainer([&](const RunKey& key) { return valley.Curve(key); }, RowsOfRun);
  return TuneTraining(&trainer, options, facts).result;
}

TEST(TrainingResult, HoldsAPointADecayWithItsCurvesAndWhatWasRun) {
  const TuneResult result = TuneValley(Valley(), SweepOptions());
  ASSERT_EQ(result.grid.size(), 16U);
  const GridPoint& best = Best(result);
  ASSERT_TRUE(best.trained.has_value());
  EXPECT_TRUE(best.trained->finished);
  EXPECT_EQ(best.trained->seeds, 3);
  EXPECT_EQ(best.trained->epochs, 10);
  EXPECT_EQ(best.trained->lr, 0.01);
  ASSERT_EQ(best.trained->curves.size(), 3U);
  EXPECT_EQ(best.trained->curves[2].seed, 3U);
  EXPECT_EQ(best.trained->curves[2].epochs.size(), 10U);
  EXPECT_EQ(best.weight_norm, 5.0);  // layers of 3 and 4
  EXPECT_FALSE(result.grid[3].trained->finished);
  EXPECT_LT(result.grid[3].trained->epochs, 10);
}

TEST(TrainingResult, ValidationIsTheTwoWayMeanAndErrorOfItsRows) {
  const TuneResult result = TuneValley(Valley(), SweepOptions());
  const GridPoint& best = Best(result);
  double mean = 0.0;
  for (const TrainingCurve& curve : best.trained->curves)
    mean += curve.epochs.back().validation_loss / 3.0;
  EXPECT_NEAR(best.validation.mean, mean, 0.002);  // 300 draws of 0.01: 0.0006, three times over
  // Rows of +-0.4: 0.402 over the root of 100; seeds 0.01 apart: 0.01 over the root of 3.
  EXPECT_NEAR(best.validation.se, std::hypot(0.0402, 0.0058), 0.002);
}

TEST(TrainingResult, HalfLifeAndAveragingTimeAreThoseAtThePeakOfTheSchedule) {
  const TuneResult result = TuneValley(Valley(), SweepOptions());
  for (const GridPoint& point : result.grid) {
    if (point.decay == 0.0) {
      EXPECT_FALSE(point.half_life_epochs.has_value());
      EXPECT_FALSE(point.trained->active);
      continue;
    }
    const double share = 0.01 * point.decay;
    EXPECT_DOUBLE_EQ(*point.trained->half_life_steps, std::log(2.0) / -std::log1p(-share));
    EXPECT_DOUBLE_EQ(*point.half_life_epochs, *point.trained->half_life_steps / 50.0);
    EXPECT_DOUBLE_EQ(*point.trained->averaging_time_epochs, 1.0 / share / 50.0);
    EXPECT_EQ(point.trained->active, 1.0 / share <= 500.0);
  }
}

TEST(TrainingResult, ALawWithoutAFixedShareHasNoHalfLife) {
  TrainingFacts facts = Facts();
  facts.shrinkage = [](const RunKey&) {
    Shrinkage coupled;
    coupled.law = DecayLaw::kCoupled;
    return coupled;
  };
  const TuneResult result = TuneValley(Valley(), SweepOptions(), facts);
  EXPECT_FALSE(Best(result).trained->half_life_steps.has_value());
  EXPECT_FALSE(Best(result).trained->averaging_time_epochs.has_value());
  EXPECT_FALSE(Holds(VerdictNotes(result), "not active"));
}

TEST(TrainingResult, OnlyTheRunsThatTheVerdictComparesSeeTestRows) {
  for (const bool full : {true, false}) {
    const Valley valley;
    ReplayTrainer trainer([&](const RunKey& key) { return valley.Curve(key); }, RowsOfRun);
    const TuneResult result = TuneTraining(&trainer, SweepOptions(full), Facts()).result;
    std::set<std::tuple<double, double, std::uint64_t>> expected;
    for (const double decay : {0.0, Best(result).decay}) {
      for (const std::uint64_t seed : {1U, 2U, 3U}) expected.insert({decay, 0.01, seed});
    }
    EXPECT_EQ(trainer.tested(), expected);
  }
}

TEST(TrainingResult, TheVerdictIsThatOfTheTestRows) {
  const TuneResult result = TuneValley(Valley(), SweepOptions());
  EXPECT_EQ(result.verdict.label, VerdictLabel::kHelps);
  const TrainingSummary& summary = *result.training;
  ASSERT_TRUE(summary.best_test && summary.baseline_test);
  EXPECT_EQ(summary.test_rows, 100U);
  EXPECT_EQ(summary.validation_rows, 100U);
  EXPECT_NEAR(result.verdict.improvement,
              summary.baseline_test->loss.mean - summary.best_test->loss.mean, 1e-12);  // rounding
  EXPECT_NEAR(summary.best_test->loss.mean, Best(result).validation.mean + 0.05, 0.003);
  EXPECT_GT(summary.best_test->score, summary.baseline_test->score);
}

TEST(TrainingResult, WithoutTestRowsTheVerdictSaysThatItIsOptimistic) {
  TrainingFacts facts = Facts();
  facts.has_test = false;
  const Valley valley;
  ReplayTrainer trainer([&](const RunKey& key) { return valley.Curve(key); }, RowsOfRun);
  const TuneResult result = TuneTraining(&trainer, SweepOptions(), facts).result;
  EXPECT_TRUE(trainer.tested().empty());
  EXPECT_TRUE(Holds(VerdictNotes(result), "optimistic"));
  EXPECT_FALSE(result.training->best_test.has_value());
}

// The noise of a run is 0.02 of 1; that of the lowest of fifteen means of three lies about two
// deviations of a mean below 0.
TEST(TrainingResult, ALeadWithinChanceInTrainingIsNoChoice) {
  const Valley flat{.depth = 0.0, .noise = 0.02};
  int chosen = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    TrainingSweepOptions options = SweepOptions();
    options.seed = 10 * seed;
    options.decays = {0.0, 1e-4, 1e-3, 1e-2};
    options.full = true;
    const TuneResult result = TuneValley(flat, options);
    chosen += result.best != 0 ? 1 : 0;
    if (result.best == 0) {
      EXPECT_TRUE(
          Holds(VerdictNotes(result), "no other decay that was trained to its end did better"));
    }
  }
  EXPECT_LE(chosen, 8);  // of 40, seldom; 30 were they chosen by the lowest loss alone
}

TEST(TrainingResult, OneStandardErrorIsTheLargestDecayWithin) {
  for (const bool full : {true, false}) {
    const TuneResult result = TuneValley(Valley{.bottom = 0.01, .depth = 0.2}, SweepOptions(full));
    const GridPoint& best = Best(result);
    ASSERT_GT(result.one_se, result.best);
    const GridPoint& one_se = result.grid[static_cast<std::size_t>(result.one_se)];
    EXPECT_LE(one_se.trained->curves[0].epochs.back().validation_loss,
              best.trained->curves[0].epochs.back().validation_loss + best.validation.se);
    if (full) {
      const GridPoint& next = result.grid[static_cast<std::size_t>(result.one_se) + 1];
      EXPECT_GT(next.validation.mean, best.validation.mean + best.validation.se);
    }
  }
}

TEST(TrainingResult, SaysWhatDiverged) {
  const TuneResult result = TuneValley(Valley{.diverges = 0.9}, SweepOptions(true));
  EXPECT_EQ(result.grid.back().trained->diverged, (Divergence{Divergence::What::kLoss, true, 2}));
  EXPECT_TRUE(Holds(Notes(result), "diverged, and not chosen from: decay 1 (lr 0.01)"));
}

TEST(TrainingResult, SaysHowManyEpochsWereSavedAndWhichParametersDecay) {
  const TrainingSummary halved = *TuneValley(Valley(), SweepOptions()).training;
  EXPECT_EQ(halved.epochs_trained + halved.epochs_saved, 480);
  EXPECT_GT(halved.epochs_saved, 300);
  EXPECT_EQ(halved.parameters.size(), 2U);
  const TrainingSummary full = *TuneValley(Valley(), SweepOptions(true)).training;
  EXPECT_EQ(full.epochs_trained, 480);
  EXPECT_EQ(full.epochs_saved, 0);
}

TEST(TrainingResult, SaysThatItWasStopped) {
  TrainingSweepOptions options = SweepOptions();
  StopAfter(20, &options);
  const TuneResult early = TuneValley(Valley(), options);
  EXPECT_TRUE(Holds(Notes(early), "interrupted: no run has ended"));
  EXPECT_EQ(early.verdict.label, VerdictLabel::kNoDetectableEffect);
  EXPECT_TRUE(early.training->stopped);
  StopAfter(170, &options);
  options.full = true;
  const TuneResult later = TuneValley(Valley(), options);
  EXPECT_TRUE(
      Holds(Notes(later), "interrupted: chosen from what was trained to its end with 1 seed"));
  EXPECT_EQ(later.verdict.label, VerdictLabel::kHelps);
}

TEST(TrainingResult, KeepsTheRunOfTheBestDecay) {
  const Valley valley;
  ReplayTrainer trainer([&](const RunKey& key) { return valley.Curve(key); }, RowsOfRun);
  const TrainingOutcome outcome = TuneTraining(&trainer, SweepOptions(), Facts());
  ASSERT_NE(outcome.best, nullptr);
  EXPECT_EQ(outcome.best->key().decay, Best(outcome.result).decay);
  EXPECT_EQ(outcome.best->key().seed, 1U);
  EXPECT_EQ(outcome.best->curve().size(), 10U);
}

TEST(TrainingResult, RefusesOptionsOutOfRange) {
  const auto fails = [](auto change) {
    TrainingSweepOptions options = SweepOptions();
    change(&options);
    EXPECT_THROW(TuneValley(Valley(), options), Error);
  };
  fails([](TrainingSweepOptions* o) { o->decays = {-1.0}; });
  fails([](TrainingSweepOptions* o) { o->decays = {std::nan("")}; });
  fails([](TrainingSweepOptions* o) { o->lrs = {}; });
  fails([](TrainingSweepOptions* o) { o->lrs = {0.0}; });
  fails([](TrainingSweepOptions* o) { o->seeds = 0; });
  fails([](TrainingSweepOptions* o) { o->epochs = 0; });
}

// What is compared row by row must have the same rows.
TEST(TrainingResult, RowsThatDifferFromRunToRunAreRefused) {
  const auto fewer = [](const TrainingRun& run, bool test) {
    RowLosses held = RowsOfRun(run, test);
    if (run.key().seed == 2) held.losses.pop_back();
    return held;
  };
  const auto broken = [](const TrainingRun& run, bool test) {
    RowLosses held = RowsOfRun(run, test);
    if (test) held.losses[3] = NAN;
    return held;
  };
  const Valley valley;
  const auto curve = [&](const RunKey& key) { return valley.Curve(key); };
  ReplayTrainer of_fewer(curve, fewer);
  ReplayTrainer of_broken(curve, broken);
  EXPECT_THROW(TuneTraining(&of_fewer, SweepOptions(), Facts()), Error);
  EXPECT_THROW(TuneTraining(&of_broken, SweepOptions(), Facts()), Error);
}

TEST(TrainingResult, NothingWasSavedWhereNothingCouldBeSetAside) {
  EXPECT_EQ(TuneValley(Valley(), SweepOptions(true)).training->epochs_saved, 0);
  EXPECT_GT(TuneValley(Valley(), SweepOptions()).training->epochs_saved, 0);
}

// A decay that ended with fewer seeds than the best is told by its distance from the best on the
// seeds that both have, whatever the other seeds did to the best's mean.
TEST(TrainingResult, FewerSeedsAreComparedInPairs) {
  Valley valley;
  valley.noise = 0.002;
  const TuneResult result = TuneValley(valley, SweepOptions());
  const GridPoint& best = Best(result);
  int compared = 0;
  for (const GridPoint& point : result.grid) {
    if (point.trained->seeds != 1) continue;
    ++compared;
    const auto last = [](const GridPoint& p) {
      return p.trained->curves[0].epochs.back().validation_loss;
    };
    // The mean over held-out rows has the rows' own noise of 0.01 beside the loss: over 100 rows,
    // of each of three means, 0.001; six times that.
    EXPECT_NEAR(point.validation.mean - best.validation.mean, last(point) - last(best), 0.006);
  }
  EXPECT_GT(compared, 0);
}

// Curves without any jump from epoch to epoch, whose seeds differ: 0.1 is lower by 0.04 with one
// seed and higher by 0.01 with the others. The mean gain of 0.0067 is no more than 2.5 standard
// errors, 2.5 * 0.0167.
TEST(TrainingResult, ChanceShowsInTheSeedsWhereCurvesAreSmooth) {
  const auto curve = [](const RunKey& key) {
    std::vector<EpochRecord> epochs(10);
    for (EpochRecord& epoch : epochs) {
      epoch.validation_loss = key.decay == 0.0 ? 1.0 : (key.seed == 1 ? 0.96 : 1.01);
      epoch.train_loss = 0.5;
      epoch.layer_norms = {1.0};
    }
    return epochs;
  };
  TrainingSweepOptions options = SweepOptions(true);
  options.decays = {0.0, 0.1};
  ReplayTrainer trainer(curve, RowsOfRun);
  const TuneResult result = TuneTraining(&trainer, options, Facts()).result;
  EXPECT_EQ(Best(result).decay, 0.0);
  EXPECT_TRUE(Holds(VerdictNotes(result), "by more than chance in training than 0"));
}

TEST(TrainingResult, SaysWhereTrainingWasNotOver) {
  const auto falling = [](double rate) {
    return [rate](const RunKey& /*key*/) {
      std::vector<EpochRecord> epochs(20);
      for (std::size_t e = 0; e < epochs.size(); ++e) {
        epochs[e].train_loss = 1.0 - rate * static_cast<double>(e);
        epochs[e].validation_loss = 1.0;
        epochs[e].layer_norms = {1.0};
      }
      return epochs;
    };
  };
  TrainingSweepOptions options = SweepOptions(true);
  options.epochs = 20;
  options.decays = {0.0, 0.1};
  const auto notes = [&](double rate) {
    ReplayTrainer trainer(falling(rate), RowsOfRun);
    return Notes(TuneTraining(&trainer, options, Facts()).result);
  };
  EXPECT_TRUE(Holds(notes(0.02), "still falling"));    // from .66 to .62 in the last tenth
  EXPECT_FALSE(Holds(notes(0.001), "still falling"));  // from .983 to .981
}

// Ten epochs: decay 0 falls to `low` at the fourth and rises to 1 at the end, decay 0.1 falls to
// 0.5.
std::vector<EpochRecord> Overfitting(const RunKey& key, double low) {
  std::vector<EpochRecord> curve(10);
  for (int e = 0; e < 10; ++e) {
    EpochRecord& epoch = curve[static_cast<std::size_t>(e)];
    const double without = e <= 3 ? 2.0 + (low - 2.0) * e / 3.0 : low + (1.0 - low) * (e - 3) / 6.0;
    epoch.train_loss = 2.0 - 0.1 * e;
    epoch.validation_loss = key.decay == 0.0 ? without : 2.0 - 1.5 * e / 9.0;
    epoch.validation_loss += 1e-4 * static_cast<double>(key.seed);
    epoch.layer_norms = {1.0};
  }
  return curve;
}

const TuneFinding* StoppingOf(const TuneResult& result) {
  for (const TuneFinding& finding : result.verdict.findings) {
    if (finding.kind == TuneFinding::Kind::kStoppingWouldDo ||
        finding.kind == TuneFinding::Kind::kStoppingDoes)
      return &finding;
  }
  return nullptr;
}

TuneResult TuneOverfitting(double low) {
  ReplayTrainer trainer([low](const RunKey& key) { return Overfitting(key, low); }, RowsOfRun);
  TrainingSweepOptions options = SweepOptions();
  options.decays = {0.0, 0.1};
  options.full = true;
  return TuneTraining(&trainer, options, Facts()).result;
}

TEST(TrainingResult, SaysWhereStoppingEarlyWouldDoMostOfIt) {
  const TuneResult result = TuneOverfitting(0.55);
  ASSERT_EQ(result.verdict.label, VerdictLabel::kHelps);
  const TuneFinding* would = StoppingOf(result);
  ASSERT_NE(would, nullptr);
  EXPECT_EQ(would->kind, TuneFinding::Kind::kStoppingWouldDo);
  EXPECT_EQ(would->count, 4);
  EXPECT_EQ(would->of, 10);
  EXPECT_NEAR(would->number, 0.5502, 1e-12);
  EXPECT_NEAR(would->other, 0.5002, 1e-12);
}

// .65 is .35 below the end, less than four fifths of the .5 that decay takes off.
TEST(TrainingResult, StoppingThatWouldDoLessIsNotTold) {
  const TuneResult result = TuneOverfitting(0.65);
  ASSERT_EQ(result.verdict.label, VerdictLabel::kHelps);
  EXPECT_EQ(StoppingOf(result), nullptr);
}

// With early stopping: decay 0 stops by itself after `epochs` of 10, decay 0.1 gains a half on the
// validation rows, and `rows` are what both do on the test rows.
TuneResult TuneStopping(std::size_t epochs, const ReplayTrainer::Rows& rows) {
  const auto curve = [epochs](const RunKey& key) {
    std::vector<EpochRecord> records(key.decay == 0.0 ? epochs : 10);
    for (EpochRecord& epoch : records) {
      epoch.validation_loss = key.decay == 0.0 ? 1.0 : 0.5;
      epoch.layer_norms = {1.0};
    }
    return records;
  };
  ReplayTrainer trainer(curve, rows);
  TrainingSweepOptions options = SweepOptions();
  options.decays = {0.0, 0.1};
  options.full = true;
  options.early_stopping = true;
  return TuneTraining(&trainer, options, Facts()).result;
}

// Rows about 1 whatever the decay.
RowLosses AllAlike(const TrainingRun& run, bool /*test*/) {
  Random random(run.key().seed, run.key().decay == 0.0 ? 1 : 2);
  RowLosses held{{}, 0.5};
  for (int i = 0; i < 100; ++i) held.losses.push_back(1.0 + 0.1 * random.Normal());
  return held;
}

TEST(TrainingResult, SaysWhereStoppingEarlyDoesIt) {
  const TuneResult result = TuneStopping(6, AllAlike);
  ASSERT_EQ(result.verdict.label, VerdictLabel::kNoDetectableEffect);
  const TuneFinding* does = StoppingOf(result);
  ASSERT_NE(does, nullptr);
  EXPECT_EQ(does->kind, TuneFinding::Kind::kStoppingDoes);
  EXPECT_EQ(does->count, 6);
  EXPECT_EQ(does->of, 10);
  EXPECT_EQ(StoppingOf(TuneStopping(10, AllAlike)), nullptr);  // it did not stop
  const TuneResult helps = TuneStopping(6, RowsOfRun);
  ASSERT_EQ(helps.verdict.label, VerdictLabel::kHelps);
  EXPECT_EQ(StoppingOf(helps), nullptr);
}

}  // namespace
}  // namespace halflife
