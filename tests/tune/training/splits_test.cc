#include "tune/training/splits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "halflife/report.h"
#include "support/notes.h"
#include "tune/best_point.h"
#include "tune/training/result.h"
#include "tune/training/valley.h"

namespace halflife {
namespace {

using testing::Holds;
using testing::ReplayTrainer;
using testing::StopAfter;
using testing::SweepOptions;
using testing::Valley;

constexpr std::size_t kRows = 20;  // of a split

// A trainer a split; split s judges and validates rows 20 s to 20 s + 19.
struct SplitValleys {
  explicit SplitValleys(const std::vector<Valley>& valleys) {
    for (std::size_t s = 0; s < valleys.size(); ++s) {
      trainers.push_back(std::make_unique<ReplayTrainer>(
          [valley = valleys[s]](const RunKey& key) { return valley.Curve(key); }, Rows));
      TrainingSplit split{.trainer = trainers.back().get()};
      for (std::size_t i = 0; i < kRows; ++i) {
        split.test_rows.push_back(static_cast<std::uint32_t>(s * kRows + i));
        split.validation_rows.push_back(split.test_rows.back());
      }
      split.test_null.assign(kRows, 3.0);
      split.validation_null = split.test_null;
      splits.push_back(split);
    }
  }

  // The run's loss, give or take the row's own.
  static RowLosses Rows(const TrainingRun& run, bool /*test*/) {
    RowLosses held;
    for (std::size_t i = 0; i < kRows; ++i)
      held.losses.push_back(run.curve().back().validation_loss + (i % 2 == 0 ? 0.2 : -0.2));
    held.score = 0.5;
    return held;
  }

