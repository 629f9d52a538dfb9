#include "model/gram.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <optional>

#include "model/fold_sums.h"
#include "model/held_errors.h"
#include "support/datasets.h"
#include "support/matrices.h"
#include "support/tables.h"

namespace halflife {
namespace {

using testing::MakeTable;
using testing::Numbers;
using testing::Text;

struct Rows {
  Design design;
  Vector target;
  Vector weights;
  std::vector<std::vector<uint32_t>> folds;
};

// Numbers far from zero, with gaps, beside text with gaps; three folds.
Rows MakeRows(MissingPolicy missing) {
  Random random(4);
  std::vector<double> a;
  std::vector<double> b;
  std::vector<int32_t> c;
  Rows rows;
  rows.target.resize(60);
  rows.weights.resize(60);
  rows.folds.resize(3);
  for (uint32_t i = 0; i < 60; ++i) {
    a.push_back(i % 7 == 0 ? NAN : 1e6 + random.Normal());
    b.push_back(random.Normal());
    c.push_back(static_cast<int32_t>(random.Below(4)) - 1);
    rows.target(i) = random.Normal() + 1.0;
    rows.weights(i) = 0.5 + random.Uniform();
    rows.folds[i % 3].push_back(i);
  }
  rows.design = Encode(MakeTable({Numbers("a", a), Numbers("b", b), Text("c", c, {"x", "y", "z"})}),
                       {}, missing);
  return rows;
}

TEST(Gram, FoldsFromSumsEqualFoldsFromRows) {
  for (const MissingPolicy policy : {MissingPolicy::kIndicator, MissingPolicy::kMean}) {
    const Rows rows = MakeRows(policy);
    const Folds folds = testing::RoundRobin(60, 3);
    const FoldSums sums({rows.design, rows.target, rows.weights}, folds, 1);
    const RowSums training = sums.Training(0);
    const GramStandardizer learnt = LearnStandardizer(rows.design, training);
    std::vector<uint32_t> training_rows = rows.folds[1];
    training_rows.insert(training_rows.end(), rows.folds[2].begin(), rows.folds[2].end());
    const Standardizer direct = LearnStandardizer(rows.design, training_rows, rows.weights);
    ASSERT_EQ(learnt.features.kept, direct.kept);
    // 60 sums of numbers of order 1 each: 60 eps, with room for the products.
    const double tolerance = 100 * 60 * std::numeric_limits<double>::epsilon();
    const Matrix x = Standardize(rows.design, direct, training_rows);
    const Vector share = rows.weights(training_rows) / rows.weights(training_rows).sum();
    const double mean = rows.target(training_rows).dot(share);
    const Vector y = rows.target(training_rows).array() - mean;
    const StandardizedGram gram = Standardize(rows.design, training, learnt);
    const Matrix full = gram.features.selfadjointView<Eigen::Lower>();
    EXPECT_LT((full - x * share.asDiagonal() * x.transpose()).norm(), tolerance);
    EXPECT_LT((gram.cross - x * share.cwiseProduct(y)).norm(), tolerance);
    EXPECT_NEAR(gram.target, y.cwiseAbs2().dot(share), tolerance);
    Dataset data;
    data.design = rows.design;
    data.weights = rows.weights;
    const Matrix weights = testing::RandomMatrix(x.rows(), 3, 5);
    const std::vector<double> errors = HeldErrors(
        {&data, &rows.target, training_rows, rows.folds[0]}, learnt, sums.Held(0), weights);
    const Matrix predictions =
        Standardize(rows.design, direct, rows.folds[0]).transpose() * weights;
    const Vector held = rows.target(rows.folds[0]).array() - mean;
    for (Eigen::Index d = 0; d < 3; ++d) {
      const double error = (predictions.col(d) - held).cwiseAbs2().dot(rows.weights(rows.folds[0]));
      EXPECT_NEAR(errors[static_cast<std::size_t>(d)] / error, 1.0, tolerance);
    }
  }
}

TEST(Gram, ADirectionIsFlatWhereNoRowMovesAlongIt) {
  // c is a + b in the first four rows, and not in the last.
  const Design design =
      Encode(MakeTable({Numbers("a", {1, 2, 4, 7, 0}), Numbers("b", {3, 1, 5, 2, 1}),
                        Numbers("c", {4, 3, 9, 9, 8})}),
             {}, MissingPolicy::kMean);
  const std::vector<uint32_t> first = {0, 1, 2, 3}, all = {0, 1, 2, 3, 4};
  const Standardizer learnt = LearnStandardizer(design, first, Vector::Ones(5));
  const Matrix x = Standardize(design, learnt, first);
  std::optional<Spectrum> spectrum = SpectrumFromGram(x * x.transpose() / 4.0);
  ASSERT_TRUE(spectrum.has_value());
  ASSERT_EQ(spectrum->flat.cols(), 1);
  EXPECT_TRUE(FlatInRows(design, learnt, first, *spectrum));
  EXPECT_FALSE(FlatInRows(design, learnt, all, *spectrum));
  spectrum->flat = Matrix(3, 0);
  EXPECT_TRUE(FlatInRows(design, learnt, all, *spectrum));
}

TEST(Gram, AHelperIsNeverAnInput) {
  const Rows rows = MakeRows(MissingPolicy::kMean);
  const Standardizer learnt = LearnStandardizer(rows.design, rows.folds[0], rows.weights);
  for (const int f : learnt.kept)
    EXPECT_NE(rows.design.features[static_cast<std::size_t>(f)].name(), "a=missing");
}

TEST(Standardizer, LeavesOutWhatIsConstantInTheTrainingRows) {
  const Design design = Encode(MakeTable({Numbers("a", {1, 1, 1, 2}), Numbers("b", {1, 2, 3, 4}),
                                          Numbers("gap", {NAN, 5, 5, 6})}),
                               {}, MissingPolicy::kIndicator);
  const Standardizer learnt = LearnStandardizer(design, {0, 1, 2}, Vector::Ones(4));
  std::vector<std::string> kept;
  for (const int f : learnt.kept)
    kept.push_back(design.features[static_cast<std::size_t>(f)].name());
  EXPECT_EQ(kept, (std::vector<std::string>{"b", "gap=missing"}));
}

TEST(Standardizer, FillsGapsWithTheTrainingMeanAndScalesByThePopulation) {
  const Design design =
      Encode(MakeTable({Numbers("a", {1, 3, NAN, 100})}), {}, MissingPolicy::kMean);
  const Standardizer learnt = LearnStandardizer(design, {0, 1, 2}, Vector::Ones(4));
  const Matrix x = Standardize(design, learnt, std::vector<uint32_t>{0, 1, 2, 3});
  const double scale = std::sqrt(2.0 / 3.0);  // of 1, 3, 2
  EXPECT_NEAR(x(0, 0), -1.0 / scale, 1e-13);  // the origin, 104/3, costs at most 2 digits
  EXPECT_NEAR(x(0, 2), 0.0, 1e-13);
  EXPECT_NEAR(x(0, 3), 98.0 / scale, 1e-11);
}

// Whether a lone column of `values` is taken to vary.
bool Varies(std::vector<double> values) {
  const std::size_t count = values.size();
  values.push_back(values.front());
  const Design design = Encode(MakeTable({Numbers("a", values)}), {}, MissingPolicy::kIndicator);
  std::vector<uint32_t> rows;
  for (uint32_t row = 0; row < count; ++row) rows.push_back(row);
  return !LearnStandardizer(design, rows, Vector::Ones(design.rows())).kept.empty();
}

TEST(Standardizer, TakesRoundingForConstant) {
  EXPECT_FALSE(Varies({0.1 + 0.2, 0.3, 0.3}));
  EXPECT_FALSE(Varies({0.7, 0.1 * 7, 0.7}));
  EXPECT_FALSE(Varies({1e-12 / 3, std::nextafter(1e-12 / 3, 1), 1e-12 / 3}));
  EXPECT_FALSE(Varies({1e12 / 3, std::nextafter(1e12 / 3, 0), 1e12 / 3}));
  EXPECT_FALSE(Varies({-2.7, -2.7000000000000006, -2.7}));
}

TEST(Standardizer, KeepsWhatVariesAtAnyScale) {
  EXPECT_TRUE(Varies({2019, 2020, 2021}));
  EXPECT_TRUE(Varies({1e9, 1e9 + 1, 1e9 + 2}));
  EXPECT_TRUE(Varies({9e15, 9e15 + 1, 9e15}));  // whole numbers are exact below 2^53
  EXPECT_TRUE(Varies({1e-12, 1.001e-12, 1e-12}));
  EXPECT_TRUE(Varies({1e12, 1e12 + 0.25, 1e12}));
  EXPECT_TRUE(Varies({0.0, 1e-30, 0.0}));
  EXPECT_TRUE(Varies({0.3, 0.3000000000001, 0.3}));
}

// Cells far from the rows that train: what is left of 0.3 less 1e9 is rounding of 1e9.
TEST(Standardizer, TakesTheRoundingOfTheOriginForConstantToo) {
  const Design design = Encode(
      MakeTable({Numbers("a", {0.3, 0.1 + 0.2, 0.3, 1e9 + 0.1, 1e9 + 0.2, 1e9 + 0.3, 1e9 + 0.4})}),
      {}, MissingPolicy::kIndicator);
  EXPECT_TRUE(LearnStandardizer(design, {0, 1, 2}, Vector::Ones(7)).kept.empty());
  EXPECT_FALSE(LearnStandardizer(design, {3, 4, 5}, Vector::Ones(7)).kept.empty());
}

}  // namespace
}  // namespace halflife
