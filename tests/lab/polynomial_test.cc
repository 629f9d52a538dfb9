#include "lab/polynomial.h"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>

#include "lab/smoother.h"
#include "lab/wave.h"
#include "support/least_norm.h"

namespace halflife {
namespace {

using testing::LongMatrix;
using testing::LongVector;

// The textbook's way, in long double: powers, means and population deviations, normal equations.
struct Textbook {
  Textbook(const WaveRows& rows, int degree) : x(degree, rows.x.size()), y(rows.y.size()) {
    for (Eigen::Index i = 0; i < x.cols(); ++i) {
      const auto at = static_cast<std::size_t>(i);
      for (Eigen::Index k = 0; k < degree; ++k)
        x(k, i) = std::pow(static_cast<long double>(rows.x[at]), static_cast<int>(k) + 1);
      y(i) = rows.y[at];
    }
    x.colwise() -= x.rowwise().mean().eval();
    scale = (x.rowwise().squaredNorm() / Count()).cwiseSqrt();
    x.array().colwise() /= scale.array();
    y.array() -= y.mean();
  }

  long double Count() const { return static_cast<long double>(y.size()); }

  LongMatrix Normal(double decay) const {
    LongMatrix normal = x * x.transpose() / Count();
    normal.diagonal().array() += decay;
    return normal;
  }
  LongVector Weights(double decay) const { return Normal(decay).ldlt().solve(x * y / Count()); }

  // A solution in double may be off by the rounding of its problem, a few eps times degree, times
  // the condition number of the normal equations (which is that of the problem where the residual
  // is large), relative to its size.
  double Tolerance(double decay) const {
    const Eigen::SelfAdjointEigenSolver<LongMatrix> solver(Normal(decay));
    const long double condition = solver.eigenvalues().maxCoeff() / solver.eigenvalues()(0);
    return 10.0 * static_cast<double>(x.rows()) * kEps * static_cast<double>(condition) *
           static_cast<double>(Weights(decay).norm() + 1.0L);
  }

