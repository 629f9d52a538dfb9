#include "tune/training/halving.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "tune/training/valley.h"

namespace halflife {
namespace {

using testing::ReplayTrainer;
using testing::SweepAndChoose;
using testing::SweepOptions;
using testing::Swept;
using testing::Valley;

using Positions = std::vector<std::size_t>;

// A decay whose loss goes from `first` to `last` in a straight line over so many epochs.
LossCurve Line(int epochs, double first, double last) {
  LossCurve curve;
  for (int e = 0; e < epochs; ++e)
    curve.losses.push_back(epochs > 1 ? first + (last - first) * e / (epochs - 1) : last);
  return curve;
}

bool Holds(const Positions& positions, std::size_t wanted) {
  return std::find(positions.begin(), positions.end(), wanted) != positions.end();
}

TEST(Halving, RungsAscendToTheWholeRun) {
  EXPECT_EQ(Rungs(10), (std::vector<int>{1, 3, 5, 10}));
  EXPECT_EQ(Rungs(1), (std::vector<int>{1}));
  EXPECT_EQ(Rungs(2), (std::vector<int>{1, 2}));
  EXPECT_EQ(Rungs(100), (std::vector<int>{6, 25, 50, 100}));
}

// Nine decays; position 6 leads clearly: it, those beside it and no decay go on.
TEST(Halving, AClearWinnerGoesOnWithItsNeighboursAndNoDecay) {
  std::vector<LossCurve> grid(9, Line(5, 2.0, 1.5));
  grid[5] = Line(5, 2.0, 1.35);
  grid[6] = Line(5, 2.0, 1.2);
  grid[7] = Line(5, 2.0, 1.3);
  grid[8] = Line(5, 2.0, 1.9);
  const Promotion promotion = Promote(grid, 5, 10);
  EXPECT_EQ(promotion.decays, (Positions{0, 5, 6, 7}));
  EXPECT_FALSE(promotion.at_top);
}

TEST(Halving, ABestAtTheTopSaysSo) {
  std::vector<LossCurve> grid(6, Line(5, 2.0, 1.5));
  grid[5] = Line(5, 2.0, 1.2);
  EXPECT_TRUE(Promote(grid, 5, 10).at_top);
}

// As above, but a neighbour of the winner that is out of reach stays behind where neighbours are
// dropped: position 7 is 0.7 behind and not catching up.
TEST(Halving, NeighboursOutOfReachAreDroppedWhereThatIsAsked) {
  std::vector<LossCurve> grid(9, Line(5, 2.0, 1.5));
  grid[5] = Line(5, 2.0, 1.25);
  grid[6] = Line(5, 2.0, 1.2);
  grid[7] = Line(5, 2.0, 1.9);
  grid[8] = Line(5, 2.0, 2.3);
  EXPECT_TRUE(Holds(Promote(grid, 5, 10).decays, 7));
  const HalvingWidth dropping = {.drops_neighbours = true};
  EXPECT_EQ(Promote(grid, 5, 10, dropping).decays, (Positions{0, 5, 6}));
}

// A decay that is called on again, as a scout, has not reached the epoch: nothing is known of it.
TEST(Halving, WhatWasSetAsideBeforeIsNotOutOfReach) {
  std::vector<LossCurve> grid(6, Line(5, 2.0, 1.5));
  grid[3] = Line(1, 2.0, 2.0);
  const HalvingWidth dropping = {.scouts = 3, .drops_neighbours = true};
  EXPECT_TRUE(Holds(Promote(grid, 5, 10).decays, 3));
  EXPECT_EQ(Promote(grid, 5, 10, dropping).decays, Promote(grid, 5, 10).decays);
}

// Of ten epochs the best and no decay have all, others half or one. Position 3 rises; 4 lies beyond
// it; 1 is on the way of the best, and 5 would be too but for its place.
TEST(Halving, WhatIsOutOfReachIsOutOfTheWayAndWhatLiesBeyondIt) {
  std::vector<LossCurve> grid = {Line(10, 2.0, 1.5), Line(5, 2.0, 1.6), Line(10, 2.0, 1.0),
                                 Line(5, 2.0, 2.6),  Line(1, 2.0, 2.0), Line(5, 2.0, 1.5)};
  EXPECT_EQ(ToFinish(grid, 10), (Positions{4, 1}));
  DropOutOfReach(grid, 10);
  const std::vector<bool> expected = {false, false, false, true, true, true};
  for (std::size_t k = 0; k < grid.size(); ++k) EXPECT_EQ(grid[k].diverged, expected[k]) << k;
  EXPECT_EQ(ToFinish(grid, 10), (Positions{1}));
  // Before anything has ended nothing is out of reach of the best.
  std::vector<LossCurve> begun = {Line(5, 2.0, 1.5), Line(5, 2.0, 1.0), Line(5, 2.0, 2.6)};
  DropOutOfReach(begun, 10);
  EXPECT_FALSE(begun[2].diverged);
}

// Position 5 is behind but catches up by 0.05 an epoch; position 6 is as far behind and does not.
TEST(Halving, CurvesThatAreGoingToCrossAreKept) {
  std::vector<LossCurve> grid(7, Line(5, 1.2, 1.2));
  grid[5] = Line(5, 1.5, 1.3);
  grid[4] = Line(5, 1.4, 1.22);
  grid[6] = Line(5, 1.9, 1.9);
  const Promotion promotion = Promote(grid, 5, 10);
  EXPECT_TRUE(Holds(promotion.decays, 5));
  EXPECT_FALSE(Holds(promotion.decays, 6));
}

TEST(Halving, WhereNoDecayLeadsAFewBelowTheHopelessOnesGoOn) {
  std::vector<LossCurve> grid(12, Line(1, 1.0, 1.0));
  grid[10] = Line(1, 1.1, 1.1);
  grid[11] = Line(1, 1.5, 1.5);
  const Promotion promotion = Promote(grid, 1, 10);
  EXPECT_EQ(promotion.decays, (Positions{0, 6, 8, 10}));
}

TEST(Halving, DivergedDecaysNeverGoOn) {
  std::vector<LossCurve> grid(9, Line(5, 2.0, 1.5));
  grid[6] = Line(5, 2.0, 1.2);
  grid[5].diverged = true;
  grid[7].diverged = true;
  const Promotion promotion = Promote(grid, 5, 10);
  EXPECT_FALSE(Holds(promotion.decays, 5));
  EXPECT_FALSE(Holds(promotion.decays, 7));
  EXPECT_TRUE(Holds(promotion.decays, 6));
}

TEST(Halving, WithoutARunAtZeroTheSmallestAliveIsComparedWith) {
  std::vector<LossCurve> grid(6, Line(5, 2.0, 1.5));
  grid[0].diverged = true;
  grid[4] = Line(5, 2.0, 1.2);
  const Promotion promotion = Promote(grid, 5, 10);
  EXPECT_FALSE(Holds(promotion.decays, 0));
  EXPECT_TRUE(Holds(promotion.decays, 1));
  EXPECT_TRUE(Holds(promotion.decays, 4));
}

TEST(Halving, TheNeighboursOfTheBestAreFinished) {
  std::vector<LossCurve> grid(8, Line(2, 2.0, 1.8));
  grid[0] = Line(10, 2.0, 1.0);
  grid[3] = Line(10, 2.0, 0.9);
  grid[5] = Line(10, 2.0, 0.7);
  EXPECT_EQ(ToFinish(grid, 10), (Positions{6, 4}));
  grid[4] = Line(10, 2.0, 0.8);
  grid[6] = Line(10, 2.0, 0.6);  // the best moves on
  EXPECT_EQ(ToFinish(grid, 10), (Positions{7}));
  grid[7] = Line(10, 2.0, 0.9);
  EXPECT_EQ(ToFinish(grid, 10), Positions());
}

TEST(Halving, AWideGapIsHalvedFirst) {
  std::vector<LossCurve> grid(9, Line(2, 2.0, 1.8));
  grid[0] = Line(10, 2.0, 1.0);
  grid[4] = Line(10, 2.0, 0.7);
  EXPECT_EQ(ToFinish(grid, 10), (Positions{6, 2}));
}

TEST(Halving, ADivergedNeighbourIsPassedOver) {
  std::vector<LossCurve> grid(4, Line(2, 2.0, 1.8));
  grid[0] = Line(10, 2.0, 1.0);
  grid[2] = Line(10, 2.0, 0.7);
  grid[1] = Line(10, 2.0, 0.9);
  grid[3].diverged = true;
  EXPECT_EQ(ToFinish(grid, 10), Positions());
}

TEST(Halving, ALeadWithinChanceIsNotFollowed) {
  std::vector<LossCurve> grid(9, Line(2, 2.0, 1.8));
  grid[0] = Line(10, 2.0, 1.0);
  grid[5] = Line(10, 2.0, 0.9995);  // 0.05 %: as good as equal
  EXPECT_EQ(ToFinish(grid, 10), Positions());
}

// Noise of 0.01 a loss is 0.014 a gap; sixteen decays of six epochs give it to about 10 %, and
// three times that is the margin.
TEST(Halving, GapNoiseFindsTheNoiseAlongTimeAndAlongDecays) {
  std::vector<LossCurve> grid(16);
  for (std::size_t k = 0; k < grid.size(); ++k) {
    Random random(1, k);
    for (int e = 0; e < 10; ++e) {
      const double trend = 1.0 - 0.02 * e + 0.01 * static_cast<double>(k);
      grid[k].losses.push_back(trend + 0.01 * random.Normal());
    }
  }
  EXPECT_NEAR(GapNoise(grid, 10), 0.0141, 0.0070);
  EXPECT_NEAR(GapNoise(grid, 1), 0.0141, 0.0070);
  for (LossCurve& curve : grid) curve = Line(10, 2.0, 1.0);
  EXPECT_DOUBLE_EQ(GapNoise(grid, 10), 1e-3);  // never below 0.1 %
  for (LossCurve& curve : grid) curve = Line(10, 8.0, 4.0);
  EXPECT_DOUBLE_EQ(GapNoise(grid, 10), 4e-3);  // of the loss
}

TEST(Halving, ARivalMayStillWinWhereOtherSeedsFavourItOrNoiseIsLarge) {
  const std::vector<double> alike = {0.05, 0.05, 0.05};
  EXPECT_FALSE(MayStillWin(0.1, 0.01, alike));
  EXPECT_TRUE(MayStillWin(0.1, 0.2, alike));
  const std::vector<double> better = {0.05, -0.15, -0.1};
  EXPECT_TRUE(MayStillWin(0.1, 0.01, better));
  EXPECT_TRUE(MayStillWin(-0.01, 0.0, alike));
}

// A family of sweeps with what makes early losses mislead, in the sizes seen on digits: a decay
// that wins at the end harms at first, by up to 3 % of the loss; what it gains, 0.3 % to 30 %,
// comes late; harm grows with the decay to some power and comes early or late; weak decays follow
// no decay; seeds differ in where their best lies; every loss has noise of 0.03 % to 1 % that grows
// with the epochs.
struct Family {
  double place, gain, harm, early_harm, gain_power, harm_power, noise, seeds_apart;
  int epochs;