  std::vector<std::unique_ptr<ReplayTrainer>> trainers;
  std::vector<TrainingSplit> splits;
};

TrainingSweepOptions OneSeed(std::vector<double> decays = {}) {
  TrainingSweepOptions options = SweepOptions();
  options.seeds = 1;
  options.decays = std::move(decays);
  options.threads = 1;
  return options;
}

TrainingFacts SplitFacts() {
  TrainingFacts facts;
  facts.steps_per_epoch = 50;
  facts.classification = true;
  return facts;
}

const TrainingTrial& TrialOf(const PooledSweep& pooled, double decay) {
  const std::vector<TrainingTrial>& trials = pooled.sweep.families.front().trials;
  return *std::find_if(trials.begin(), trials.end(),
                       [&](const TrainingTrial& t) { return t.decay == decay; });
}

TEST(SplitSweeps, EachSplitHasSeedsOfItsOwnAndChoosesByItself) {
  SplitValleys valleys({{.bottom = 0.1}, {.bottom = 0.01}, {.depth = 0.0}});
  const PooledSweep pooled = SweepSplits(valleys.splits, OneSeed({0.0, 0.01, 0.1}));
  ASSERT_EQ(pooled.choices.size(), 3U);
  EXPECT_EQ(pooled.choices[0].chosen.decay, 0.1);
  EXPECT_EQ(pooled.choices[1].chosen.decay, 0.01);
  EXPECT_EQ(pooled.choices[2].chosen.decay, 0.0);
  for (const SplitChoice& choice : pooled.choices) EXPECT_EQ(choice.baseline.decay, 0.0);
  const TrainingTrial& none = TrialOf(pooled, 0.0);
  ASSERT_EQ(none.runs.size(), 3U);
  for (std::size_t s = 0; s < 3; ++s) {
    EXPECT_EQ(none.runs[s].key.seed, 1U + s);
    EXPECT_EQ(none.runs[s].split, s);
  }
}

// Halving sets most decays aside in each split, other ones in each: what any of them came to in the
// end is trained to its end in all, also beyond a grid that only one of them extended.
TEST(SplitSweeps, WhatASplitChoseFromIsTrainedToItsEndInAll) {
  SplitValleys valleys({{.bottom = 5.0}, {.bottom = 1e-3}, {.bottom = 1e-3}});
  const PooledSweep pooled = SweepSplits(valleys.splits, OneSeed());
  ASSERT_NE(pooled.choices[0].chosen.decay, pooled.choices[1].chosen.decay);
  EXPECT_GT(pooled.choices[0].chosen.decay, 1.0);  // the grid ends there
  for (const SplitChoice& choice : pooled.choices)
    EXPECT_EQ(TrialOf(pooled, choice.chosen.decay).finished(), 3);
  EXPECT_EQ(TrialOf(pooled, 0.0).finished(), 3);
  int fewer = 0;
  for (const TrainingTrial& trial : pooled.sweep.families.front().trials)
    fewer += trial.finished() < 3 ? 1 : 0;
  EXPECT_GT(fewer, 5);
}

// A split's own choice does not change with what the others found.
TEST(SplitSweeps, ASplitChoosesAsItWouldAlone) {
  const std::vector<Valley> all = {
      {.bottom = 5.0, .noise = 0.01}, {.bottom = 1e-3}, {.depth = 0.02, .noise = 0.02}};
  SplitValleys together(all);
  const PooledSweep pooled = SweepSplits(together.splits, OneSeed());
  for (std::size_t s = 0; s < all.size(); ++s) {
    SplitValleys alone({all[s], Valley()});
    TrainingSweepOptions options = OneSeed();
    options.seed = 1 + s;
    const PooledSweep one = SweepSplits(alone.splits, options);
    EXPECT_EQ(one.choices.front().chosen, pooled.choices[s].chosen) << s;
    EXPECT_EQ(one.choices.front().baseline, pooled.choices[s].baseline) << s;
  }
}

TEST(SplitSweeps, TheVerdictIsOfWhatEachSplitChoseOnItsOwnRows) {
  SplitValleys valleys({{.bottom = 0.1}, {.bottom = 0.01}, {.depth = 0.0}});
  const TuneResult result =
      TuneTraining(valleys.splits, OneSeed({0.0, 0.01, 0.1}), SplitFacts()).result;
  const TrainingSummary& training = *result.training;
  ASSERT_EQ(training.splits.size(), 3U);
  double sum = 0.0;
  for (std::size_t s = 0; s < 3; ++s) {
    const Valley valley{.bottom = s == 0 ? 0.1 : 0.01, .depth = s == 2 ? 0.0 : 0.3};
    const double chosen = training.splits[s].chosen;
    const double gain =
        valley.Loss({0.0, 0.01, 1 + s}, 10) - valley.Loss({chosen, 0.01, 1 + s}, 10);
    EXPECT_EQ(chosen, std::vector<double>({0.1, 0.01, 0.0})[s]);
    ASSERT_EQ(training.splits[s].gains.size(), kRows);
    // Losses of about 1 with 0.2 added and taken off again: a few roundings of 2^-52.
    for (const double one : training.splits[s].gains) EXPECT_NEAR(one, gain, 1e-14);
    sum += gain;
  }
  EXPECT_NEAR(result.verdict.improvement, sum / 3.0, 1e-13);
  EXPECT_EQ(result.verdict.chose_baseline->count, 1);
  EXPECT_EQ(result.verdict.chose_baseline->of, 3);
  EXPECT_EQ(training.rows_judged, 3 * kRows);
  // The runs behind it, and no others, saw test rows.
  for (std::size_t s = 0; s < 3; ++s) {
    std::set<std::tuple<double, double, std::uint64_t>> expected = {{0.0, 0.01, 1 + s}};
    expected.insert({training.splits[s].chosen, 0.01, 1 + s});
    EXPECT_EQ(valleys.trainers[s]->tested(), expected);
  }
  EXPECT_TRUE(Holds(VerdictNotes(result),
                    "compared: with decay 0, in each of 3 splits on its own test rows, the decay "
                    "that it chose on its validation rows (0.1, 0.01, 0); 60 test rows in all"));
}

// In four splits 0.1 is the best and in one 0.02: the mean of all is lowest at 0.1.
TEST(SplitSweeps, TheChoiceIsTheLowestMeanOverAllSplits) {
  SplitValleys valleys(
      {{.bottom = 0.04}, {.bottom = 0.1}, {.bottom = 0.1}, {.bottom = 0.1}, {.bottom = 0.1}});
  const TuneResult result =
      TuneTraining(valleys.splits, OneSeed({0.0, 0.02, 0.1}), SplitFacts()).result;
  EXPECT_EQ(result.training->splits.front().chosen, 0.02);
  EXPECT_EQ(Best(result).decay, 0.1);
  for (const GridPoint& point : result.grid)
    EXPECT_LE(Best(result).validation.mean, point.validation.mean);
}

// Smooth curves have no chance in themselves. The gains of 0.1 over none are 0.1, -0.05, 0.1 and
// -0.05: their mean of 0.025 is no more than 2.5 standard errors, 2.5 * 0.0433.
TEST(SplitSweeps, TheChoiceHasToBeatNoDecayByMoreThanSplitsDiffer) {
  SplitValleys valleys(std::vector<Valley>(4));
  for (std::size_t s = 0; s < 4; ++s) {
    valleys.trainers[s] = std::make_unique<ReplayTrainer>(
        [s](const RunKey& key) {
          std::vector<EpochRecord> curve(10);
          for (EpochRecord& epoch : curve) {
            epoch.validation_loss = key.decay == 0.0 ? 1.0 : (s % 2 == 0 ? 0.9 : 1.05);
            epoch.train_loss = 0.5;
            epoch.layer_norms = {1.0};
          }
          return curve;
        },
        SplitValleys::Rows);
    valleys.splits[s].trainer = valleys.trainers[s].get();
  }
  const TuneResult result = TuneTraining(valleys.splits, OneSeed({0.0, 0.1}), SplitFacts()).result;
  EXPECT_EQ(Best(result).decay, 0.0);
  EXPECT_EQ(result.verdict.chose_baseline->count, 2);
  EXPECT_TRUE(
      Holds(VerdictNotes(result),
            "over all splits, on the validation rows no other decay that was trained to its "
            "end did better by more than chance in training than 0"));
  EXPECT_FALSE(Holds(VerdictNotes(result), "compared is"));
}

// Halved: a decay that ended in some runs is told as it stands to the best on these; one that ended
// in none by the epoch that all its runs had come to.
TEST(SplitSweeps, FiguresAreInPairsOrOfACommonEpoch) {
  SplitValleys valleys(
      {{.bottom = 0.5}, {.bottom = 0.05}, {.bottom = 0.05}, {.bottom = 0.05}, {.bottom = 0.02}});
  const TuneResult result = TuneTraining(valleys.splits, OneSeed(), SplitFacts()).result;
  const GridPoint& best = Best(result);
  ASSERT_EQ(best.trained->seeds, 5);
  int moved = 0;
  int set_aside = 0;
  for (const GridPoint& point : result.grid) {
    const TrainedPoint& trained = *point.trained;
    EXPECT_EQ(trained.runs, 5);
    if (trained.moved) {
      ++moved;
      double own = 0.0;
      double of_best = 0.0;
      for (const TrainingCurve& curve : trained.curves) {
        if (curve.epochs.size() < 10) continue;
        const TrainingCurve& other = best.trained->curves[static_cast<std::size_t>(curve.split)];
        own += curve.epochs.back().validation_loss;
        of_best += other.epochs.back().validation_loss;
      }
      // Sums and a quotient of a few numbers about 1.
      EXPECT_NEAR(point.validation.mean, best.validation.mean * own / of_best, 1e-13);
    }
    if (trained.seeds > 0) continue;
    ++set_aside;
    double mean = 0.0;
    std::size_t least = 10;
    for (const TrainingCurve& curve : trained.curves) {
      mean += curve.epochs[static_cast<std::size_t>(trained.epochs) - 1].validation_loss / 5.0;
      least = std::min(least, curve.epochs.size());
    }
    EXPECT_EQ(static_cast<std::size_t>(trained.epochs), least);
    EXPECT_NEAR(point.validation.mean, mean, 1e-13);
  }
  EXPECT_GT(moved, 0);
  EXPECT_GT(set_aside, 0);
}

TEST(SplitSweeps, StoppedInTheSecondSplitTheFirstTells) {
  SplitValleys valleys(std::vector<Valley>(3, {.bottom = 0.1}));
  TrainingSweepOptions options = OneSeed({0.0, 0.1, 1.0});
  options.full = true;
  StopAfter(35, &options);
  const TuneResult result = TuneTraining(valleys.splits, options, SplitFacts()).result;
  EXPECT_EQ(result.training->rounds, 1);
  EXPECT_EQ(result.training->rounds_planned, 3);
  EXPECT_EQ(Best(result).decay, 0.1);
  EXPECT_TRUE(result.training->splits.empty());
  EXPECT_TRUE(Holds(Notes(result), "chosen from what was trained to its end in 1 of 3 splits"));
  EXPECT_EQ(result.training->rows_judged, kRows);
}

// Stopped when the splits have chosen, but before what they chose was trained in all of them: the
// choice is from the first splits in which two decays ended.
TEST(SplitSweeps, StoppedBeforeTheLastComparisonTheSplitsStillTell) {
  SplitValleys valleys({{.bottom = 5.0}, {.bottom = 1e-3}, {.bottom = 1e-3}});
  const PooledSweep whole = SweepSplits(valleys.splits, OneSeed());
  for (std::int64_t stop_at = whole.sweep.epochs_trained - 1; stop_at > 0; stop_at -= 3) {
    SplitValleys again({{.bottom = 5.0}, {.bottom = 1e-3}, {.bottom = 1e-3}});
    TrainingSweepOptions options = OneSeed();
    StopAfter(stop_at, &options);
    const TuneResult result = TuneTraining(again.splits, options, SplitFacts()).result;
    EXPECT_TRUE(result.training->stopped);
    EXPECT_EQ(result.training->epochs_trained, stop_at);
    EXPECT_FALSE(std::isnan(Best(result).validation.mean));
  }
}

TEST(SplitSweeps, WithoutTwoDecaysNothingIsCompared) {
  SplitValleys valleys(std::vector<Valley>(3));
  const TuneResult result = TuneTraining(valleys.splits, OneSeed({0.0}), SplitFacts()).result;
  EXPECT_TRUE(std::isnan(result.verdict.improvement));
  EXPECT_EQ(Best(result).trained->seeds, 3);
}

// In the third split no decay diverges: a run without any is what the others are compared with.
TEST(SplitSweeps, ASplitWhereTheBaselineDivergedIsNotJudged) {
  SplitValleys valleys(std::vector<Valley>(3, {.bottom = 0.1}));
  valleys.trainers[2] = std::make_unique<ReplayTrainer>(
      [](const RunKey& key) {
        std::vector<EpochRecord> curve = Valley{.bottom = 0.1}.Curve(key);
        if (key.decay == 0.0) curve[1].validation_loss = std::nan("");
        return curve;
      },
      SplitValleys::Rows);
  valleys.splits[2].trainer = valleys.trainers[2].get();
  const TuneResult result =
      TuneTraining(valleys.splits, OneSeed({0.0, 0.1, 1.0}), SplitFacts()).result;
  EXPECT_EQ(result.verdict.baseline, 0.0);
  EXPECT_EQ(result.training->rounds, 2);
  EXPECT_EQ(result.training->rows_judged, 2 * kRows);
  EXPECT_TRUE(Holds(Notes(result), "diverged, and not chosen from: decay 0"));
}

}  // namespace
}  // namespace halflife
