#include "tune/sweep.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "data/dataset.h"
#include "failing_model.h"
#include "halflife/error.h"
#include "support/errors.h"
#include "support/tables.h"

namespace halflife {
namespace {

// A model whose validation loss is a given function of the decay, the same in every fold but for a
// spread; three folds unless told otherwise.
class Scripted : public Model {
 public:
  Scripted(std::function<double(double)> loss, double spread, bool has_zero = true)
      : loss_(std::move(loss)), spread_(spread), has_zero_(has_zero), done_({0, 1, 2}) {}

  // Decays for which `fails` says so have no fit.
  void FailAt(std::function<bool(double)> fails) { fails_ = std::move(fails); }
  void HaveFolds(int folds) {
    folds_ = folds;
    done_.resize(static_cast<std::size_t>(folds));
    std::iota(done_.begin(), done_.end(), 0);
  }
  // From call `call` (from 0) of ScoreFolds on, only `folds` are done.
  void StopAt(int call, std::vector<int> folds) {
    stop_at_ = call;
    done_after_ = std::move(folds);
  }

  Vector Curvature() override { return Vector::Ones(4); }
  const Standardizer& standardizer() const override { return standardizer_; }
  std::vector<Fit> FitAll(std::span<const double>) override { return {}; }
  std::vector<int> DoneFolds() const override { return done_; }
  std::vector<FoldScore> NullScores() const override {
    std::vector<FoldScore> scores;
    for (int f = 0; f < folds_; ++f) scores.push_back({0.0, 100.0 + f, {}});
    return scores;
  }
  std::vector<DecayScores> ScoreFolds(std::span<const double> decays) override {
    if (calls_++ >= stop_at_) done_ = done_after_;
    std::vector<DecayScores> scores;
    for (const double decay : decays) {
      scores.emplace_back();
      if (decay == 0.0 && !has_zero_) scores.back().status = FitStatus::kNoFiniteFit;
      if (fails_ && fails_(decay)) scores.back().status = FitStatus::kFailed;
      if (scores.back().status != FitStatus::kFitted) continue;
      for (const int fold : done_)
        scores.back().folds.push_back({0.0, loss_(decay) + spread_ * (fold % 3 - 1), {}});
    }
    return scores;
  }

