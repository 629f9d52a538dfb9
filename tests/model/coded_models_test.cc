// Fits that read text columns by their codes, against those that lay them out as 0s and 1s.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "data/row_set.h"
#include "model/model.h"
#include "model/standardizer.h"
#include "support/crossed.h"

namespace halflife {
namespace {

// What is allowed between two fits of one problem, as a share: of a loss, and of the weights' norm.
void ExpectSameFits(const Dataset& data, const std::vector<double>& decays, double of_loss,
                    double of_weights) {
  const bool classes = data.target.task == Task::kClassification;
  const auto dense = testing::CodedOrNot(data, false);
  const auto coded = testing::CodedOrNot(data, true);
  const std::vector<DecayScores> wanted = dense->ScoreFolds(decays);
  const std::vector<DecayScores> got = coded->ScoreFolds(decays);
  EXPECT_EQ(coded->DoneFolds(), dense->DoneFolds());
  std::vector<double> fitted;
  for (std::size_t d = 0; d < decays.size(); ++d) {
    ASSERT_EQ(got[d].status, wanted[d].status) << decays[d];
    if (got[d].status == FitStatus::kFitted) fitted.push_back(decays[d]);
    ASSERT_EQ(got[d].folds.size(), wanted[d].folds.size());
    for (std::size_t f = 0; f < got[d].folds.size(); ++f) {
      const FoldScore& a = got[d].folds[f];
      const FoldScore& b = wanted[d].folds[f];
      EXPECT_NEAR(a.train_loss, b.train_loss, of_loss * b.train_loss) << decays[d];
      EXPECT_NEAR(a.validation_loss, b.validation_loss, of_loss * b.validation_loss) << decays[d];
      EXPECT_NEAR(a.held.squared_error, b.held.squared_error, of_loss * b.held.squared_error);
      EXPECT_NEAR(a.held.squared_distance, b.held.squared_distance,
                  of_loss * b.held.squared_distance);
      EXPECT_EQ(a.held.rows, b.held.rows);
      EXPECT_EQ(a.held.right, b.held.right);
    }
  }
  const std::vector<Fit> fits = coded->FitAll(fitted);
  const std::vector<Fit> others = dense->FitAll(fitted);
  for (std::size_t d = 0; d < fitted.size(); ++d) {
    // Both classifiers end with gradients of up to 1e-8; from decay 1 on curvatures are at least
    // the decay.
    const double gradient = classes ? 2e-8 / std::max(1.0, fitted[d]) : 0.0;
    EXPECT_LE((fits[d].weights - others[d].weights).norm(),
              of_weights * others[d].weights.norm() + gradient)
        << fitted[d];
    EXPECT_NEAR(fits[d].loss, others[d].loss, of_loss * others[d].loss);
    EXPECT_LE((fits[d].intercept - others[d].intercept).norm(), 1e-8);
  }
}

class CodedShapes : public ::testing::TestWithParam<testing::CrossedShape> {};

// Conditions are below 1e5 here: roundings of eps are 1e-11 of the weights, times what a few
// hundred terms make of them.
TEST_P(CodedShapes, RidgeEqualsTheDenseFit) {
  testing::Crossed made = testing::PlainCrossed(1);
  GetParam().make(&made);
  ExpectSameFits(testing::DatasetOf(std::move(made), 0), {0.0, 1e-9, 1e-5, 1e-3, 0.1, 10.0, 1e8},
                 1e-9, 1e-8);
}

// A gradient of 1e-8 leaves 1e-8 / decay in the weights; the last step, whose error is the square
// of the one before, in fact leaves far less. 1e-8 is what is promised.
TEST_P(CodedShapes, LogisticEqualsTheDenseFit) {
  testing::Crossed made = testing::PlainCrossed(2);
  GetParam().make(&made);
  ExpectSameFits(testing::DatasetOf(std::move(made), 2), {0.0, 1e-4, 1e-2, 0.3, 1e3}, 1e-9, 1e-8);
}

TEST_P(CodedShapes, SoftmaxEqualsTheDenseFit) {
  testing::Crossed made = testing::PlainCrossed(3);
  GetParam().make(&made);
  ExpectSameFits(testing::DatasetOf(std::move(made), 3), {0.0, 1e-3, 0.1}, 1e-8, 1e-7);
}

// In every fold's training rows each level has every class many times: a finite fit without decay,
// which the shapes above lack. Of the many that are as good it is the one of least norm, and near
// decay 0 the others are no further from theirs.
TEST(CodedModels, ClassifiersWithoutDecayEqualTheDenseFit) {
  for (const int classes : {2, 3}) {
    testing::Crossed made = testing::PlainCrossed(15);
    made.many_levels = 8;
    made.some_levels = 5;
    for (std::size_t i = 0; i < testing::kCrossedRows; ++i) {
      made.many[i] = static_cast<int32_t>(i / 4 % 8);
      made.some[i] = static_cast<int32_t>(i / 32 % 5);
    }
    made.further.push_back(testing::Numbers("again", made.first));
    const Dataset data = testing::DatasetOf(std::move(made), classes);
    ASSERT_EQ(testing::CodedOrNot(data, true)->ScoreFolds(std::vector<double>{0.0}).front().status,
              FitStatus::kFitted);
    ExpectSameFits(data, {0.0, 1e-7, 1e-5}, 1e-9, 1e-8);
  }
}

TEST_P(CodedShapes, RidgeWithColumnsNotDecayedEqualsTheDenseFit) {
  testing::Crossed made = testing::PlainCrossed(12);
  GetParam().make(&made);
  Dataset data = testing::DatasetOf(std::move(made), 0);
  testing::LeaveUndecayed(&data);
  ExpectSameFits(data, {0.0, 1e-5, 1e-3, 0.1, 10.0}, 1e-9, 1e-8);
}

// The norm of the gradient of mean loss and penalty in all weights and the intercept.
double GradientNorm(const Dataset& data, const Standardizer& learnt, const Fit& fit, double decay) {
  const std::vector<uint32_t> rows = RowsInOrder(data.target.rows());
  const Matrix values = Standardize(data.design, learnt, rows);
  const Vector logits = (values.transpose() * fit.weights.col(0)).array() + fit.intercept(0);
  Vector errors = (1.0 + (-logits.array()).exp()).inverse();
  for (std::size_t i = 0; i < rows.size(); ++i)
    errors(static_cast<Eigen::Index>(i)) -= data.target.classes[i];
  errors.array() *= data.weights.array() / data.weights.sum();
  Vector gradient = values * errors;
  for (std::size_t k = 0; k < learnt.kept.size(); ++k) {
    const auto at = static_cast<Eigen::Index>(k);
    if (!data.undecayed[static_cast<std::size_t>(learnt.kept[k])])
      gradient(at) += decay * fit.weights(at, 0);
  }
  return std::hypot(gradient.norm(), errors.sum());
}

// Whether every level of the text columns that are not decayed has both classes, in every fold's
// training rows: else no decay gives a finite fit.
bool EveryLevelHasBothClasses(const Dataset& data) {
  for (int fold = 0; fold < testing::kCrossedFolds; ++fold) {
    for (std::size_t c = 2; c < data.design.columns.size(); ++c) {
      const DesignColumn& of = data.design.columns[c];
      if (!of.is_text()) continue;
      std::map<int32_t, std::set<int32_t>> classes;
      for (const uint32_t row : data.folds[0].Training(fold))
        classes[of.column->codes[row]].insert(data.target.classes[row]);
      for (const auto& [level, own] : classes) {
        if (own.size() < 2) return false;
      }
    }
  }
  return true;
}

TEST_P(CodedShapes, LogisticWithColumnsNotDecayedIsAtItsMinimum) {
  testing::Crossed made = testing::PlainCrossed(13);
  GetParam().make(&made);
  Dataset data = testing::DatasetOf(std::move(made), 2);
  testing::LeaveUndecayed(&data);
  const std::vector<double> decays = {1e-4, 1e-2, 0.3};
  const auto coded = testing::CodedOrNot(data, true);
  const bool finite = EveryLevelHasBothClasses(data);
  for (const DecayScores& scores : coded->ScoreFolds(decays))
    ASSERT_EQ(scores.status, finite ? FitStatus::kFitted : FitStatus::kFailed);
  if (!finite) return;
  const std::vector<Fit> fits = coded->FitAll(decays);
  for (std::size_t d = 0; d < decays.size(); ++d) {
    // 1e-8 is what is promised; sums of 600 rows, whose rounding is far below.
    EXPECT_LT(GradientNorm(data, coded->standardizer(), fits[d], decays[d]), 1.01e-8);
  }
}

TEST(CodedModels, SayThatColumnsNotDecayedLeaveNoFit) {
  testing::Crossed made = testing::PlainCrossed(14);
  Dataset data = testing::DatasetOf(made, 2);
  testing::LeaveUndecayed(&data);
  for (std::size_t i = 0; i < testing::kCrossedRows; ++i)
    data.target.classes[i] = made.first[i] > 0.0 ? 1 : 0;
  const std::vector<DecayScores> scores =
      testing::CodedOrNot(data, true)->ScoreFolds(std::vector<double>{0.0, 0.1});
  EXPECT_EQ(scores[0].status, FitStatus::kNoFiniteFit);
  EXPECT_EQ(scores[1].status, FitStatus::kFailed);
}

INSTANTIATE_TEST_SUITE_P(All, CodedShapes, ::testing::ValuesIn(testing::CrossedShapes()),
                         [](const auto& of) { return std::string(of.param.name); });

// Two numbers alike but for 1e-5 of their spread: an eigenvalue of 1e-10, below what a Gram matrix
// tells. Along it weights of size 1e3 are known to eps * 1e3 / 1e-10, a thousandth, which moves a
// row by 1e-5 of that and a mean over held-out rows, whose errors differ in sign, by some 1e-8.
TEST(CodedModels, RidgeOfNearlyTheSameNumbersEqualsTheDenseFit) {
  testing::Crossed made = testing::PlainCrossed(1);
  Random random(7);
  for (std::size_t i = 0; i < testing::kCrossedRows; ++i)
    made.second[i] = made.first[i] + 1e-5 * random.Normal();
  ExpectSameFits(testing::DatasetOf(std::move(made), 0), {0.0, 1e-12, 1e-8, 1e-3}, 2e-8, 1e-3);
}

TEST(CodedChain, RidgeAndLogisticEqualTheDenseFit) {
  // The smallest eigenvalue is about (pi / 300)^2 of the largest: conditions of 1e5.
  ExpectSameFits(testing::DatasetOf(testing::ChainCrossed(), 0), {0.0, 1e-7, 1e-5, 1e-2, 1.0}, 1e-9,
                 1e-8);
  ExpectSameFits(testing::DatasetOf(testing::ChainCrossed(), 2), {1e-5, 1e-3, 1e-1}, 1e-9, 1e-8);
}

TEST(CodedModels, GiveTheSameBytesForAnyNumberOfThreads) {
  for (const int classes : {0, 2, 3}) {
    const Dataset data = testing::DatasetOf(testing::PlainCrossed(7), classes);
    const std::vector<double> decays = {1e-3, 0.1};
    const auto one = testing::CodedOrNot(data, true, 1);
    const auto two = testing::CodedOrNot(data, true, 3);
    EXPECT_EQ(one->Curvature(), two->Curvature());
    const std::vector<DecayScores> a = one->ScoreFolds(decays);
    const std::vector<DecayScores> b = two->ScoreFolds(decays);
    for (std::size_t d = 0; d < decays.size(); ++d) {
      for (std::size_t f = 0; f < a[d].folds.size(); ++f) {
        EXPECT_EQ(a[d].folds[f].train_loss, b[d].folds[f].train_loss);
        EXPECT_EQ(a[d].folds[f].validation_loss, b[d].folds[f].validation_loss);
      }
      EXPECT_EQ(one->FitAll(decays)[d].weights, two->FitAll(decays)[d].weights);
      EXPECT_EQ(one->FitAll(decays)[d].effective_dof, two->FitAll(decays)[d].effective_dof);
    }
  }
}

// Hutchinson's estimate from q probes of signs has a variance of 2/q times the sum of squares
// beside the diagonal of (G + decay)^-1 G, at most 2/q times the degrees of freedom; four standard
// deviations.
TEST(CodedModels, EstimateTheDegreesOfFreedom) {
  for (const bool undecayed : {false, true}) {
    for (const int classes : {0, 2}) {
      Dataset data = testing::DatasetOf(testing::PlainCrossed(8), classes);
      if (undecayed) testing::LeaveUndecayed(&data);
      const std::vector<double> decays = {1e-3, 0.1, 1.0};
      const auto dense = testing::CodedOrNot(data, false);
      const auto coded = testing::CodedOrNot(data, true);
      const double probes = classes == 0 ? 8.0 : 2.0;
      coded->ScoreFolds(decays);
      dense->ScoreFolds(decays);
      for (std::size_t d = 0; d < decays.size(); ++d) {
        const Fit fit = coded->FitAll(decays)[d];
        const double exact = *dense->FitAll(decays)[d].effective_dof;
        EXPECT_TRUE(fit.dof_is_estimate);
        EXPECT_NEAR(*fit.effective_dof, exact, 4.0 * std::sqrt(2.0 / probes * exact)) << decays[d];
      }
    }
  }
}

TEST(CodedModels, LayTheGridOverAsManyEigenvalues) {
  const Dataset data = testing::DatasetOf(testing::PlainCrossed(9), 0);
  const Vector exact = testing::CodedOrNot(data, false)->Curvature();
  const Vector about = testing::CodedOrNot(data, true)->Curvature();
  // Two text columns each take one direction away from the standardised features.
  EXPECT_EQ(about.size(), exact.size());
  // Lanczos finds the ends of a spectrum to all digits in 60 steps of 120; in the middle each of
  // eight probes counts eigenvalues to a standard deviation of sqrt(2 * 60).
  EXPECT_NEAR(about(0), exact(0), 1e-9 * exact(0));
  EXPECT_NEAR(about.sum(), exact.sum(), 4.0 * std::sqrt(2.0 / 8.0 * exact.squaredNorm()));
}

TEST(CodedModels, EndWithTheFoldsDoneWhenStopped) {
  for (const int classes : {0, 2}) {
    const Dataset data = testing::DatasetOf(testing::PlainCrossed(10), classes);
    // A line asks before all rows and each fold; a classifier once as it prepares each of the five,
    // then before each of their two decays.
    int left = classes == 0 ? 3 : 5 + 6;
    ModelContext context{&data, 1, {}, [&] { return left-- <= 0; }};
    context.coded = true;
    const auto model = classes == 0 ? MakeLinear(context) : MakeLogistic(context);
    const std::vector<double> decays = {1e-2, 0.1};
    const std::vector<DecayScores> scores = model->ScoreFolds(decays);
    const std::vector<int> done = model->DoneFolds();
    EXPECT_EQ(done, (std::vector<int>{0, 1}));
    EXPECT_EQ(scores[0].folds.size(), done.size());
    const std::vector<DecayScores> all = testing::CodedOrNot(data, true)->ScoreFolds(decays);
    for (std::size_t i = 0; i < done.size(); ++i)
      EXPECT_EQ(scores[0].folds[i].validation_loss,
                all[0].folds[static_cast<std::size_t>(done[i])].validation_loss);
  }
}

TEST(CodedModels, SayThatALevelOfOneClassLeavesNoFitWithoutDecay) {
  testing::Crossed made = testing::PlainCrossed(11);
  Dataset data = testing::DatasetOf(made, 2);
  for (std::size_t i = 0; i < testing::kCrossedRows; ++i) {
    if (made.many[i] == 3) data.target.classes[i] = 1;
  }
  EXPECT_EQ(testing::CodedOrNot(data, true)->ScoreFolds(std::vector<double>{0.0})[0].status,
            FitStatus::kNoFiniteFit);
}

}  // namespace
}  // namespace halflife
