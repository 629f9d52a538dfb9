#include "tune/sweep.h"

#include <gtest/gtest.h>

#include <cmath>

#include "halflife/error.h"

namespace halflife {
namespace {

// A model whose validation loss is a given function of the decay, the same in every fold but for a
// spread.
class Scripted : public Model {
 public:
  Scripted(std::function<double(double)> loss, double spread, bool has_zero = true)
      : loss_(std::move(loss)), spread_(spread), has_zero_(has_zero) {}

  Vector Curvature() const override { return Vector::Ones(4); }
  const Standardizer& standardizer() const override { return standardizer_; }
  std::vector<Fit> FitAll(std::span<const double>) override { return {}; }
  std::vector<std::vector<FoldScore>> ScoreFolds(std::span<const double> decays) override {
    std::vector<std::vector<FoldScore>> scores;
    for (const double decay : decays) {
      scores.emplace_back();
      if (decay == 0.0 && !has_zero_) continue;
      for (const double offset : {-spread_, 0.0, spread_})
        scores.back().push_back({0.0, loss_(decay) + offset, 0.0});
    }
    return scores;
  }

 private:
  std::function<double(double)> loss_;
  double spread_;
  bool has_zero_;
  Standardizer standardizer_;
};

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
  EXPECT_EQ(sweep.notes, (std::vector<std::string>{"separable: no finite fit without decay"}));
  EXPECT_THROW(RunSweep(&model, {0.0}), Error);
}

TEST(Sweep, BestAtDecayZeroIsNoEdge) {
  Scripted model([](double d) { return d; }, 0.0);
  const Sweep sweep = RunSweep(&model, {});
  EXPECT_EQ(BestDecay(sweep), 0.0);
  EXPECT_FALSE(sweep.best_at_edge);
}

TEST(Sweep, StopsWhereMoreDecayChangesNothing) {
  Scripted model([](double d) { return 1.0 + 1e-9 / (1.0 + d); }, 0.0);
  const Sweep sweep = RunSweep(&model, {});
  EXPECT_EQ(sweep.trials.size(), 61U);
  EXPECT_TRUE(sweep.best_at_edge);
}

}  // namespace
}  // namespace halflife