 private:
  std::function<double(double)> loss_;
  double spread_;
  bool has_zero_;
  int folds_ = 3;
  int calls_ = 0;
  int stop_at_ = 1000;
  std::vector<int> done_;
  std::vector<int> done_after_;
  std::function<bool(double)> fails_;
  Standardizer standardizer_;
};

constexpr Rounds kOneRound = {1, 3};

Sweep RunSweep(Model* model, std::vector<double> decays) {
  return RunSweep(model, std::move(decays), kOneRound);
}

double ValleyAt(double decay, double bottom) {
  return std::pow(std::log10(std::max(decay, 1e-12) / bottom), 2.0);
}

double BestDecay(const Sweep& sweep) {
  return sweep.trials[static_cast<std::size_t>(sweep.best)].decay;
}

TEST(Sweep, FindsTheBottomOfTheValley) {
  Scripted model([](double d) { return ValleyAt(d, 0.3); }, 0.0);
  const Sweep sweep = RunSweep(&model, {});
  EXPECT_NEAR(std::log10(BestDecay(sweep) / 0.3), 0.0, 0.05);  // half a grid step
  EXPECT_FALSE(sweep.best_at_edge);
}

TEST(Sweep, ExtendsTheAutomaticGridUpAndDown) {
  Scripted high([](double d) { return ValleyAt(d, 1e4); }, 0.0);
  EXPECT_NEAR(std::log10(BestDecay(RunSweep(&high, {})) / 1e4), 0.0, 0.05);
  Scripted low([](double d) { return ValleyAt(d, 1e-4); }, 0.0, false);
  EXPECT_NEAR(std::log10(BestDecay(RunSweep(&low, {})) / 1e-4), 0.0, 0.05);
}

TEST(Sweep, NeverExtendsAnExplicitListAndSaysWhereTheBestLies) {
  Scripted model([](double d) { return ValleyAt(d, 100.0); }, 0.0);
  const Sweep sweep = RunSweep(&model, {0.1, 1.0, 10.0});
  ASSERT_EQ(sweep.trials.size(), 3U);
  EXPECT_EQ(BestDecay(sweep), 10.0);
  EXPECT_TRUE(sweep.best_at_edge);
  ASSERT_TRUE(sweep.baseline.has_value());  // fitted beside the list, for the verdict
  EXPECT_EQ(sweep.baseline->decay, 0.0);
}

TEST(Sweep, SortsAnExplicitListAndDropsRepeats) {
  Scripted model([](double d) { return ValleyAt(d, 1.0); }, 0.0);
  const Sweep sweep = RunSweep(&model, {10.0, 0.0, 1.0, 10.0});
  ASSERT_EQ(sweep.trials.size(), 3U);
  EXPECT_EQ(sweep.trials[0].decay, 0.0);
  EXPECT_EQ(sweep.trials[2].decay, 10.0);
  EXPECT_FALSE(sweep.baseline.has_value());
}

TEST(Sweep, OfEqualLossesTheLargestDecayIsTheBest) {
  Scripted flat([](double) { return 1.0; }, 0.0);
  EXPECT_EQ(BestDecay(RunSweep(&flat, {0.0, 0.1, 1.0, 10.0})), 10.0);
  Scripted steps([](double d) { return d > 1.0 ? 2.0 : 1.0; }, 0.25);
  EXPECT_EQ(BestDecay(RunSweep(&steps, {0.0, 0.1, 1.0, 10.0})), 1.0);
}

// The bottom is 0 at 1, the error spread / sqrt(3): decays up to the square root of it are within.
TEST(Sweep, OneStandardErrorIsTheLargestDecayWithin) {
  Scripted model([](double d) { return ValleyAt(d, 1.0); }, std::sqrt(3.0));
  const Sweep sweep = RunSweep(&model, {0.1, 0.5, 1.0, 5.0, 9.0, 11.0, 100.0});
  EXPECT_EQ(sweep.trials[static_cast<std::size_t>(sweep.one_se)].decay, 9.0);
}

TEST(Sweep, WithoutAFitAtZeroTheListGoesOnAndSaysSo) {
  Scripted model([](double d) { return ValleyAt(d, 1.0); }, 0.0, false);
  const Sweep sweep = RunSweep(&model, {0.0, 1.0});
  ASSERT_EQ(sweep.trials.size(), 1U);
  EXPECT_EQ(sweep.findings, (std::vector<TuneFinding>{{.kind = TuneFinding::Kind::kSeparable}}));
  EXPECT_THROW(RunSweep(&model, {0.0}), Error);
}

// The loss rises from 0 on: smaller and smaller decays are tried until they cannot be told from 0.
TEST(Sweep, BestAtDecayZeroTriesWhatLiesNextToIt) {
  Scripted model([](double d) { return 1.0 + d; }, 0.0);
  const Sweep sweep = RunSweep(&model, {});
  EXPECT_EQ(BestDecay(sweep), 0.0);
  EXPECT_FALSE(sweep.best_at_edge);
  EXPECT_LT(sweep.trials[1].decay, 1e-6);
}

TEST(Sweep, ABestBetweenZeroAndTheGridIsFound) {
  Scripted model([](double d) { return 1.0 + (d < 1e-5 ? -d : d - 2e-5); }, 0.0);
  EXPECT_NEAR(std::log10(BestDecay(RunSweep(&model, {})) / 1e-5), 0.0, 0.1);
}

TEST(Sweep, MoreRoundsOfFoldsDoNotShrinkTheError) {
  Scripted model([](double d) { return 1.0 + d; }, 0.3);
  const Sweep sweep = RunSweep(&model, {1.0});
  const Trial& once = sweep.trials[0];
  Trial twice = once;
  twice.folds.insert(twice.folds.end(), once.folds.begin(), once.folds.end());
  EXPECT_NEAR(twice.Of(&FoldScore::validation_loss, 2).se,
              once.Of(&FoldScore::validation_loss, 1).se, 1e-15);
}

TEST(Sweep, StopsWhereMoreDecayChangesNothing) {
  Scripted model([](double d) { return 1.0 + 1e-9 / (1.0 + d); }, 0.0);
  const Sweep sweep = RunSweep(&model, {});
  EXPECT_EQ(sweep.trials.size(), 61U);
  EXPECT_TRUE(sweep.best_at_edge);
}

TEST(Sweep, AFitThatFailsLeavesTheOthers) {
  Scripted model([](double d) { return ValleyAt(d, 1.0); }, 0.0);
  model.FailAt([](double d) { return d == 0.5 || d == 2.0; });
  const Sweep sweep = RunSweep(&model, {0.25, 0.5, 1.0, 2.0, 4.0});
  ASSERT_EQ(sweep.trials.size(), 3U);
  EXPECT_EQ(BestDecay(sweep), 1.0);
  EXPECT_EQ(sweep.unfit_decays, (std::vector<double>{0.5, 2.0}));
  EXPECT_EQ(sweep.findings,
            (std::vector<TuneFinding>{{.kind = TuneFinding::Kind::kUnfit, .decays = {0.5, 2.0}}}));
}

TEST(Sweep, ALossThatIsNoNumberIsAFitThatFailed) {
  Scripted model([](double d) { return d == 2.0 ? NAN : ValleyAt(d, 1.0); }, 0.0);
  const Sweep sweep = RunSweep(&model, {1.0, 2.0});
  ASSERT_EQ(sweep.trials.size(), 1U);
  EXPECT_EQ(sweep.unfit_decays, (std::vector<double>{2.0}));
}

TEST(Sweep, WithoutAFitAtZeroThatShouldBeThereTheCauseIsNotMadeUp) {
  Scripted model([](double d) { return ValleyAt(d, 1.0); }, 0.0);
  model.FailAt([](double d) { return d == 0.0; });
  const Sweep sweep = RunSweep(&model, {1.0, 2.0});
  EXPECT_FALSE(sweep.baseline.has_value());
  EXPECT_TRUE(sweep.unfit_decays.empty());  // of those asked for
  EXPECT_EQ(sweep.findings, (std::vector<TuneFinding>{{.kind = TuneFinding::Kind::kZeroUnfit}}));
  EXPECT_EQ(RunSweep(&model, {0.0, 1.0}).unfit_decays, (std::vector<double>{0.0}));
}

TEST(Sweep, NoFitAtAllIsAFailure) {
  Scripted model([](double d) { return ValleyAt(d, 1.0); }, 0.0);
  model.FailAt([](double) { return true; });
  EXPECT_EQ(testing::ErrorOf([&] {
              RunSweep(&model, {1.0, 2.0});
            }),
            "no fit reached its tolerance, at any of 3 decays; try larger ones with decays, or "
            "fewer columns in no_decay");
}

TEST(Sweep, ADecayOfZeroAloneNeedsNoBaseline) {
  Scripted model([](double d) { return 1.0 + d; }, 0.0);
  model.FailAt([](double d) { return d > 0.0; });
  const Sweep sweep = RunSweep(&model, {1.0, 2.0});
  ASSERT_EQ(sweep.trials.size(), 1U);
  EXPECT_EQ(sweep.trials[0].decay, 0.0);
}

// The largest curvature is 1: the loss falls all the way, and the grid ends where digits do.
TEST(Sweep, TheGridStopsAboveWhatDoublePrecisionCanFollow) {
  Scripted model([](double d) { return 1.0 + d; }, 0.0, false);
  const Sweep sweep = RunSweep(&model, {});
  EXPECT_GE(sweep.trials.front().decay, 1e-14);
  EXPECT_EQ(sweep.best, 0);
  EXPECT_TRUE(sweep.best_at_edge);
}

TEST(Sweep, StoppedItKeepsTheRoundsThatAreWhole) {
  Scripted model([](double d) { return ValleyAt(d, 1.0); }, 0.5);
  model.HaveFolds(9);
  model.StopAt(0, {0, 2, 3, 4, 5, 6});  // of three rounds only the second is whole
  const Sweep sweep = RunSweep(&model, {0.5, 1.0}, {3, 3});
  EXPECT_TRUE(sweep.interrupted);
  EXPECT_EQ(sweep.folds, (std::vector<int>{3, 4, 5}));
  EXPECT_EQ(sweep.repeats, 1);
  ASSERT_EQ(sweep.trials[1].folds.size(), 3U);
  EXPECT_EQ(sweep.trials[1].folds[0].validation_loss, -0.5);
  ASSERT_EQ(sweep.null_scores.size(), 3U);
  EXPECT_EQ(sweep.null_scores[0].validation_loss, 103.0);
}

TEST(Sweep, StoppedBeforeARoundIsWholeItKeepsTheFoldsOfOne) {
  Scripted model([](double d) { return ValleyAt(d, 1.0); }, 0.5);
  model.HaveFolds(6);
  model.StopAt(0, {0, 2, 5});
  const Sweep sweep = RunSweep(&model, {0.5, 1.0}, {2, 3});
  EXPECT_TRUE(sweep.interrupted);
  EXPECT_EQ(sweep.folds, (std::vector<int>{0, 2}));
  EXPECT_EQ(sweep.trials[1].folds.size(), 2U);
}

TEST(Sweep, StoppedBeforeTwoFoldsItHasNothingToReport) {
  Scripted model([](double d) { return ValleyAt(d, 1.0); }, 0.5);
  model.StopAt(0, {1});
  EXPECT_EQ(testing::ErrorOf([&] {
              RunSweep(&model, {0.5, 1.0});
            }),
            "interrupted before two folds were fitted; there is nothing to report yet");
}

TEST(Sweep, AnExtensionThatWasStoppedIsDropped) {
  Scripted model([](double d) { return ValleyAt(d, 1e4); }, 0.0);
  model.StopAt(1, {0});
  const Sweep sweep = RunSweep(&model, {});
  EXPECT_TRUE(sweep.interrupted);
  EXPECT_EQ(sweep.trials.size(), 61U);
  EXPECT_EQ(sweep.trials[0].folds.size(), 3U);
  EXPECT_TRUE(sweep.best_at_edge);
}

TEST(Sweep, WholeItSaysSo) {
  Scripted model([](double d) { return ValleyAt(d, 1.0); }, 0.0);
  model.HaveFolds(6);
  const Sweep sweep = RunSweep(&model, {0.5, 1.0}, {2, 3});
  EXPECT_FALSE(sweep.interrupted);
  EXPECT_EQ(sweep.repeats, 2);
  EXPECT_EQ(sweep.null_scores.size(), 6U);
}

TEST(Sweep, OneFailedFitOfARealModelChangesNothingElse) {
  DataOptions options;
  options.target = "diagnosis";
  options.folds = 3;
  options.rounds = 1;
  const Dataset data = PrepareDataset(ReadCsv(testing::DataPath("breast_cancer")), options);
  const std::vector<double> decays = {1e-4, 1e-3, 1e-2, 1e-1};
  const auto model = MakeLogistic({&data, 1, {}, {}});
  testing::FailingAt failing(MakeLogistic({&data, 1, {}, {}}), 1e-3);
  const Sweep all = RunSweep(model.get(), decays);
  const Sweep rest = RunSweep(&failing, decays);
  EXPECT_EQ(rest.unfit_decays, (std::vector<double>{1e-3}));
  ASSERT_EQ(rest.trials.size(), 3U);
  for (const std::size_t i : {0, 1, 2}) {
    const Trial& other = all.trials[i == 0 ? 0 : i + 1];
    EXPECT_EQ(rest.trials[i].decay, other.decay);
    EXPECT_EQ(rest.trials[i].MeanValidation(), other.MeanValidation());
  }
}

}  // namespace
}  // namespace halflife
