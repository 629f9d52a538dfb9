#include "model/gram.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

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
  rows.folds.resize(3);
  for (uint32_t i = 0; i < 60; ++i) {
    a.push_back(i % 7 == 0 ? NAN : 1e6 + random.Normal());
    b.push_back(random.Normal());
    c.push_back(static_cast<int32_t>(random.Below(4)) - 1);
    rows.target(i) = random.Normal();
    rows.folds[i % 3].push_back(i);
  }
  rows.design = Encode(MakeTable({Numbers("a", a), Numbers("b", b), Text("c", c, {"x", "y", "z"})}),
                       {}, missing);
  return rows;
}

TEST(Gram, FoldsFromSumsEqualFoldsFromRows) {
  for (const MissingPolicy policy : {MissingPolicy::kIndicator, MissingPolicy::kMean}) {
    const Rows rows = MakeRows(policy);
    std::vector<RowSums> sums;
    for (const auto& fold : rows.folds) sums.push_back(SumRows(rows.design, rows.target, fold));
    RowSums all = sums[0];
    for (int f : {1, 2}) {
      all.products += sums[static_cast<std::size_t>(f)].products;
      all.range.Add(sums[static_cast<std::size_t>(f)].range);
      all.rows += sums[static_cast<std::size_t>(f)].rows;
    }
    const RowSums training = Without(all, sums[0], {&sums[1], &sums[2]});
    const GramStandardizer learnt = LearnStandardizer(rows.design, training);
    std::vector<uint32_t> training_rows = rows.folds[1];
    training_rows.insert(training_rows.end(), rows.folds[2].begin(), rows.folds[2].end());
    const Standardizer direct = LearnStandardizer(rows.design, training_rows);
    ASSERT_EQ(learnt.features.kept, direct.kept);
    // 60 sums of numbers of order 1 each: 60 eps, with room for the products.
    const double tolerance = 100 * 60 * std::numeric_limits<double>::epsilon();
    for (const auto& [held, part] : {std::pair{true, sums[0]}, std::pair{false, training}}) {
      const Matrix x = Standardize(rows.design, direct, held ? rows.folds[0] : training_rows);
      const Vector y = rows.target(held ? rows.folds[0] : training_rows).array() -
                       rows.target(training_rows).mean();
      const StandardizedGram gram = Standardize(rows.design, part, learnt);
      const auto n = static_cast<double>(y.size());
      EXPECT_LT((gram.features - x * x.transpose() / n).norm(), tolerance);
      EXPECT_LT((gram.cross - x * y / n).norm(), tolerance);
      EXPECT_NEAR(gram.target, y.squaredNorm() / n, tolerance);
      EXPECT_NEAR(gram.target_variance, (y.array() - y.mean()).square().mean(), tolerance);
    }
  }
}

TEST(Gram, AHelperIsNeverAnInput) {
  const Rows rows = MakeRows(MissingPolicy::kMean);
  const Standardizer learnt = LearnStandardizer(rows.design, rows.folds[0]);
  for (const int f : learnt.kept)
    EXPECT_NE(rows.design.features[static_cast<std::size_t>(f)].name(), "a=missing");
}

TEST(Standardizer, LeavesOutWhatIsConstantInTheTrainingRows) {
  const Design design = Encode(MakeTable({Numbers("a", {1, 1, 1, 2}), Numbers("b", {1, 2, 3, 4}),
                                          Numbers("gap", {NAN, 5, 5, 6})}),
                               {}, MissingPolicy::kIndicator);
  const Standardizer learnt = LearnStandardizer(design, {0, 1, 2});
  std::vector<std::string> kept;
  for (const int f : learnt.kept)
    kept.push_back(design.features[static_cast<std::size_t>(f)].name());
  EXPECT_EQ(kept, (std::vector<std::string>{"b", "gap=missing"}));
}

TEST(Standardizer, FillsGapsWithTheTrainingMeanAndScalesByThePopulation) {
  const Design design =
      Encode(MakeTable({Numbers("a", {1, 3, NAN, 100})}), {}, MissingPolicy::kMean);
  const Standardizer learnt = LearnStandardizer(design, {0, 1, 2});
  const Matrix x = Standardize(design, learnt, {0, 1, 2, 3});
  const double scale = std::sqrt(2.0 / 3.0);  // of 1, 3, 2
  EXPECT_NEAR(x(0, 0), -1.0 / scale, 1e-13);  // the origin, 104/3, costs at most 2 digits
  EXPECT_NEAR(x(0, 2), 0.0, 1e-13);
  EXPECT_NEAR(x(0, 3), 98.0 / scale, 1e-11);
}

}  // namespace
}  // namespace halflife
