// Rows that are read by their codes, as the linear map that they are, and what solves with them.
#include "model/coded_rows.h"

#include <gtest/gtest.h>

#include "data/row_set.h"
#include "model/category_schur.h"
#include "model/krylov.h"
#include "model/spectrum_estimate.h"
#include "support/crossed.h"
#include "support/matrices.h"

namespace halflife {
namespace {

class CodedRowsOf : public ::testing::TestWithParam<testing::CrossedShape> {};

TEST_P(CodedRowsOf, ProductsAreThoseOfTheStandardizedMatrix) {
  testing::Crossed made = testing::PlainCrossed(4);
  GetParam().make(&made);
  const Dataset data = testing::DatasetOf(std::move(made), 0);
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

TEST_P(CodedRowsOf, TheSchurComplementSolvesTheWholeHessian) {
  testing::Crossed made = testing::PlainCrossed(5);
  GetParam().make(&made);
  const Dataset data = testing::DatasetOf(std::move(made), 0);
  const std::vector<uint32_t> rows = RowsInOrder(data.target.rows());
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

INSTANTIATE_TEST_SUITE_P(All, CodedRowsOf, ::testing::ValuesIn(testing::CrossedShapes()),
                         [](const auto& of) { return std::string(of.param.name); });

TEST(CodedChain, WhatTheKrylovBasisLeavesUnsolvedTheSchurComplementSolves) {
  const Dataset data = testing::DatasetOf(testing::ChainCrossed(), 0);
  const std::vector<uint32_t> rows = RowsInOrder(data.target.rows());
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

// Hutchinson's estimate, as in CodedModels.EstimateTheDegreesOfFreedom, but of so many probes that
// four standard deviations are about what one direction counts; 40 steps are plenty for its decays.
TEST(SpectrumEstimate, OfManyProbesIsTheTrace) {
  constexpr SpectrumEffort kEffort = {3000, 40};
  for (const bool undecayed : {false, true}) {
    Dataset data = testing::DatasetOf(testing::PlainCrossed(8), 0);
    if (undecayed) testing::LeaveUndecayed(&data);
    const std::vector<uint32_t> rows = RowsInOrder(data.target.rows());
    const Standardizer learnt = LearnStandardizer(data.design, rows, data.weights);
    const CodedRows coded(data.design, learnt, rows, data.undecayed);
    const CentredRows a(coded, data.weights / data.weights.sum(), coded.undecayed());
    const SpectrumEstimate estimate = EstimateSpectrum(a, kEffort, 2);
    const std::vector<double> decays = {1e-3, 0.1, 1.0};
    const auto dense = testing::CodedOrNot(data, false);
    dense->ScoreFolds(decays);
    for (std::size_t d = 0; d < decays.size(); ++d) {
      const double exact = *dense->FitAll(decays)[d].effective_dof;
      const double bound = 4.0 * std::sqrt(2.0 / kEffort.probes * exact);
      ASSERT_LT(bound, 1.2);
      EXPECT_NEAR(estimate.EffectiveDof(decays[d]), exact, bound) << decays[d];
    }
  }
}

TEST(StaysCoded, WhereTextIsWideAndARowSetsFewFeatures) {
  const auto design_of = [](int levels, int numbers) {
    std::vector<int32_t> codes;
    for (int i = 0; i < levels; ++i) codes.push_back(i);
    std::vector<Column> columns = {testing::Text("t", codes, testing::NamesOf("l", levels))};
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
