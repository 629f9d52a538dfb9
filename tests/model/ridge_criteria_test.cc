// Leave-one-out, GCV and the evidence of ridge against explicit refits and plain formulas.
#include "model/ridge_criteria.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <Eigen/Cholesky>
#include <numbers>
#include <numeric>

#include "model/model.h"
#include "support/plain_left_out.h"
#include "support/unfriendly.h"

namespace halflife {
namespace {

using testing::LongMatrix;
using testing::LongVector;
using testing::Unfriendly;

std::vector<uint32_t> AllRows(const Dataset& data) {
  std::vector<uint32_t> rows(data.target.rows());
  std::iota(rows.begin(), rows.end(), 0U);
  return rows;
}

std::vector<Unfriendly> Kinds() {
  return {{},
          {.rows = 300, .weighted = true},
          {.repeats = true, .missing = true},
          {.missing = true, .weighted = true, .text = true},
          {.twins = true, .far = true},
          {.rows = 20, .numbers = 30, .weighted = true},
          {.rows = 20, .numbers = 30, .repeats = true, .missing = true, .twins = true},
          {.rows = 24, .numbers = 23},
          {.near = true},
          {.rows = 1100, .weighted = true, .ordered = true}};
}

TEST(LeaveOneOut, EqualsARefitWithoutEachRow) {
  const std::vector<double> decays = {0.0, 1e-6, 1e-3, 0.1, 3.0};
  for (const Unfriendly& kind : Kinds()) {
    for (uint64_t seed = 1; seed <= (kind.rows > 100 ? 1 : 3); ++seed) {
      SCOPED_TRACE(fmt::format("{} rows, {} numbers, seed {}", kind.rows, kind.numbers, seed));
      const Dataset data = testing::MakeUnfriendly(kind, seed);
      const auto model = MakeLinear({&data, 1, {}, {}});
      model->ScoreFolds(decays);
      const std::vector<Fit> fits = model->FitAll(decays);
      for (std::size_t d = 0; d < decays.size(); ++d) {
        const auto wanted =
            static_cast<double>(testing::PlainLeaveOneOut(data, AllRows(data), decays[d]));
        // A leverage is a sum of squares right to some 1e-14; its distance from 1 is at least
        // 1e-4 of it in these tables, or is summed up by itself. Where columns are as many as rows,
        // cancelling decays, singular values span 1e3 and cost their square. Columns equal but for
        // 1e-6 have singular vectors with 10 digits.
        ASSERT_TRUE(fits[d].loo.has_value());
        EXPECT_NEAR(*fits[d].loo / wanted, 1.0, kind.near ? 1e-8 : 1e-9) << "decay " << decays[d];
      }
    }
  }
}

// A prediction without its row is a sum of the others' targets: each one's part in it is what a
// target of 1 there and 0 elsewhere gives. A row of weight w has the noise of a mean of w.
TEST(LeaveOneOut, KnowsTheVarianceOfItsPredictions) {
  const std::vector<double> decays = {1e-3, 0.1, 3.0};
  for (const Unfriendly& kind : Kinds()) {
    if (kind.rows > 100 || kind.near) continue;
    SCOPED_TRACE(fmt::format("{} rows, {} numbers", kind.rows, kind.numbers));
    const Dataset data = testing::MakeUnfriendly(kind, 2);
    const auto model = MakeLinear({&data, 1, {}, {}});
    model->ScoreFolds(decays);
    const std::vector<Fit> fits = model->FitAll(decays);
    const testing::PlainRows of = testing::StandardisedRowsOf(data, AllRows(data), AllRows(data));
    const LongMatrix z = of.x.transpose();
    const Eigen::Index n = of.y.size();
    for (std::size_t d = 0; d < decays.size(); ++d) {
      testing::Long variance = 0;
      for (Eigen::Index i = 0; i < n; ++i) {
        for (Eigen::Index j = 0; j < n; ++j) {
          const LongVector one = LongVector::Unit(n, j);
          const testing::Long part = testing::PredictWithout(z, one, of.weights, i, decays[d]);
          if (i != j) variance += of.weights(i) * part * part / (n * of.weights(j));
        }
      }
      ASSERT_TRUE(fits[d].variance.has_value());
      EXPECT_NEAR(*fits[d].variance / static_cast<double>(variance), 1.0, 1e-9)
          << "decay " << decays[d];  // as leave-one-out itself
    }
  }
}

// The density of the centred targets under their prior, from the n x n covariance.
double PlainEvidence(const LongMatrix& z, const LongVector& y, double decay) {
  const auto n = static_cast<testing::Long>(y.size());
  LongMatrix covariance = z.transpose() * z / (n * decay);
  covariance.diagonal().array() += 1;
  const Eigen::LLT<LongMatrix> factor(covariance);
  const LongMatrix lower = factor.matrixL();
  const testing::Long noise = y.dot(factor.solve(y)) / n;  // where the density is largest
  return static_cast<double>(-n / 2 *
                                 (std::log(2 * std::numbers::pi_v<testing::Long> * noise) + 1) -
                             lower.diagonal().array().log().sum());
}

// RSS/n/2 over the square of the share of n that trace(I - H) is.
double PlainGcv(const LongMatrix& z, const LongVector& y, double decay) {
  const auto n = static_cast<testing::Long>(y.size());
  LongMatrix normal = z * z.transpose() / n;
  normal.diagonal().array() += decay;
  const LongMatrix hat = z.transpose() * normal.ldlt().solve(z) / n;
  const testing::Long left = (n - 1 - hat.trace()) / n;
  return static_cast<double>((y - hat * y).squaredNorm() / n / 2 / (left * left));
}

TEST(RidgeCriteria, GcvAndEvidenceAreTheirFormulas) {
  const std::vector<double> decays = {1e-3, 0.1, 3.0};
  for (Unfriendly kind : Kinds()) {
    kind.weighted = false;  // weights are held against repeated rows, in weights_test
    if (kind.rows > 100 || kind.near) continue;
    const Dataset data = testing::MakeUnfriendly(kind, 4);
    const auto model = MakeLinear({&data, 1, {}, {}});
    model->ScoreFolds(decays);
    const std::vector<Fit> fits = model->FitAll(decays);
    const LongMatrix z =
        Standardize(data.design, model->standardizer(), AllRows(data)).cast<testing::Long>();
    LongVector y = data.target.numbers.cast<testing::Long>();
    y.array() -= y.mean();
    for (std::size_t d = 0; d < decays.size(); ++d) {
      // Condition numbers below 1e5, sums of some 20 logarithms.
      EXPECT_NEAR(fits[d].gcv.value() / PlainGcv(z, y, decays[d]), 1.0, 1e-10);
      EXPECT_NEAR(fits[d].log_evidence.value(), PlainEvidence(z, y, decays[d]), 1e-9);
    }
  }
}

TEST(RidgeCriteria, WhatIsNotKnownIsLeftOut) {
  // Without decay the prior has no density; where weights are as many as rows, GCV divides by 0.
  const Vector values = Vector::Constant(9, 1.0);
  EXPECT_FALSE(LogEvidence(values, 0.5, 10.0, 0.0).has_value());
  EXPECT_FALSE(GcvLoss(values, 0.5, 10.0, 0.0).has_value());
  EXPECT_FALSE(GcvLoss(values, 0.5, 9.0, 1e-3).has_value());
  EXPECT_TRUE(GcvLoss(values, 0.5, 10.0, 1e-3).has_value());
  EXPECT_NEAR(GcvLoss(values, 0.5, 20.0, 0.0).value(), 2.0, 1e-15);
}

// A cell so far off that its row has a leverage of 1 but for some 1e-9: neither 1 nor less by any
// digits.
TEST(RidgeCriteria, ALeverageNextToOneIsNotKnown) {
  Dataset data = testing::MakeUnfriendly({.rows = 50}, 5);
  std::vector<double> cells(50, 0.0);
  Random random(6);
  for (double& cell : cells) cell = random.Normal();
  cells[7] = 2e5;
  data.design = Encode(testing::MakeTable({testing::Numbers("a", std::move(cells))}), {},
                       MissingPolicy::kIndicator);
  const std::vector<double> decays = {0.0, 0.5};
  const auto model = MakeLinear({&data, 1, {}, {}});
  model->ScoreFolds(decays);
  const std::vector<Fit> fits = model->FitAll(decays);
  EXPECT_FALSE(fits[0].loo.has_value());
  EXPECT_TRUE(fits[1].loo.has_value());
}

TEST(RidgeCriteria, DoNotDependOnThreads) {
  const Dataset data = testing::MakeUnfriendly({.rows = 5000, .weighted = true}, 7);
  const std::vector<double> decays = {0.0, 0.1};
  std::vector<Fit> fits[2];
  for (const int threads : {1, 2}) {
    const auto model = MakeLinear({&data, threads, {}, {}});
    model->ScoreFolds(decays);
    fits[threads - 1] = model->FitAll(decays);
  }
  for (std::size_t d = 0; d < decays.size(); ++d) EXPECT_EQ(fits[0][d].loo, fits[1][d].loo);
}

// 2 n p^2 + 4 n p L is above 1e9.
TEST(RidgeCriteria, LeaveOneOutIsLeftOutWhereItWouldCostMoreThanTheFits) {
  const Dataset data = testing::MakeUnfriendly({.rows = 60000, .numbers = 30}, 8);
  std::vector<double> decays(130, 0.1);
  const auto model = MakeLinear({&data, 1, {}, {}});
  model->ScoreFolds(std::vector<double>{0.1});
  EXPECT_FALSE(model->FitAll(decays)[0].loo.has_value());
  decays.resize(100);
  EXPECT_TRUE(model->FitAll(decays)[0].loo.has_value());
}

}  // namespace
}  // namespace halflife
