// Weighted fits: whole-number weights against repeated rows, any weights against plain formulas.
#include <gtest/gtest.h>

#include "model/fitted.h"
#include "model/model.h"
#include "support/datasets.h"
#include "support/matrices.h"
#include "support/plain_fits.h"

namespace halflife {
namespace {

using testing::Numbers;

// Three numbers and a text column; `classes` 0: a regression. Whole weights from 1 to 4.
Dataset Weighted(int classes, bool ordered, uint64_t seed) {
  constexpr std::size_t kRows = 90;
  Random random(seed);
  std::vector<Column> columns;
  for (const char* name : {"a", "b", "c"}) {
    std::vector<double> values;
    for (std::size_t i = 0; i < kRows; ++i) values.push_back(random.Normal());
    columns.push_back(Numbers(name, std::move(values)));
  }
  std::vector<int32_t> codes;
  Vector y(kRows);
  std::vector<int32_t> own;
  for (std::size_t i = 0; i < kRows; ++i) {
    codes.push_back(static_cast<int32_t>(random.Below(3)));
    const double mean = columns[0].numbers[i] - 0.5 * columns[1].numbers[i] + codes.back();
    y(static_cast<Eigen::Index>(i)) = mean + random.Normal();
    own.push_back(static_cast<int32_t>(
        std::min(std::max(0.0, std::floor(y(static_cast<Eigen::Index>(i)) + 1.0)),
                 static_cast<double>(std::max(classes, 1) - 1))));
  }
  columns.push_back(testing::Text("t", codes, {"p", "q", "r"}));
  Dataset data = testing::MakeDataset(
      std::move(columns),
      classes == 0 ? testing::NumberTarget(y) : testing::ClassTarget(own, classes),
      ordered ? testing::InOrder(kRows, 3) : testing::RoundRobin(kRows, 4));
  for (double& weight : data.weights) weight = 1.0 + static_cast<double>(random.Below(4));
  return data;
}

// Each row as many times as its weight says, folds and all.
Dataset Repeated(const Dataset& data) {
  std::vector<Eigen::Index> rows;
  for (Eigen::Index i = 0; i < data.weights.size(); ++i)
    rows.insert(rows.end(), static_cast<std::size_t>(data.weights(i)), i);
  Dataset repeated = data;
  repeated.design = data.design.WithRows({rows.begin(), rows.end()});
  repeated.weights = Vector::Ones(static_cast<Eigen::Index>(rows.size()));
  if (data.target.task == Task::kRegression) repeated.target.numbers = data.target.numbers(rows);
  repeated.target.classes.clear();
  repeated.folds[0].of_row.clear();
  for (const Eigen::Index row : rows) {
    const auto at = static_cast<std::size_t>(row);
    repeated.folds[0].of_row.push_back(data.folds[0].of_row[at]);
    if (data.target.task == Task::kClassification)
      repeated.target.classes.push_back(data.target.classes[at]);
  }
  return repeated;
}

std::unique_ptr<Model> ModelOf(const Dataset& data) {
  const ModelContext context{&data, 1, {}, {}};
  return data.target.task == Task::kRegression ? MakeLinear(context) : MakeLogistic(context);
}

void ExpectSame(const FoldScore& a, const FoldScore& b, double tolerance) {
  EXPECT_NEAR(a.train_loss, b.train_loss, tolerance);
  EXPECT_NEAR(a.validation_loss, b.validation_loss, tolerance);
  // Sums over held-out rows, at most 120 of them.
  EXPECT_NEAR(a.held.squared_error, b.held.squared_error, 240 * tolerance);
  EXPECT_NEAR(a.held.squared_distance, b.held.squared_distance, 240 * tolerance);
  EXPECT_EQ(a.held.rows, b.held.rows);
  EXPECT_EQ(a.held.right, b.held.right);
  ASSERT_EQ(a.held.auc.has_value(), b.held.auc.has_value());
  if (!a.held.auc) return;
  EXPECT_NEAR(*a.held.auc, *b.held.auc, 1e-13);  // sums of whole numbers, divided
  EXPECT_NEAR(*a.held.average_precision, *b.held.average_precision, 1e-13);
}

struct Kind {
  int classes;
  bool ordered;
};

class WholeWeights : public ::testing::TestWithParam<Kind> {};

TEST_P(WholeWeights, EqualRepeatedRows) {
  // Ridge: rounding of problems of condition below 100. Log loss: a gradient of 1e-8 would leave
  // more, but both take the same steps, the last of them below 1e-7 and so right to its square.
  const double tolerance = GetParam().classes == 0 ? 1e-12 : 1e-9;
  const std::vector<double> decays = {1e-5, 1e-2, 0.3, 10.0};
  for (uint64_t seed = 1; seed <= 5; ++seed) {
    const Dataset weighted = Weighted(GetParam().classes, GetParam().ordered, seed);
    const Dataset repeated = Repeated(weighted);
    const auto one = ModelOf(weighted);
    const auto other = ModelOf(repeated);
    EXPECT_LT((one->Curvature() - other->Curvature()).norm(), 1e-12);
    const std::vector<DecayScores> scores = one->ScoreFolds(decays);
    const std::vector<DecayScores> others = other->ScoreFolds(decays);
    const std::vector<Fit> fits = one->FitAll(decays);
    const std::vector<Fit> other_fits = other->FitAll(decays);
    for (std::size_t d = 0; d < decays.size(); ++d) {
      ASSERT_EQ(scores[d].status, FitStatus::kFitted);
      ASSERT_EQ(scores[d].folds.size(), others[d].folds.size());
      for (std::size_t f = 0; f < scores[d].folds.size(); ++f)
        ExpectSame(scores[d].folds[f], others[d].folds[f], tolerance);
      // At decay 1e-5 the weights of columns that sum to a constant have a curvature of 1e-5 alone,
      // but their gradient has no part along it.
      EXPECT_LT((fits[d].weights - other_fits[d].weights).norm(), tolerance);
      EXPECT_NEAR(fits[d].loss, other_fits[d].loss, tolerance);
      EXPECT_NEAR(*fits[d].effective_dof, *other_fits[d].effective_dof, 10 * tolerance);
      ASSERT_EQ(fits[d].gcv.has_value(), GetParam().classes == 0);
      if (fits[d].gcv) {
        EXPECT_NEAR(*fits[d].gcv, *other_fits[d].gcv, tolerance);
        // Some 200 times the logarithm of a loss.
        EXPECT_NEAR(*fits[d].log_evidence, *other_fits[d].log_evidence, 1e3 * tolerance);
      }
      EXPECT_NEAR(MakeFittedModel(weighted, one->standardizer(), fits[d], decays[d]).loss,
                  fits[d].loss, tolerance);
    }
    const std::vector<FoldScore> null = one->NullScores();
    const std::vector<FoldScore> other_null = other->NullScores();
    for (std::size_t f = 0; f < null.size(); ++f) ExpectSame(null[f], other_null[f], 1e-12);
  }
}

INSTANTIATE_TEST_SUITE_P(Families, WholeWeights,
                         ::testing::Values(Kind{0, false}, Kind{0, true}, Kind{2, false},
                                           Kind{2, true}, Kind{4, false}));

// Every fold of weights that are no whole numbers, ordered or not, against fits in long double.
TEST_P(WholeWeights, EveryFoldIsThePlainFitOfItsTrainingRows) {
  const int classes = GetParam().classes;
  const int outputs = classes > 2 ? classes : 1;
  Dataset data = Weighted(classes, GetParam().ordered, 7);
  Random random(8);
  for (double& weight : data.weights) weight = std::exp(2.0 * random.Normal());
  const auto model = ModelOf(data);
  const std::vector<double> decays = {1e-3, 0.1};
  const std::vector<DecayScores> scores = model->ScoreFolds(decays);
  for (int fold = 0; fold < data.folds[0].count; ++fold) {
    const auto training = data.folds[0].Training(fold);
    const auto rows = testing::PlainRowsOf(data, training, training);
    const auto held = testing::PlainRowsOf(data, training, data.folds[0].Held(fold));
    for (std::size_t d = 0; d < decays.size(); ++d) {
      const auto fit = classes == 0 ? testing::PlainRidge(rows, decays[d])
                                    : testing::PlainLogistic(rows, outputs, decays[d]);
      const auto loss = [&](const testing::PlainRows& of) {
        return static_cast<double>(classes == 0 ? testing::PlainSquaredLoss(of, fit)
                                                : testing::PlainLogLoss(of, fit));
      };
      const FoldScore& score = scores[d].folds[static_cast<std::size_t>(fold)];
      // The last step changes no logit by more than 1e-7 and ends within its square.
      EXPECT_NEAR(score.train_loss, loss(rows), 1e-9);
      EXPECT_NEAR(score.validation_loss, loss(held), 1e-9);
    }
  }
}

}  // namespace
}  // namespace halflife
