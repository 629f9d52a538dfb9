#include "model/lockstep_curvatures.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "data/row_set.h"
#include "support/datasets.h"

namespace halflife {
namespace {

struct Made {
  Dataset data;
  Standardizer learnt;
  std::vector<uint32_t> order;
};

Made MakeOf(std::size_t rows, int classes, bool missing = true) {
  Random random(5);
  std::vector<double> a, b;
  std::vector<int32_t> own;
  for (std::size_t i = 0; i < rows; ++i) {
    a.push_back(missing && i % 5 == 1 ? std::nan("") : random.Normal());
    b.push_back(3.0 + random.Normal());
    own.push_back(static_cast<int32_t>(random.Below(static_cast<uint64_t>(classes))));
  }
  Made made{testing::MakeDataset({testing::Numbers("a", a), testing::Numbers("b", b)},
                                 testing::ClassTarget(own, classes), testing::RoundRobin(rows, 3)),
            {},
            {}};
  for (double& weight : made.data.weights) weight = 0.5 + random.Uniform();
  made.order = made.data.folds.front().FoldByFold();
  made.learnt = LearnStandardizer(made.data.design, made.order, made.data.weights);
  return made;
}

Matrix RandomParameters(Eigen::Index size, Eigen::Index outputs, uint64_t seed) {
  Random random(seed);
  Matrix parameters(size, outputs);
  for (double& value : parameters.reshaped()) value = random.Normal();
  return parameters;
}

// Probabilities of one row.
Vector ProbabilitiesOf(const Vector& logits) {
  if (logits.size() == 1) return Vector::Constant(1, 1.0 / (1.0 + std::exp(-logits(0))));
  const Vector shares = logits.array().exp();
  return shares / shares.sum();
}

class LockstepCurvatures : public ::testing::TestWithParam<int> {};

// More fits than are weighed together, more rows than one strip has, parts that change within it.
TEST_P(LockstepCurvatures, AreTheSumsOfTheirDefinitionPartByPart) {
  const int classes = GetParam();
  const Eigen::Index outputs = classes == 2 ? 1 : classes;
  const Made made = MakeOf(9000, classes);
  const SharedRows rows(made.data, made.learnt, made.order);
  std::vector<Matrix> fits;
  for (uint64_t seed = 0; seed < 19; ++seed)
    fits.push_back(RandomParameters(rows.size(), outputs, seed));
  std::vector<int> part_of;
  for (const int fold : made.data.folds.front().of_row) part_of.push_back(fold == 1 ? 1 : 0);
  const LockstepRows over{rows, made.order, made.data.weights, 2};
  const std::vector<LockstepSums> apart = SumSlopes(over, {part_of, 2, true}, fits);
  // Where parts change row by row.
  const std::vector<uint32_t> mixed = RowsInOrder(9000);
  const std::vector<LockstepSums> row_by_row =
      SumSlopes({rows, mixed, made.data.weights, 1}, {part_of, 2, true}, fits);
  const std::vector<LockstepSums> together = SumSlopes(over, {part_of, 2, false}, fits);
  ASSERT_EQ(apart.size(), fits.size());
  Matrix buffer;
  for (const std::size_t fit : {std::size_t{0}, std::size_t{15}, std::size_t{18}}) {
    const Eigen::Index side = outputs * rows.size();
    std::vector<Matrix> curvatures(2, Matrix::Zero(side, side));
    std::vector<Matrix> gradients(2, Matrix::Zero(rows.size(), outputs));
    for (const uint32_t row : made.order) {
      const Vector cells = rows.Read(std::span(&row, 1), &buffer);
      const Vector p = ProbabilitiesOf(fits[fit].transpose() * cells);
      Vector is = Vector::Zero(outputs);
      const int32_t own = made.data.target.classes[row];
      if (outputs == 1) is(0) = own;
      if (outputs > 1) is(own) = 1.0;
      const auto part = static_cast<std::size_t>(part_of[row]);
      const double weight = made.data.weights(row);
      gradients[part] += weight * cells * (p - is).transpose();
      for (Eigen::Index a = 0; a < outputs; ++a) {
        for (Eigen::Index b = 0; b < outputs; ++b)
          curvatures[part].block(a * rows.size(), b * rows.size(), rows.size(), rows.size()) +=
              weight * p(a) * ((a == b ? 1.0 : 0.0) - p(b)) * cells * cells.transpose();
      }
    }
    // 9,000 rows, each right to a few eps of its largest cells squared, some 25.
    const double rounding = 1e3 * 9000.0 * kEps;
    for (std::size_t part = 0; part < 2; ++part) {
      EXPECT_LT((apart[fit].curvatures[part] - curvatures[part]).cwiseAbs().maxCoeff(), rounding);
      EXPECT_LT((apart[fit].gradients[part] - gradients[part]).cwiseAbs().maxCoeff(), rounding);
      EXPECT_LT((row_by_row[fit].curvatures[part] - curvatures[part]).cwiseAbs().maxCoeff(),
                rounding);
      EXPECT_LT((together[fit].gradients[part] - gradients[part]).cwiseAbs().maxCoeff(), rounding);
    }
    ASSERT_EQ(together[fit].curvatures.size(), 1U);
    EXPECT_LT((together[fit].curvatures[0] - curvatures[0] - curvatures[1]).cwiseAbs().maxCoeff(),
              2.0 * rounding);
  }
}
INSTANTIATE_TEST_SUITE_P(Classes, LockstepCurvatures, ::testing::Values(2, 3));

TEST(SharedRows, AreReadWhereTheyStandOrGathered) {
  const Made made = MakeOf(60, 2);
  const SharedRows rows(made.data, made.learnt, made.order);
  Matrix all_buffer, buffer;
  const Eigen::Map<const Matrix> all = rows.Read(made.order, &all_buffer);
  EXPECT_EQ(all_buffer.size(), 0);
  const std::vector<uint32_t> some = {made.order[7], made.order[3], made.order[50]};
  const Eigen::Map<const Matrix> gathered = rows.Read(some, &buffer);
  EXPECT_EQ(gathered.data(), buffer.data());
  EXPECT_EQ(gathered.col(0), all.col(7));
  EXPECT_EQ(gathered.col(1), all.col(3));
  EXPECT_EQ(gathered.col(2), all.col(50));
  EXPECT_EQ(rows.InOrder(some),
            (std::vector<uint32_t>{made.order[3], made.order[7], made.order[50]}));
}

// Where a fold's fill is not that of all rows, its parameters predict otherwise.
TEST(SharedRows, AFoldSaysWhetherItPredictsAsAllRowsDo) {
  const Made made = MakeOf(60, 2);
  const SharedRows rows(made.data, made.learnt, made.order);
  const FoldScale all(rows, made.learnt);
  const std::vector<uint32_t> training = made.data.folds.front().Training(0);
  const FoldScale fold(rows, LearnStandardizer(made.data.design, training, made.data.weights));
  EXPECT_FALSE(fold.PredictsAs(all));
  EXPECT_TRUE(all.PredictsAs(all));
  const Matrix parameters = RandomParameters(all.size(), 1, 3);
  EXPECT_GT((fold.Spread(fold.Restrict(parameters)) - all.Spread(parameters)).norm(), 1e-6);
}

// Then the gradient of the rows that it trains on, at the parameters of all rows, is its own.
TEST(SharedRows, WithoutMissingCellsAFoldPredictsAsAllRowsDo) {
  const Made made = MakeOf(60, 3, false);
  const SharedRows rows(made.data, made.learnt, made.order);
  const FoldScale all(rows, made.learnt);
  const std::vector<uint32_t> training = made.data.folds.front().Training(0);
  const FoldScale fold(rows, LearnStandardizer(made.data.design, training, made.data.weights));
  ASSERT_TRUE(fold.PredictsAs(all));
  const Matrix parameters = RandomParameters(all.size(), 3, 3);
  const Matrix shared = all.Spread(parameters);
  EXPECT_LT((fold.Spread(fold.Restrict(parameters)) - shared).norm(), 1e2 * kEps * shared.norm());
  LockstepFits one(1, 3, rows.size());
  one.Set(0, fold.Spread(fold.Restrict(parameters)));
  const LockstepRows over{rows, training, made.data.weights, 1};
  const Matrix own = one.Of(SumGradients(over, one), 0);
  const Matrix known = SumSlopes(over, {}, std::span(&shared, 1)).front().gradients.front();
  EXPECT_LT((own - known).norm(), 1e3 * kEps * known.norm());
}

}  // namespace
}  // namespace halflife
