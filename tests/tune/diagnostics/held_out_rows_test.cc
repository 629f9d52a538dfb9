#include "tune/diagnostics/held_out_rows.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "base/random.h"
#include "model/held_out.h"

namespace halflife {
namespace {

struct Told {
  std::vector<int32_t> classes;
  Matrix logits;
};

// Logits on a coarse grid, so that many are equal.
Told Draw(std::size_t rows, int outputs, int classes, std::uint64_t seed) {
  Random random(seed);
  Told told{{}, Matrix(outputs, static_cast<Eigen::Index>(rows))};
  for (std::size_t i = 0; i < rows; ++i) {
    told.classes.push_back(static_cast<int32_t>(random.Below(static_cast<uint64_t>(classes))));
    for (Eigen::Index c = 0; c < outputs; ++c)
      told.logits(c, static_cast<Eigen::Index>(i)) =
          std::round(8.0 * random.Normal()) / 8.0 + (c == told.classes.back() ? 1.0 : 0.0);
  }
  return told;
}

// The area under the points by trapezoids.
double AreaUnder(const HeldOutClasses& held) {
  double area = 0.0;
  for (std::size_t i = 1; i < held.false_positive.size(); ++i)
    area += (held.false_positive[i] - held.false_positive[i - 1]) * 0.5 *
            (held.true_positive[i] + held.true_positive[i - 1]);
  return area;
}

TEST(HeldOutRows, ConfusionCountsEveryRow) {
  const Told told = Draw(300, 3, 3, 1);
  const HeldOutClasses held = HeldOutOfClasses(told.classes, told.logits, 3);
  std::vector<std::vector<std::size_t>> counts(3, std::vector<std::size_t>(3, 0));
  for (std::size_t i = 0; i < 300; ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    std::size_t top = 0;
    for (std::size_t c = 1; c < 3; ++c) {
      if (told.logits(static_cast<Eigen::Index>(c), row) >
          told.logits(static_cast<Eigen::Index>(top), row))
        top = c;
    }
    ++counts[static_cast<std::size_t>(told.classes[i])][top];
  }
  EXPECT_EQ(held.confusion, counts);
  EXPECT_TRUE(held.false_positive.empty());
}

// As many thresholds as there are fit into the points kept, so that the area is whole.
TEST(HeldOutRows, RocHasTheAreaOfTheScore) {
  const Told told = Draw(500, 1, 2, 2);
  const HeldOutClasses held = HeldOutOfClasses(told.classes, told.logits, 2);
  const Vector scores = told.logits.row(0).transpose();
  EXPECT_NEAR(AreaUnder(held), *AreaUnderRoc(scores, told.classes, Vector::Ones(500)), 1e-12);
  EXPECT_EQ(held.false_positive.front(), 0.0);
  EXPECT_EQ(held.true_positive.back(), 1.0);
}

TEST(HeldOutRows, RocOfManyThresholdsIsThinnedFromEndToEnd) {
  Told told = Draw(5000, 1, 2, 3);
  for (Eigen::Index i = 0; i < 5000; ++i) told.logits(0, i) += 1e-6 * static_cast<double>(i);
  const HeldOutClasses held = HeldOutOfClasses(told.classes, told.logits, 2);
  EXPECT_EQ(held.false_positive.size(), 200U);
  EXPECT_EQ(held.false_positive.front(), 0.0);
  EXPECT_EQ(held.false_positive.back(), 1.0);
  EXPECT_EQ(held.true_positive.back(), 1.0);
}

TEST(HeldOutRows, ReliabilityAddsUpToAllRows) {
  for (const int outputs : {1, 4}) {
    const Told told = Draw(777, outputs, std::max(2, outputs), 4);
    const HeldOutClasses held =
        HeldOutOfClasses(told.classes, told.logits, static_cast<std::size_t>(std::max(2, outputs)));
    std::size_t rows = 0;
    double observed = 0.0;
    for (std::size_t i = 0; i < held.reliability.size(); ++i) {
      const ReliabilityBin& bin = held.reliability[i];
      rows += bin.rows;
      observed += static_cast<double>(bin.rows) * bin.observed;
      EXPECT_GE(bin.rows, 77U);
      if (i > 0) {
        EXPECT_GT(bin.predicted, held.reliability[i - 1].predicted);
      }
    }
    EXPECT_EQ(rows, 777U);
    // Of two classes the second's rows; of more those told rightly.
    double wanted = 0.0;
    for (std::size_t c = 0; c < held.confusion.size(); ++c) {
      wanted += outputs > 1 ? static_cast<double>(held.confusion[c][c]) : 0.0;
      if (outputs == 1 && c == 1)
        wanted = static_cast<double>(held.confusion[1][0] + held.confusion[1][1]);
    }
    EXPECT_NEAR(observed, wanted, 1e-9);
  }
}

TEST(HeldOutRows, OneProbabilityIsOneBin) {
  const std::vector<int32_t> classes(100, 1);
  const HeldOutClasses held = HeldOutOfClasses(classes, Matrix::Zero(1, 100), 2);
  ASSERT_EQ(held.reliability.size(), 1U);
  EXPECT_NEAR(held.reliability[0].predicted, 0.5, 1e-14);  // a hundred roundings
  EXPECT_NEAR(held.reliability[0].observed, 1.0, 1e-14);
  EXPECT_TRUE(held.false_positive.empty());  // no row of the first class
}

TEST(HeldOutRows, RowsWithoutAFinitePredictionAreLeftOut) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<int32_t> classes = {0, 1, 1, 0};
  const HeldOutClasses held =
      HeldOutOfClasses(classes, (Matrix(1, 4) << -1.0, kNan, 2.0, 800.0).finished(), 2);
  EXPECT_EQ(held.rows, 3U);
  EXPECT_EQ(held.confusion, (std::vector<std::vector<std::size_t>>{{1, 1}, {0, 1}}));
  const HeldOutNumbers numbers =
      HeldOutOfNumbers(std::vector<double>{1.0, 2.0}, std::vector<double>{kNan, 1.5});
  EXPECT_EQ(numbers.rows, 1U);
  EXPECT_EQ(numbers.truth, std::vector<double>{2.0});
}

// Beyond a logit of 37 all probabilities are 1, and yet one row is surer than another.
TEST(HeldOutRows, RocTellsLogitsApartWhoseProbabilitiesAreOne) {
  const std::vector<int32_t> classes = {0, 1};
  const HeldOutClasses held = HeldOutOfClasses(classes, (Matrix(1, 2) << 40.0, 50.0).finished(), 2);
  EXPECT_EQ(held.false_positive, (std::vector<double>{0.0, 0.0, 1.0}));
  EXPECT_EQ(held.true_positive, (std::vector<double>{0.0, 1.0, 1.0}));
}

TEST(HeldOutRows, NumbersAreThinnedAndResidualsOfAll) {
  std::vector<double> truth(1200);
  std::iota(truth.begin(), truth.end(), 0.0);
  std::vector<double> predicted = truth;
  for (double& value : predicted) value -= 2.0;
  const HeldOutNumbers held = HeldOutOfNumbers(truth, predicted);
  EXPECT_EQ(held.rows, 1200U);
  ASSERT_EQ(held.truth.size(), 500U);
  for (std::size_t i = 0; i < 500; ++i) EXPECT_EQ(held.truth[i] - held.predicted[i], 2.0);
  EXPECT_EQ(held.residuals.counts.back(), 1200U);
  EXPECT_EQ(held.residuals.high, 2.0);
}

}  // namespace
}  // namespace halflife
