// Fits that read text columns by their codes, against those that lay them out as 0s and 1s.
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>

#include "linalg/one_blas_thread.h"
#include "model/category_schur.h"
#include "model/coded_rows.h"
#include "model/krylov.h"
#include "model/model.h"
#include "support/datasets.h"
#include "support/matrices.h"
#include "support/plain_fits.h"

namespace halflife {
namespace {

using testing::Numbers;
using testing::Text;

constexpr std::size_t kRows = 600;
constexpr int kFolds = 4;

// Two crossed text columns and two numbers; a shape is what its kind makes of them.
struct Crossed {
  std::vector<int32_t> many;
  std::vector<int32_t> some;
  int many_levels = 90;
  int some_levels = 30;
  std::vector<double> first;
  std::vector<double> second;
  std::vector<Column> further;
  Vector weights = Vector::Ones(kRows);
  bool ordered = false;
};

std::vector<std::string> NamesOf(const std::string& prefix, int count) {
  std::vector<std::string> names;
  for (int i = 0; i < count; ++i) names.push_back(prefix + std::to_string(1000 + i));
  return names;
}

Crossed Plain(uint64_t seed) {
  Crossed made;
  Random random(seed);
  for (std::size_t i = 0; i < kRows; ++i) {
    // Levels of unequal size, the last ones of a row or two.
    made.many.push_back(static_cast<int32_t>(std::pow(random.Uniform(), 1.5) * made.many_levels));
    made.some.push_back(static_cast<int32_t>(random.Below(30)));
    made.first.push_back(random.Normal());
    made.second.push_back(1e3 + random.Normal());
  }
  return made;
}

struct Shape {
  const char* name;
  std::function<void(Crossed*)> make;
};

void PrintTo(const Shape& shape, std::ostream* out) { *out << shape.name; }

std::vector<Shape> Shapes() {
  return {
      {"Plain", [](Crossed*) {}},
      {"LevelsOfOneRow",
       [](Crossed* made) {
         for (std::size_t i = 0; i < 60; ++i) made->many[i] = 90 + static_cast<int32_t>(i);
         made->many_levels = 150;
       }},
      {"LevelsOnlyHeldOut",
       [](Crossed* made) {
         // Rows of fold 1, by RoundRobin.
         for (std::size_t i = 1; i < kRows; i += 12) made->some[i] = 30;
         made->some_levels = 31;
       }},
      {"ConstantWhereOneFoldTrains",
       [](Crossed* made) {
         std::vector<int32_t> codes(kRows, 0);
         for (std::size_t i = 2; i < kRows; i += 8) codes[i] = 1;
         made->further.push_back(Text("flag", codes, {"no", "yes"}));
       }},
      {"Weights",
       [](Crossed* made) {
         Random random(5);
         for (double& weight : made->weights) weight = std::exp(random.Normal());
       }},
      {"MissingCells",
       [](Crossed* made) {
         Random random(6);
         for (std::size_t i = 0; i < kRows; ++i) {
           if (random.Below(10) == 0) made->many[i] = Column::kMissing;
           if (random.Below(10) == 0) made->some[i] = Column::kMissing;
           if (random.Below(10) == 0) made->second[i] = std::nan("");
         }
       }},
      {"DuplicatedColumns",
       [](Crossed* made) {
         made->further.push_back(Text("again", made->some, NamesOf("t", made->some_levels)));
         made->further.push_back(Numbers("again too", made->first));
       }},
      {"Nested",
       [](Crossed* made) {
         std::vector<int32_t> outer;
         for (const int32_t code : made->many) outer.push_back(code / 7);
         made->further.push_back(Text("outer", outer, NamesOf("o", 13)));
       }},
      {"DisconnectedParts",
       [](Crossed* made) {
         for (std::size_t i = 0; i < kRows; ++i)
           made->some[i] = 3 * (made->some[i] / 3) + made->many[i] % 3;
       }},
      {"FoldsInOrder", [](Crossed* made) { made->ordered = true; }},
  };
}

// `classes` 0: a regression.
Dataset DatasetOf(Crossed made, int classes) {
  Random random(99);
  Vector y(kRows);
  std::vector<int32_t> own;
  for (std::size_t i = 0; i < kRows; ++i) {
    const double mean = std::sin(made.many[i]) + std::cos(3.0 * made.some[i]) + made.first[i];
    y(static_cast<Eigen::Index>(i)) = 10.0 + mean + random.Normal();
    own.push_back(std::clamp(static_cast<int32_t>(std::floor(mean + 2.0 * random.Normal() + 1.0)),
                             0, std::max(0, classes - 1)));
  }
  std::vector<Column> columns = {Text("many", made.many, NamesOf("m", made.many_levels)),
                                 Text("some", made.some, NamesOf("s", made.some_levels)),
                                 Numbers("first", made.first), Numbers("second", made.second)};
  columns.insert(columns.end(), made.further.begin(), made.further.end());
  Dataset data = testing::MakeDataset(
      std::move(columns),
      classes == 0 ? testing::NumberTarget(y) : testing::ClassTarget(own, classes),
      made.ordered ? testing::InOrder(kRows, kFolds) : testing::RoundRobin(kRows, kFolds));
  data.weights = made.weights;
  return data;
}

std::unique_ptr<Model> ModelOf(const Dataset& data, bool coded, int threads = 1) {
  ModelContext context{&data, threads, {}, {}};
  context.coded = coded;
  const bool line = data.target.task == Task::kRegression;
  if (!coded && !data.undecayed.empty())
    return line ? MakeSparseLinear(context) : MakeSparseLogistic(context);
  return line ? MakeLinear(context) : MakeLogistic(context);
}

// All columns but the two wide ones.
void LeaveUndecayed(Dataset* data) {
  data->undecayed.assign(static_cast<std::size_t>(data->design.size()), true);
  const auto wide = data->design.columns[1].end();
  std::fill_n(data->undecayed.begin(), wide, false);
}

// What is allowed between two fits of one problem, as a share: of a loss, and of the weights' norm.
void ExpectSameFits(const Dataset& data, const std::vector<double>& decays, double of_loss,
                    double of_weights) {
  const bool classes = data.target.task == Task::kClassification;
  const auto dense = ModelOf(data, false);
  const auto coded = ModelOf(data, true);
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

class CodedShapes : public ::testing::TestWithParam<Shape> {
 private:
  const OneBlasThread one_;  // as a tuning has it: more would wait for each other
};

// Conditions are below 1e5 here: roundings of eps are 1e-11 of the weights, times what a few
// hundred terms make of them.
TEST_P(CodedShapes, RidgeEqualsTheDenseFit) {
  Crossed made = Plain(1);
  GetParam().make(&made);
  ExpectSameFits(DatasetOf(std::move(made), 0), {0.0, 1e-9, 1e-5, 1e-3, 0.1, 10.0, 1e8}, 1e-9,
                 1e-8);
}

// A gradient of 1e-8 leaves 1e-8 / decay in the weights; the last step, whose error is the square
// of the one before, in fact leaves far less. 1e-8 is what is promised.
TEST_P(CodedShapes, LogisticEqualsTheDenseFit) {
  Crossed made = Plain(2);
  GetParam().make(&made);
  ExpectSameFits(DatasetOf(std::move(made), 2), {0.0, 1e-4, 1e-2, 0.3, 1e3}, 1e-9, 1e-8);
}

TEST_P(CodedShapes, SoftmaxEqualsTheDenseFit) {
  Crossed made = Plain(3);
  GetParam().make(&made);
  ExpectSameFits(DatasetOf(std::move(made), 3), {0.0, 1e-3, 0.1}, 1e-8, 1e-7);
}

TEST_P(CodedShapes, RidgeWithColumnsNotDecayedEqualsTheDenseFit) {
  Crossed made = Plain(12);
  GetParam().make(&made);
  Dataset data = DatasetOf(std::move(made), 0);
  LeaveUndecayed(&data);
  ExpectSameFits(data, {0.0, 1e-5, 1e-3, 0.1, 10.0}, 1e-9, 1e-8);
}

// The norm of the gradient of mean loss and penalty in all weights and the intercept.
double GradientNorm(const Dataset& data, const Standardizer& learnt, const Fit& fit, double decay) {
  std::vector<uint32_t> rows(data.target.rows());
  std::iota(rows.begin(), rows.end(), 0U);
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
  for (int fold = 0; fold < kFolds; ++fold) {
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
  Crossed made = Plain(13);
  GetParam().make(&made);
  Dataset data = DatasetOf(std::move(made), 2);
  LeaveUndecayed(&data);
  const std::vector<double> decays = {1e-4, 1e-2, 0.3};
  const auto coded = ModelOf(data, true);
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
  const OneBlasThread one;
  Crossed made = Plain(14);
  Dataset data = DatasetOf(made, 2);
  LeaveUndecayed(&data);
  for (std::size_t i = 0; i < kRows; ++i) data.target.classes[i] = made.first[i] > 0.0 ? 1 : 0;
  const std::vector<DecayScores> scores =
      ModelOf(data, true)->ScoreFolds(std::vector<double>{0.0, 0.1});
  EXPECT_EQ(scores[0].status, FitStatus::kNoFiniteFit);
  EXPECT_EQ(scores[1].status, FitStatus::kFailed);
}

INSTANTIATE_TEST_SUITE_P(All, CodedShapes, ::testing::ValuesIn(Shapes()),
                         [](const auto& of) { return std::string(of.param.name); });

// Two numbers alike but for 1e-5 of their spread: an eigenvalue of 1e-10, below what a Gram matrix
// tells. Along it weights of size 1e3 are known to eps * 1e3 / 1e-10, a thousandth, which moves a
// row by 1e-5 of that and a mean over held-out rows, whose errors differ in sign, by some 1e-8.
TEST(CodedModels, RidgeOfNearlyTheSameNumbersEqualsTheDenseFit) {
  const OneBlasThread one;
  Crossed made = Plain(1);
  Random random(7);
  for (std::size_t i = 0; i < kRows; ++i) made.second[i] = made.first[i] + 1e-5 * random.Normal();
  ExpectSameFits(DatasetOf(std::move(made), 0), {0.0, 1e-12, 1e-8, 1e-3}, 2e-8, 1e-3);
}

std::vector<uint32_t> AllRows(const Dataset& data) {
  std::vector<uint32_t> rows(data.target.rows());
  std::iota(rows.begin(), rows.end(), 0U);
  return rows;
}

TEST_P(CodedShapes, ProductsAreThoseOfTheStandardizedMatrix) {
  Crossed made = Plain(4);
  GetParam().make(&made);
  const Dataset data = DatasetOf(std::move(made), 0);
  const std::vector<uint32_t> training = data.folds[0].Training(1);
  const Standardizer learnt = LearnStandardizer(data.design, training, data.weights);
  for (const std::vector<uint32_t>& rows : {training, data.folds[0].Held(1)}) {
    Matrix inputs(learnt.kept.size() + 1, rows.size());
    inputs << Standardize(data.design, learnt, rows),
        Matrix::Ones(1, static_cast<Eigen::Index>(rows.size()));
    const CodedRows coded(data.design, learnt, rows);
    ASSERT_EQ(coded.inputs(), inputs.rows());
    for (const Eigen::Index outputs : {1, 3}) {
      const Matrix parameters = testing::RandomMatrix(inputs.rows(), outputs, 5);
      const Matrix values = testing::RandomMatrix(outputs, inputs.cols(), 6);
      // Sums of at most 600 terms, a few of them as large as 25 (a level of one row).
      EXPECT_LT((coded.Times(parameters) - parameters.transpose() * inputs).cwiseAbs().maxCoeff(),
                1e-12);
      EXPECT_LT((coded.Against(values) - inputs * values.transpose()).cwiseAbs().maxCoeff(), 1e-11);
    }
    const Vector curvature = testing::RandomMatrix(inputs.cols(), 1, 7).cwiseAbs();
    const Vector squares = inputs.cwiseAbs2() * curvature;
    EXPECT_LT((coded.SquaredSums(curvature) - squares).norm(), 1e-12 * squares.norm());
  }
}

TEST_P(CodedShapes, TheSchurComplementSolvesTheWholeHessian) {
  Crossed made = Plain(5);
  GetParam().make(&made);
  const Dataset data = DatasetOf(std::move(made), 0);
  const std::vector<uint32_t> rows = AllRows(data);
  const Standardizer learnt = LearnStandardizer(data.design, rows, data.weights);
  const CodedRows coded(data.design, learnt, rows);
  Matrix inputs(coded.inputs(), coded.size());
  inputs << Standardize(data.design, learnt, rows), Matrix::Ones(1, coded.size());
  const Vector curvature = testing::RandomMatrix(coded.size(), 1, 7).cwiseAbs() / coded.size();
  constexpr double kDecay = 1e-3;
  Matrix hessian = inputs * curvature.asDiagonal() * inputs.transpose();
  hessian.diagonal().head(coded.features()).array() += kDecay;
  Matrix wanted = testing::RandomMatrix(coded.inputs(), 1, 8);
  coded.RemoveFlat(wanted);
  ASSERT_TRUE(CategorySchur::Fits(coded));
  const CategorySchur inverse(coded, curvature.transpose(), kDecay);
  // Conditions below 1e5.
  EXPECT_LT((inverse.Solve(hessian * wanted) - wanted).norm(), 1e-9 * wanted.norm());
}

// Two columns that form one long chain: levels i and i + 1 of the one share level i of the other.
// What is learnt at one end of it takes steps to reach the other.
Crossed Chain() {
  Crossed made = Plain(6);
  made.many_levels = 150;
  made.some_levels = 150;
  for (std::size_t i = 0; i < kRows; ++i) {
    const auto link = static_cast<int32_t>(i / 4);
    made.many[i] = i % 4 < 2 ? link : std::min(149, link + 1);
    made.some[i] = link;
  }
  return made;
}

TEST(CodedChain, RidgeAndLogisticEqualTheDenseFit) {
  const OneBlasThread one;
  // The smallest eigenvalue is about (pi / 300)^2 of the largest: conditions of 1e5.
  ExpectSameFits(DatasetOf(Chain(), 0), {0.0, 1e-7, 1e-5, 1e-2, 1.0}, 1e-9, 1e-8);
  ExpectSameFits(DatasetOf(Chain(), 2), {1e-5, 1e-3, 1e-1}, 1e-9, 1e-8);
}

TEST(CodedChain, WhatTheKrylovBasisLeavesUnsolvedTheSchurComplementSolves) {
  const OneBlasThread one;
  const Dataset data = DatasetOf(Chain(), 0);
  const std::vector<uint32_t> rows = AllRows(data);
  const Standardizer learnt = LearnStandardizer(data.design, rows, data.weights);
  const CodedRows coded(data.design, learnt, rows);
  const CentredRows a(coded, data.weights / data.weights.sum());
  const Vector target = data.target.numbers.array() - data.target.numbers.mean();
  const Vector b = a.roots().cwiseProduct(target);
  const std::vector<double> decays = {0.0, 1e-6, 1e-4};
  EXPECT_EQ(SolveByKrylov(a, b, decays, 10).solved, std::vector<char>(3, 0));
  const RidgeSolutions wanted = SolveByKrylov(a, b, decays);
  EXPECT_EQ(wanted.solved, std::vector<char>(3, 1));
  for (std::size_t d = 0; d < decays.size(); ++d) {
    const Vector own = wanted.weights.col(static_cast<Eigen::Index>(d));
    Vector weights(coded.features());
    ASSERT_TRUE(SolveBySchur(a, b, decays[d], weights));
    // Ends at 1e-13 of the gradient in the inverse's norm; conditions of 1e5.
    EXPECT_LT((weights - own).norm(), 1e-8 * own.norm()) << decays[d];
  }
}

TEST(CodedModels, GiveTheSameBytesForAnyNumberOfThreads) {
  const OneBlasThread one;
  for (const int classes : {0, 2, 3}) {
    const Dataset data = DatasetOf(Plain(7), classes);
    const std::vector<double> decays = {1e-3, 0.1};
    const auto one = ModelOf(data, true, 1);
    const auto two = ModelOf(data, true, 3);
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
  const OneBlasThread one;
  for (const bool undecayed : {false, true}) {
    for (const int classes : {0, 2}) {
      Dataset data = DatasetOf(Plain(8), classes);
      if (undecayed) LeaveUndecayed(&data);
      const std::vector<double> decays = {1e-3, 0.1, 1.0};
      const auto dense = ModelOf(data, false);
      const auto coded = ModelOf(data, true);
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
  const OneBlasThread one;
  const Dataset data = DatasetOf(Plain(9), 0);
  const Vector exact = ModelOf(data, false)->Curvature();
  const Vector about = ModelOf(data, true)->Curvature();
  // Two text columns each take one direction away from the standardised features.
  EXPECT_EQ(about.size(), exact.size());
  // Lanczos finds the ends of a spectrum to all digits in 60 steps of 120; in the middle each of
  // eight probes counts eigenvalues to a standard deviation of sqrt(2 * 60).
  EXPECT_NEAR(about(0), exact(0), 1e-3 * exact(0));
  EXPECT_NEAR(about.sum(), exact.sum(), 4.0 * std::sqrt(2.0 / 8.0 * exact.squaredNorm()));
}

TEST(CodedModels, EndWithTheFoldsDoneWhenStopped) {
  const OneBlasThread one;
  for (const int classes : {0, 2}) {
    const Dataset data = DatasetOf(Plain(10), classes);
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
    const std::vector<DecayScores> all = ModelOf(data, true)->ScoreFolds(decays);
    for (std::size_t i = 0; i < done.size(); ++i)
      EXPECT_EQ(scores[0].folds[i].validation_loss,
                all[0].folds[static_cast<std::size_t>(done[i])].validation_loss);
  }
}

TEST(CodedModels, SayThatALevelOfOneClassLeavesNoFitWithoutDecay) {
  const OneBlasThread one;
  Crossed made = Plain(11);
  Dataset data = DatasetOf(made, 2);
  for (std::size_t i = 0; i < kRows; ++i) {
    if (made.many[i] == 3) data.target.classes[i] = 1;
  }
  EXPECT_EQ(ModelOf(data, true)->ScoreFolds(std::vector<double>{0.0})[0].status,
            FitStatus::kNoFiniteFit);
}

TEST(StaysCoded, WhereTextIsWideAndARowSetsFewFeatures) {
  const auto design_of = [](int levels, int numbers) {
    std::vector<int32_t> codes;
    for (int i = 0; i < levels; ++i) codes.push_back(i);
    std::vector<Column> columns = {Text("t", codes, NamesOf("l", levels))};
    for (int c = 0; c < numbers; ++c)
      columns.push_back(Numbers("x" + std::to_string(c), std::vector<double>(codes.size(), 1.0)));
    return Encode(testing::MakeTable(std::move(columns)), {}, MissingPolicy::kIndicator);
  };
  EXPECT_FALSE(StaysCoded(design_of(900, 5)));
  EXPECT_TRUE(StaysCoded(design_of(1100, 5)));
  EXPECT_FALSE(StaysCoded(design_of(1100, 200)));
}

}  // namespace
}  // namespace halflife
