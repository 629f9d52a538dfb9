#include "tune/fold_choice.h"

#include <gtest/gtest.h>

#include <cmath>

#include "data/dataset.h"
#include "support/tables.h"
#include "tune/tune_model.h"

namespace halflife {
namespace {

// Losses of three folds at two decays, worked by hand: the optimism is (.3 + .1 + .2)/3 = .2 at 0
// and (.05 + .15 + .1)/3 = .1 at 1, so that a fold chooses 1 where its training loss there is
// higher by no more than .1.
TEST(ChooseInFolds, AddsTheMeanOptimismToTheTrainingLoss) {
  Sweep sweep;
  sweep.folds = {0, 1, 2};
  sweep.trials = {{0.0, {{0.5, 0.8, {}}, {0.5, 0.6, {}}, {0.5, 0.7, {}}}},
                  {1.0, {{0.5, 0.55, {}}, {0.61, 0.76, {}}, {0.59, 0.69, {}}}}};
  EXPECT_EQ(ChooseInFolds(sweep), (std::vector<std::size_t>{1, 0, 1}));
}

TEST(ChooseInFolds, OfEqualsItTakesTheLargestDecay) {
  Sweep sweep;
  sweep.folds = {0, 1};
  const std::vector<FoldScore> same = {{0.5, 0.5, {}}, {0.25, 0.5, {}}};
  sweep.trials = {{0.0, same}, {1.0, same}, {2.0, same}};
  EXPECT_EQ(ChooseInFolds(sweep), (std::vector<std::size_t>{2, 2}));
}

// It stands in for the choice by leave-one-out inside of every fold, and comes nearer to what that
// gains than the choice by the other folds' held-out losses, which leans to what the fold speaks
// against and seems to lose more.
TEST(ChooseInFolds, ComesNearerToLeaveOneOutThanTheOtherFoldsDo) {
  DataOptions options;
  options.target = "progression";
  const Dataset data = PrepareDataset(ReadCsv(testing::DataPath("diabetes")), options);
  const auto model = MakeLinear({&data, 1, {}, {}});
  const Sweep sweep = RunSweep(model.get(), {}, {5, 10});
  std::vector<double> decays;
  for (const Trial& trial : sweep.trials) decays.push_back(trial.decay);
  const auto loo = model->TrainingLeaveOneOut(decays);
  const std::vector<std::size_t> chosen = ChooseInFolds(sweep);
  double ours = 0.0;
  double nested = 0.0;
  double others = 0.0;
  for (std::size_t f = 0; f < 50; ++f) {
    std::size_t by_loo = 0;
    std::size_t by_others = 0;
    std::vector<double> sums(decays.size(), 0.0);
    for (std::size_t d = 0; d < decays.size(); ++d) {
      for (std::size_t g = f / 10 * 10; g < f / 10 * 10 + 10; ++g)
        sums[d] += g == f ? 0.0 : sweep.trials[d].folds[g].validation_loss;
      if (*loo[f][d] <= *loo[f][by_loo]) by_loo = d;
      if (sums[d] <= sums[by_others]) by_others = d;
    }
    const auto gain = [&](std::size_t d) {
      return sweep.trials[0].folds[f].validation_loss - sweep.trials[d].folds[f].validation_loss;
    };
    ours += gain(chosen[f]) / 50.0;
    nested += gain(by_loo) / 50.0;
    others += gain(by_others) / 50.0;
  }
  EXPECT_LT(std::fabs(ours - nested), std::fabs(others - nested));
  EXPECT_LT(others, nested);
}

}  // namespace
}  // namespace halflife