  explicit Family(std::uint64_t index) {
    Random random(index, 9);
    place = std::pow(10.0, -3.0 + 3.0 * random.Uniform());
    gain = std::pow(10.0, -2.5 + 2.0 * random.Uniform());
    harm = 0.003 + 0.017 * random.Uniform();
    early_harm = 0.2 * random.Uniform();
    gain_power = 1.0 + 1.5 * random.Uniform();
    harm_power = 0.2 + 0.8 * random.Uniform();
    noise = std::pow(10.0, -3.5 + 1.5 * random.Uniform());
    seeds_apart = 0.3 * random.Uniform();
    epochs = random.Below(2) == 0 ? 10 : 20;
  }

  std::vector<EpochRecord> Curve(const RunKey& key) const {
    Random own(key.seed, 5);
    Random chance(key.seed, 1000 + static_cast<std::uint64_t>(1e7 * std::log1p(1e6 * key.decay)));
    const double x = key.decay / (place * std::exp(seeds_apart * own.Normal()));
    const double gained = gain * (1.0 - std::exp(-x));
    const double harmed = harm * std::pow(x, 1.8) / (1.0 + harm * std::pow(x, 1.8) / 3.0);
    const double level = 1.0 + 0.05 * own.Normal();
    std::vector<EpochRecord> curve(static_cast<std::size_t>(epochs));
    for (int e = 1; e <= epochs; ++e) {
      const double time = static_cast<double>(e) / epochs;
      curve[static_cast<std::size_t>(e) - 1].validation_loss =
          level + std::exp(-4.0 * time) + early_harm * x / (5.0 + x) * (1.0 - time) -
          gained * std::pow(time, gain_power) + harmed * std::pow(time, harm_power) +
          noise * std::sqrt(time) * chance.Normal();
    }
    return curve;
  }
};

TEST(Halving, MovesTheChoiceByMoreThanOneStepInAtMostFiveOfAHundredSweeps) {
  int moved = 0;
  double trainings = 0.0;
  double regret = 0.0;
  constexpr int kSweeps = 100;
  for (int i = 0; i < kSweeps; ++i) {
    const Family family(static_cast<std::uint64_t>(i));
    const auto trainer =
        std::make_shared<ReplayTrainer>([&](const RunKey& key) { return family.Curve(key); });
    TrainingSweepOptions options = SweepOptions(true);
    options.epochs = family.epochs;
    options.seed = 1 + 3 * static_cast<std::uint64_t>(i);
    const Swept full = SweepAndChoose(trainer, options);
    options.full = false;
    const Swept halved = SweepAndChoose(trainer, options);
    if (std::abs(full.place(full.best()) - full.place(halved.best())) > 1) ++moved;
    trainings += static_cast<double>(halved.sweep.epochs_trained) / family.epochs / kSweeps;
    const auto loss = [&](double decay) {
      double mean = 0.0;
      for (std::uint64_t s = 0; s < 3; ++s)
        mean += family.Curve({decay, 0.01, options.seed + s}).back().validation_loss / 3.0;
      return mean;
    };
    regret += (loss(halved.best()) / loss(full.best()) - 1.0) / kSweeps;
  }
  RecordProperty("moved", moved);
  RecordProperty("trainings", std::to_string(trainings));
  EXPECT_LE(moved, 5);
  EXPECT_LE(trainings, 12.0);  // of 48
  EXPECT_LE(regret, 0.002);
}

}  // namespace
}  // namespace halflife
