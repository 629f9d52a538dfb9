// A model that is told to stop keeps the folds that are done.
#include <gtest/gtest.h>

#include <numeric>

#include "model/model.h"
#include "support/datasets.h"
#include "support/matrices.h"

namespace halflife {
namespace {

// 60 rows, a number that tells and one that does not, two rounds of four folds.
Dataset TwoRounds(bool regression) {
  Random random(5);
  std::vector<double> a;
  std::vector<double> b;
  std::vector<int32_t> classes;
  Vector y(60);
  for (Eigen::Index i = 0; i < 60; ++i) {
    a.push_back(random.Normal());
    b.push_back(random.Normal());
    y(i) = a.back() + random.Normal();
    classes.push_back(y(i) > 0.0 ? 1 : 0);
  }
  Dataset data =
      testing::MakeDataset({testing::Numbers("a", a), testing::Numbers("b", b)},
                           regression ? testing::NumberTarget(y) : testing::ClassTarget(classes, 2),
                           testing::RoundRobin(60, 4));
  data.folds.push_back(data.folds[0]);
  return data;
}

// Asked at every fit; true from the time on that it was asked `calls` times.
std::function<bool()> StopAfter(int calls) {
  return [left = calls]() mutable { return left-- <= 0; };
}

std::vector<int> FirstFolds(int count) {
  std::vector<int> folds(static_cast<std::size_t>(count));
  std::iota(folds.begin(), folds.end(), 0);
  return folds;
}

TEST(Stopping, LinearKeepsTheFoldsThatAreDone) {
  const Dataset data = TwoRounds(true);
  const std::vector<double> decays = {0.1, 1.0};
  const auto whole = MakeLinear({&data, 1, {}, {}});
  const std::vector<DecayScores> all = whole->ScoreFolds(decays);
  EXPECT_EQ(whole->DoneFolds(), FirstFolds(8));
  const auto model = MakeLinear({&data, 1, {}, StopAfter(4)});  // all rows, then three folds
  const std::vector<DecayScores> scores = model->ScoreFolds(decays);
  EXPECT_EQ(model->DoneFolds(), FirstFolds(3));
  ASSERT_EQ(scores[1].folds.size(), 3U);
  EXPECT_EQ(scores[1].folds[2].validation_loss, all[1].folds[2].validation_loss);
  EXPECT_EQ(model->FitAll(decays)[0].loss, whole->FitAll(decays)[0].loss);
}

TEST(Stopping, LogisticKeepsTheFoldsThatAreDoneForAllDecays) {
  const Dataset data = TwoRounds(false);
  const std::vector<double> decays = {0.1, 1.0};
  const auto whole = MakeLogistic({&data, 1, {}, {}});
  const std::vector<DecayScores> all = whole->ScoreFolds(decays);
  EXPECT_EQ(whole->DoneFolds(), FirstFolds(8));
  // Asked before all rows, before the round and its decays, then before each fold: two are done.
  const auto model = MakeLogistic({&data, 1, {}, StopAfter(3 + 2)});
  const std::vector<DecayScores> scores = model->ScoreFolds(decays);
  EXPECT_EQ(model->DoneFolds(), FirstFolds(2));
  ASSERT_EQ(scores[0].folds.size(), 2U);
  EXPECT_EQ(scores[0].folds[1].validation_loss, all[0].folds[1].validation_loss);
  EXPECT_EQ(model->FitAll(decays)[0].loss, whole->FitAll(decays)[0].loss);
}

TEST(Stopping, WithoutTheFitOnAllRowsNoFoldIsDone) {
  for (const bool regression : {true, false}) {
    const Dataset data = TwoRounds(regression);
    const ModelContext context{&data, 1, {}, StopAfter(0)};
    const auto model = regression ? MakeLinear(context) : MakeLogistic(context);
    model->ScoreFolds(std::vector<double>{1.0});
    EXPECT_TRUE(model->DoneFolds().empty());
    EXPECT_EQ(model->Curvature().size(), 0);
  }
}

TEST(Stopping, AsksNoMoreOnceTheAnswerWasYes) {
  const Dataset data = TwoRounds(false);
  int asked = 0;
  const auto model = MakeLogistic({&data, 1, {}, [&] { return ++asked > 0; }});
  model->ScoreFolds(std::vector<double>{1.0});
  EXPECT_EQ(asked, 1);
}

}  // namespace
}  // namespace halflife
