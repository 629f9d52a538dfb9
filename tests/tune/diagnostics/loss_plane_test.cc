#include "tune/diagnostics/loss_plane.h"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>

#include "base/random.h"
#include "halflife/error.h"
#include "model/softmax.h"
#include "support/datasets.h"

namespace halflife {
namespace {

// y from three columns, of which the first two hang together; as a number or as one of two classes.
Dataset Draw(bool classes, std::size_t rows, std::uint64_t seed) {
  Random random(seed);
  std::vector<double> a;
  std::vector<double> b;
  std::vector<double> c;
  Vector y(static_cast<Eigen::Index>(rows));
  std::vector<int32_t> labels;
  for (std::size_t i = 0; i < rows; ++i) {
    const double shared = random.Normal();
    a.push_back(5.0 + 2.0 * (shared + random.Normal()));
    b.push_back(shared - random.Normal());
    c.push_back(random.Normal());
    const double mean = 0.5 * a.back() - b.back() + 0.1 * c.back() - 2.5;
    y(static_cast<Eigen::Index>(i)) = mean + random.Normal();
    labels.push_back(mean + 2.0 * random.Normal() > 0.0 ? 1 : 0);
  }
  return testing::MakeDataset(
      {testing::Numbers("a", a), testing::Numbers("b", b), testing::Numbers("c", c)},
      classes ? testing::ClassTarget(labels, 2) : testing::NumberTarget(y),
      testing::RoundRobin(rows, 5));
}

Standardizer LearntFrom(const Dataset& dataset) {
  std::vector<uint32_t> rows(dataset.target.rows());
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = static_cast<uint32_t>(i);
  return LearnStandardizer(dataset.design, rows, dataset.weights);
}

// The two standardised columns of all rows, 2 x rows.
Matrix ColumnsOf(const Dataset& dataset, int first, int second) {
  Standardizer standardizer = LearntFrom(dataset);
  standardizer.kept = {first, second};
  std::vector<uint32_t> rows(dataset.target.rows());
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = static_cast<uint32_t>(i);
  return Standardize(dataset.design, standardizer, rows);
}

double WeightAt(const LossPlane& plane, int k, std::size_t i) {
  return plane.low[k] + (plane.high[k] - plane.low[k]) * static_cast<double>(i) /
                            static_cast<double>(plane.side - 1);
}

TEST(LossPlane, OfNumbersIsTheQuadraticOfTwoColumns) {
  const Dataset dataset = Draw(false, 150, 1);
  const auto plane = PlaneOf({&dataset}, LearntFrom(dataset), {0, 1}, 0.3);
  ASSERT_TRUE(plane);
  EXPECT_EQ(plane->names[0], "a");
  EXPECT_EQ(plane->names[1], "b");
  EXPECT_EQ(plane->rows, 150U);
  const Matrix z = ColumnsOf(dataset, 0, 1);
  const Vector y = dataset.target.numbers.array() - dataset.target.numbers.mean();
  for (std::size_t j = 0; j < plane->side; j += 8) {
    for (std::size_t i = 0; i < plane->side; i += 8) {
      const Eigen::Vector2d w(WeightAt(*plane, 0, i), WeightAt(*plane, 1, j));
      const double loss = 0.5 * (y - z.transpose() * w).squaredNorm() / 150.0;
      EXPECT_NEAR(plane->loss[j * plane->side + i], loss, 1e-10 * loss);
    }
  }
}

TEST(LossPlane, PathsOfNumbersAreRidgeAndLassoOfTwoColumns) {
  const Dataset dataset = Draw(false, 150, 2);
  const auto plane = PlaneOf({&dataset}, LearntFrom(dataset), {0, 1}, 0.3);
  ASSERT_TRUE(plane);
  const Matrix z = ColumnsOf(dataset, 0, 1);
  const Vector y = dataset.target.numbers.array() - dataset.target.numbers.mean();
  const Eigen::Matrix2d gram = z * z.transpose() / 150.0;
  const Eigen::Vector2d products = z * y / 150.0;
  EXPECT_EQ(plane->l2.front().decay, 0.0);
  std::vector<PlanePoint> ridge = plane->l2;
  ridge.push_back(plane->at_l2);
  EXPECT_EQ(plane->at_l2.decay, 0.3);
  for (const PlanePoint& point : ridge) {
    const Eigen::Vector2d w =
        (gram + point.decay * Eigen::Matrix2d::Identity()).inverse() * products;
    EXPECT_NEAR(point.weights[0], w(0), 1e-10);
    EXPECT_NEAR(point.weights[1], w(1), 1e-10);
  }
  // A lasso's slopes: the decay times the sign where a weight is not 0, no more where it is.
  // A gap of 1e-12 of half the mean square leaves slopes of a curvature of at most 2 the root of
  // four times that.
  const double kTolerance = std::sqrt(2e-12) * y.norm() / std::sqrt(150.0);
  std::vector<PlanePoint> lasso = plane->l1;
  lasso.push_back(plane->at_l1);
  for (const PlanePoint& point : lasso) {
    const Eigen::Vector2d slope =
        products - gram * Eigen::Vector2d(point.weights[0], point.weights[1]);
    for (int k = 0; k < 2; ++k) {
      const double sign = point.weights[k] > 0.0 ? 1.0 : -1.0;
      if (point.weights[k] != 0.0) {
        EXPECT_NEAR(slope(k), sign * point.decay, kTolerance);
      } else {
        EXPECT_LE(std::fabs(slope(k)), point.decay + kTolerance);
      }
    }
  }
  EXPECT_EQ(plane->l1.back().weights[0], 0.0);
  EXPECT_EQ(plane->l1.back().weights[1], 0.0);
}

// Both penalties' points have one loss, so that the same contour passes through both.
void ExpectOneLoss(const Dataset& dataset, const LossPlane& plane) {
  const Matrix z = ColumnsOf(dataset, 0, 1);
  const Vector y = dataset.target.numbers.array() - dataset.target.numbers.mean();
  const auto loss = [&](const PlanePoint& point) {
    return 0.5 *
           (y - z.transpose() * Eigen::Vector2d(point.weights[0], point.weights[1])).squaredNorm() /
           static_cast<double>(y.size());
  };
  EXPECT_NEAR(loss(plane.at_l1), loss(plane.at_l2), 1e-6 * loss(plane.at_l2));
}

TEST(LossPlane, TheDiamondsPointHasTheLossOfTheBalls) {
  for (const double decay : {0.01, 0.3, 5.0}) {
    const Dataset dataset = Draw(false, 150, 3);
    const auto plane = PlaneOf({&dataset}, LearntFrom(dataset), {0, 1}, decay);
    ASSERT_TRUE(plane);
    ExpectOneLoss(dataset, *plane);
  }
}

// The best intercept by bisection on the slope.
double LogLossOf(const Dataset& dataset, const Matrix& z, double first, double second) {
  const Vector outputs = (first * z.row(0) + second * z.row(1)).transpose();
  double low = -50.0;
  double high = 50.0;
  const auto at = [&](double intercept) {
    double slope = 0.0;
    double loss = 0.0;
    for (Eigen::Index i = 0; i < outputs.size(); ++i) {
      const double t = outputs(i) + intercept;
      const bool is = dataset.target.classes[static_cast<std::size_t>(i)] == 1;
      slope += 1.0 / (1.0 + std::exp(-t)) - (is ? 1.0 : 0.0);
      loss += std::log1p(std::exp(-std::fabs(t))) + (t > 0.0 ? t : 0.0) - (is ? t : 0.0);
    }
    return std::pair(slope, loss / static_cast<double>(outputs.size()));
  };
  for (int step = 0; step < 100; ++step) {
    const double middle = 0.5 * (low + high);
    (at(middle).first < 0.0 ? low : high) = middle;
  }
  return at(low).second;
}

TEST(LossPlane, OfClassesIsTheLogLossAtTheBestIntercept) {
  const Dataset dataset = Draw(true, 200, 4);
  const auto plane = PlaneOf({&dataset}, LearntFrom(dataset), {0, 1}, 0.05);
  ASSERT_TRUE(plane);
  const Matrix z = ColumnsOf(dataset, 0, 1);
  for (std::size_t j = 0; j < plane->side; j += 10) {
    for (std::size_t i = 0; i < plane->side; i += 10) {
      const double loss = LogLossOf(dataset, z, WeightAt(*plane, 0, i), WeightAt(*plane, 1, j));
      EXPECT_NEAR(plane->loss[j * plane->side + i], loss, 1e-9);
    }
  }
  // The ball's point is a minimum: a step to any side costs more than the penalty saves.
  const auto total = [&](double first, double second) {
    return LogLossOf(dataset, z, first, second) + 0.025 * (first * first + second * second);
  };
  const auto& [first, second] = plane->at_l2.weights;
  for (const double step : {-0.01, 0.01}) {
    EXPECT_GT(total(first + step, second), total(first, second));
    EXPECT_GT(total(first, second + step), total(first, second));
  }
}

TEST(LossPlane, SeparableClassesHaveNoMinimumAndYetAPlane) {
  Dataset dataset = Draw(true, 100, 5);
  const Matrix z = ColumnsOf(dataset, 0, 1);
  for (std::size_t i = 0; i < 100; ++i)
    dataset.target.classes[i] = z(0, static_cast<Eigen::Index>(i)) > 0.1 ? 1 : 0;
  const auto plane = PlaneOf({&dataset}, LearntFrom(dataset), {0, 1}, 0.01);
  ASSERT_TRUE(plane);
  EXPECT_GT(plane->l2.front().decay, 0.0);
  for (const double loss : plane->loss) EXPECT_TRUE(std::isfinite(loss));
}

TEST(LossPlane, TheSecondColumnIsNoTwinOfTheFirst) {
  Random random(6);
  std::vector<double> a;
  std::vector<double> other;
  Vector y(80);
  for (Eigen::Index i = 0; i < 80; ++i) {
    a.push_back(random.Normal());
    other.push_back(random.Normal());
    y(i) = 2.0 * a.back() + 0.1 * other.back() + random.Normal();
  }
  std::vector<double> twin = a;
  for (double& value : twin) value = 3.0 - 2.0 * value;
  const Dataset dataset = testing::MakeDataset(
      {testing::Numbers("a", a), testing::Numbers("twin", twin), testing::Numbers("o", other)},
      testing::NumberTarget(y), testing::RoundRobin(80, 5));
  const Fit fit{.weights = (Matrix(3, 1) << 1.0, -1.0, 0.05).finished(), .intercept = Vector(1)};
  const auto pair = ChoosePlane(dataset, LearntFrom(dataset), fit, {});
  ASSERT_TRUE(pair);
  EXPECT_EQ(pair->first, 0);
  EXPECT_EQ(pair->second, 2);
  const auto named = ChoosePlane(dataset, LearntFrom(dataset), fit, {"o", "a"});
  EXPECT_EQ(*named, std::pair(2, 0));
  EXPECT_THROW(ChoosePlane(dataset, LearntFrom(dataset), fit, {"o", "b"}), Error);
}

// Named in the other order the picture is the same one turned over.
TEST(LossPlane, AxesAreInTheOrderOfTheNames) {
  const Dataset dataset = Draw(false, 90, 7);
  const auto plane = PlaneOf({&dataset}, LearntFrom(dataset), {0, 1}, 0.3);
  const auto turned = PlaneOf({&dataset}, LearntFrom(dataset), {1, 0}, 0.3);
  ASSERT_TRUE(plane && turned);
  EXPECT_EQ(turned->names[0], "b");
  EXPECT_NEAR(turned->at_l2.weights[0], plane->at_l2.weights[1], 1e-12);
  EXPECT_NEAR(turned->loss[3 * turned->side + 5], plane->loss[5 * plane->side + 3], 1e-11);
}

// Of a sample of the rows too the penalty is round where the circle is: at its point the loss falls
// along the weights, by decay times their size.
TEST(LossPlane, OfASampleTheCircleTouchesTheContour) {
  Dataset dataset = Draw(false, 5000, 8);
  dataset.target.numbers(17) += 50.0;
  constexpr double kDecay = 0.3;
  const auto plane = PlaneOf({&dataset}, LearntFrom(dataset), {0, 1}, kDecay);
  ASSERT_TRUE(plane);
  EXPECT_EQ(plane->rows, 2000U);
  // The loss is a quadratic: its slope is exact from three points of the grid a side.
  const double step = (plane->high[0] - plane->low[0]) / static_cast<double>(plane->side - 1);
  const auto loss = [&](double x, double y) {
    // By the quadratic through the grid's middle.
    const std::size_t m = plane->side / 2;
    const auto at = [&](std::size_t i, std::size_t j) { return plane->loss[j * plane->side + i]; };
    const double u = (x - WeightAt(*plane, 0, m)) / step;
    const double v = (y - WeightAt(*plane, 1, m)) / step;
    const double xx = at(m + 1, m) - 2.0 * at(m, m) + at(m - 1, m);
    const double yy = at(m, m + 1) - 2.0 * at(m, m) + at(m, m - 1);
    const double xy =
        (at(m + 1, m + 1) - at(m + 1, m - 1) - at(m - 1, m + 1) + at(m - 1, m - 1)) / 4;
    return at(m, m) + 0.5 * (at(m + 1, m) - at(m - 1, m)) * u +
           0.5 * (at(m, m + 1) - at(m, m - 1)) * v + 0.5 * (xx * u * u + yy * v * v) + xy * u * v;
  };
  const auto& w = plane->at_l2.weights;
  const double slope[2] = {(loss(w[0] + step, w[1]) - loss(w[0] - step, w[1])) / (2.0 * step),
                           (loss(w[0], w[1] + step) - loss(w[0], w[1] - step)) / (2.0 * step)};
  for (int k = 0; k < 2; ++k) EXPECT_NEAR(slope[k], -kDecay * w[k], 1e-8);
}

TEST(LossPlane, OfALassoTheDiamondIsTheTunedOne) {
  const Dataset dataset = Draw(false, 150, 9);
  ModelContext context{&dataset};
  context.l1_ratio = 1.0;
  const auto plane = PlaneOf(context, LearntFrom(dataset), {0, 1}, 0.3);
  ASSERT_TRUE(plane);
  EXPECT_EQ(plane->at_l1.decay, 0.3);
  EXPECT_NE(plane->at_l2.decay, 0.3);
  ExpectOneLoss(dataset, *plane);
}

}  // namespace
}  // namespace halflife