  LongMatrix x;
  LongVector y, scale;
};

Vector Rounded(const LongVector& vector) { return vector.cast<double>(); }

TEST(Polynomial, TheWeightsSolveTheNormalEquationsInStandardisedUnits) {
  for (const auto& [degree, decay] : {std::pair{1, 0.0},
                                      {3, 0.0},
                                      {5, 0.0},
                                      {5, 1e-3},
                                      {9, 1e-4},
                                      {12, 1e-3},
                                      {20, 0.01},
                                      {20, 10.0}}) {
    const WaveRows rows = DrawWave(5, 0, 30, 0.3);
    const Textbook textbook(rows, degree);
    const PolynomialFit fit(Monomials(rows.x, degree), rows.y);
    const Vector difference = fit.Weights(decay) - Rounded(textbook.Weights(decay));
    EXPECT_LT(textbook.Tolerance(decay), 1e-6) << "the case says nothing";
    EXPECT_LT(difference.norm(), textbook.Tolerance(decay)) << degree << " " << decay;
    const auto norm = static_cast<double>(textbook.Weights(decay).squaredNorm());
    EXPECT_NEAR(fit.SquaredNorm(decay), norm, 3.0 * std::sqrt(norm) * textbook.Tolerance(decay));
  }
}

TEST(Polynomial, TheDataLossIsHalfTheMeanSquaredResidualOfItsPredictions) {
  const WaveRows rows = DrawWave(5, 0, 25, 0.3);
  const Monomials monomials(rows.x, 7);
  const PolynomialFit fit(monomials, rows.y);
  const Textbook textbook(rows, 7);
  for (const double decay : {0.0, 1e-3, 0.1, 10.0}) {
    const std::vector<double> fitted = fit.Predict(monomials.At(rows.x), fit.Weights(decay));
    const LongVector residual = textbook.y - textbook.x.transpose() * textbook.Weights(decay);
    const auto loss = static_cast<double>(residual.squaredNorm() / textbook.Count() / 2.0L);
    EXPECT_NEAR(fit.DataLoss(decay), loss, textbook.Tolerance(decay));
    EXPECT_NEAR(DataLossOf(rows.y, fitted), loss, textbook.Tolerance(decay));
  }
}

TEST(Polynomial, WithMorePowersThanPointsAndNoDecayTheWeightsHaveTheLeastNorm) {
  const WaveRows rows = DrawWave(5, 0, 6, 0.3);
  const Textbook textbook(rows, 9);
  const PolynomialFit fit(Monomials(rows.x, 9), rows.y);
  const LongVector least = testing::LeastNorm(textbook.x.transpose(), textbook.y);
  // The least singular value of six such points is above 1e-3 of the largest (measured over seeds),
  // so the condition number is below 1e3 and its square, which is the worst, below 1e6.
  const double tolerance = 10.0 * 9 * kEps * 1e6 * static_cast<double>(least.norm() + 1.0L);
  EXPECT_LT((fit.Weights(0.0) - Rounded(least)).norm(), tolerance);
  EXPECT_LT(fit.DataLoss(0.0), tolerance);
}

// The integral of f''^2 term by term: that of x^m over -1 <= x <= 1 is 2/(m+1) for even m.
double IntegralTermByTerm(const Textbook& textbook, const Vector& weights, long double* rounding) {
  const LongVector coefficients = weights.cast<long double>().cwiseQuotient(textbook.scale);
  long double sum = 0;
  *rounding = 0;
  for (Eigen::Index j = 2; j <= weights.size(); ++j) {
    *rounding += static_cast<long double>(j * (j - 1)) * std::abs(coefficients(j - 1));
    for (Eigen::Index k = 2; k <= weights.size(); ++k) {
      if ((j + k) % 2 != 0) continue;
      sum += static_cast<long double>(j * (j - 1) * k * (k - 1)) * coefficients(j - 1) *
             coefficients(k - 1) * 2.0L / static_cast<long double>(j + k - 3);
    }
  }
  return static_cast<double>(sum);
}

TEST(Polynomial, TheRoughnessIsTheIntegralOfTheSquaredSecondDerivative) {
  for (const int degree : {1, 2, 3, 6, 12, 20}) {
    const WaveRows rows = DrawWave(5, 0, 30, 0.3);
    const Monomials monomials(rows.x, degree);
    const PolynomialFit fit(monomials, rows.y);
    for (const double decay : {0.0, 1e-3, 1.0}) {
      const Vector weights = fit.Weights(decay);
      long double terms = 0;
      const double integral = IntegralTermByTerm(Textbook(rows, degree), weights, &terms);
      // f'' in double is off by a few roundings a term, at most 20 eps times the sum of the terms'
      // sizes e; so its square's integral over a length of 2 by 2 f'' e + e^2.
      const double error = 20.0 * kEps * static_cast<double>(terms);
      EXPECT_NEAR(monomials.Roughness(weights), integral,
                  2.0 * std::sqrt(2.0 * integral) * error + 2.0 * error * error)
          << degree << " " << decay;
    }
  }
}

TEST(Polynomial, APredictionIsTheSumOfTheTargetsWithTheSmoothersWeights) {
  const std::vector<double> grid = WaveGrid(21);
  for (const auto& [points, degree] : {std::pair{20, 5}, {20, 9}, {8, 12}}) {
    const WaveRows rows = DrawWave(5, 2, static_cast<std::size_t>(points), 0.3);
    const Monomials monomials(rows.x, degree);
    const PolynomialFit fit(monomials, rows.y);
    const PolynomialSmoother smoother(monomials);
    for (const double decay : {0.0, 1e-4, 0.1, 100.0}) {
      const Matrix weights = smoother.Rows(monomials.At(grid), decay);
      const std::vector<double> fitted = fit.Predict(monomials.At(grid), fit.Weights(decay));
      const Vector summed = weights.transpose() * AsVector(rows.y);
      // The two ways divide by the same singular values, none below 1e-4 of the largest here
      // (measured over seeds), and round each sum; sizes are below 100.
      EXPECT_LT((summed - AsVector(fitted)).cwiseAbs().maxCoeff(), 100.0 * 20 * kEps * 1e4);
      // A constant is fitted exactly.
      EXPECT_LT((weights.colwise().sum().array() - 1.0).abs().maxCoeff(), 100.0 * 20 * kEps);
    }
  }
}

}  // namespace
}  // namespace halflife
