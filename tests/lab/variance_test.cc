#include "lab/variance.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "halflife/error.h"
#include "lab/decay_path.h"
#include "lab/questions.h"

namespace halflife {
namespace {

double VarianceNumber(const Answer& answer, const std::string& name) {
  EXPECT_EQ(answer.numbers.count(name), 1U) << name;
  return answer.numbers.at(name).at(0);
}

// The prediction at x of a fit to one draw, by its weights.
double PredictionOf(const VarianceOptions& options, std::uint64_t draw) {
  const WaveRows rows =
      DrawWave(options.seed, draw, static_cast<std::size_t>(options.points), options.noise);
  const Monomials monomials(rows.x, options.degree);
  const PolynomialFit fit(monomials, rows.y);
  const std::vector<double> at = {options.x};
  return fit.Predict(monomials.At(at), fit.Weights(options.decay)).front();
}

struct Moments {
  double mean = 0.0;
  double variance = 0.0;
};

Moments MomentsOf(const std::vector<double>& values) {
  Moments moments;
  for (const double value : values) moments.mean += value / static_cast<double>(values.size());
  for (const double value : values)
    moments.variance +=
        (value - moments.mean) * (value - moments.mean) / static_cast<double>(values.size());
  return moments;
}

TEST(Variance, TheExactPartsAreThoseOfThousandsOfDraws) {
  constexpr int kDraws = 4000;
  for (const double decay : {0.0, 1e-3, 0.3}) {
    for (const double x : {0.3, -0.95}) {
      const VarianceOptions options{.seed = 11, .points = 15, .degree = 7, .decay = decay, .x = x};
      std::vector<double> predictions;
      for (std::uint64_t draw = 0; draw < kDraws; ++draw)
        predictions.push_back(PredictionOf(options, draw));
      const Moments seen = MomentsOf(predictions);
      const ErrorSplit exact = VarianceLesson(options).At(x, {decay});
      // Predictions are normal. Six standard errors of their mean and of their variance.
      const double deviation = std::sqrt(exact.variance[0]);
      EXPECT_NEAR(std::fabs(seen.mean - WaveAt(x)), std::sqrt(exact.bias2[0]),
                  6.0 * deviation / std::sqrt(kDraws));
      EXPECT_NEAR(seen.variance, exact.variance[0],
                  6.0 * exact.variance[0] * std::sqrt(2.0 / kDraws));
    }
  }
}

TEST(Variance, TheAnswersPartsAddUpAndAreThoseOfTheLesson) {
  const Answer answer = AskVariance(Question("seed=3 points=25 degree=6 decay=0.01 x=-0.5"));
  const VarianceOptions options{.seed = 3, .points = 25, .degree = 6, .decay = 0.01, .x = -0.5};
  const ErrorSplit exact = VarianceLesson(options).At(-0.5, {0.01});
  EXPECT_EQ(VarianceNumber(answer, "bias2"), exact.bias2[0]);
  EXPECT_EQ(VarianceNumber(answer, "variance"), exact.variance[0]);
  EXPECT_EQ(VarianceNumber(answer, "noise2"), 0.3 * 0.3);
  EXPECT_EQ(VarianceNumber(answer, "total"), exact.bias2[0] + exact.variance[0] + 0.3 * 0.3);
  EXPECT_EQ(VarianceNumber(answer, "true_value"), WaveAt(-0.5));
  EXPECT_EQ(VarianceNumber(answer, "x"), -0.5);
}

TEST(Variance, WhatIsSeenIsOfTheDrawnFits) {
  const Answer answer = AskVariance(Question("seed=3 decay=0.01 fits=12 x=0.7"));
  const VarianceOptions options{.seed = 3, .decay = 0.01, .x = 0.7};
  std::vector<double> predictions;
  for (std::uint64_t draw = 0; draw < 12; ++draw)
    predictions.push_back(PredictionOf(options, draw));
  const Moments seen = MomentsOf(predictions);
  // Two ways to the same predictions, whose size is about 1: see polynomial_test.cc.
  constexpr double kTolerance = 1e-9;
  EXPECT_NEAR(VarianceNumber(answer, "prediction"), predictions[0], kTolerance);
  EXPECT_NEAR(VarianceNumber(answer, "bias2_seen"), std::pow(seen.mean - WaveAt(0.7), 2),
              kTolerance);
  EXPECT_NEAR(VarianceNumber(answer, "variance_seen"), seen.variance, kTolerance);
  const WaveRows rows = DrawWave(3, 0, 20, 0.3);
  const PolynomialFit fit(Monomials(rows.x, 9), rows.y);
  EXPECT_NEAR(VarianceNumber(answer, "train_loss"), fit.DataLoss(0.01), kTolerance);
}

TEST(Variance, OneFitHasNoVariance) {
  EXPECT_EQ(VarianceNumber(AskVariance(Question("fits=1")), "variance_seen"), 0.0);
}

TEST(Variance, WithoutNoiseOnlyTheBiasIsLeft) {
  const Answer answer = AskVariance(Question("noise=0 decay=0.1"));
  EXPECT_EQ(VarianceNumber(answer, "variance"), 0.0);
  EXPECT_EQ(VarianceNumber(answer, "noise2"), 0.0);
  EXPECT_GT(VarianceNumber(answer, "bias2"), 0.0);
  EXPECT_NEAR(VarianceNumber(answer, "bias2_seen"), VarianceNumber(answer, "bias2"),
              1e-12);  // a few roundings of 1
}

// The averages over x by Simpson's rule at 2001 points. The errors below are at most about 1; the
// fourth derivative of a polynomial of degree 10 with values below 1 is below 1e6 (the brothers
// Markov: that of Chebyshev's at 1), and the curve's own is below (2.5 pi)^4. So the rule's error
// is below 1 / 180 * 0.001^4 * 1e7 = 1e-7.
constexpr double kSimpsonError = 1e-7;

double SimpsonTotal(const VarianceOptions& options, double decay, ErrorSplit* parts) {
  constexpr int kSteps = 2000;
  const VarianceLesson lesson(options);
  *parts = {{0.0}, {0.0}, options.noise * options.noise};
  for (int i = 0; i <= kSteps; ++i) {
    const double weight = (i == 0 || i == kSteps ? 1.0 : i % 2 == 1 ? 4.0 : 2.0) / (3.0 * kSteps);
    const ErrorSplit there = lesson.At(2.0 * i / kSteps - 1.0, {decay});
    parts->bias2[0] += weight * there.bias2[0];
    parts->variance[0] += weight * there.variance[0];
  }
  return parts->Total(0);
}

TEST(Variance, TheAveragesAreIntegralsOverX) {
  for (const std::string decay : {"0", "0.01", "3"}) {
    const Answer answer = AskVariance(Question("seed=4 points=30 degree=5 decay=" + decay));
    const VarianceOptions options{.seed = 4, .points = 30, .degree = 5};
    ErrorSplit parts;
    SimpsonTotal(options, std::stod(decay), &parts);
    EXPECT_NEAR(VarianceNumber(answer, "average_bias2"), parts.bias2[0], kSimpsonError);
    EXPECT_NEAR(VarianceNumber(answer, "average_variance"), parts.variance[0], kSimpsonError);
  }
}

TEST(Variance, NoDecayBesideTheBestHasALowerAveragedError) {
  for (const auto& [text, options] :
       {std::pair{"seed=4 noise=0.6 degree=9",
                  VarianceOptions{.seed = 4, .noise = 0.6, .degree = 9}},
        {"seed=9 noise=0.6 points=40 degree=6",
         VarianceOptions{.seed = 9, .noise = 0.6, .points = 40, .degree = 6}}}) {
    const double best = VarianceNumber(AskVariance(Question(text)), "best_decay");
    ASSERT_GT(best, 0.0);
    ErrorSplit parts;
    const double least = SimpsonTotal(options, best, &parts);
    for (const double factor : {0.1, 0.5, 0.8, 1.25, 2.0, 10.0})
      EXPECT_LT(least, SimpsonTotal(options, factor * best, &parts)) << text << " " << factor;
    EXPECT_LT(least, SimpsonTotal(options, 0.0, &parts));
  }
}

TEST(Variance, TheBestOfDecaysIsTheFirstWithTheLeastTotal) {
  EXPECT_EQ(BestDecay({{3.0, 1.0, 0.5}, {0.0, 1.0, 1.5}, 0.1}, {0.0, 0.1, 1.0}), 0.1);
  EXPECT_EQ(BestDecay({{0.0, 1.0}, {0.5, 0.0}, 0.1}, {0.0, 0.1}), 0.0);
}

TEST(Variance, TheDecaysOfThePathHoldZeroAndBothEnds) {
  const std::vector<double> decays = DecayPath(8);
  EXPECT_EQ(decays.size(), 1U + 11U * 8U + 1U);
  EXPECT_EQ(decays[0], 0.0);
  EXPECT_EQ(decays[1], 1e-8);
  EXPECT_EQ(decays[9], 1e-7);
  EXPECT_EQ(decays.back(), 1e3);
  EXPECT_EQ(MarkedDecay(1e-12), 1e-8);
  EXPECT_EQ(MarkedDecay(0.0), 0.0);
  EXPECT_EQ(MarkedDecay(0.5), 0.5);
}

// How often `part` comes in `text`.
std::size_t CountOf(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

TEST(Variance, TheFigureHasALineForEveryFitAndAHandleForX) {
  const Answer answer = AskVariance(Question("fits=17 degree=20 points=21"));
  for (const std::string name : {"fits.wide", "fits.narrow"}) {
    const std::string& figure = answer.texts.at(name);
    EXPECT_EQ(CountOf(figure, "class=\"fit thin\""), 17U);
    EXPECT_EQ(CountOf(figure, "class=\"dot training\""), 21U);
    EXPECT_EQ(CountOf(figure, "data-handle=\"x\""), 1U);
  }
  EXPECT_EQ(answer.numbers.at("fits_wide").size(), 6U);
  EXPECT_EQ(CountOf(answer.texts.at("split.narrow"), "class=\"area "), 3U);
}

TEST(Variance, OptionsOutOfTheirRangeAreRefused) {
  for (const std::string options : {"points=4", "degree=21", "degree=0", "fits=101", "fits=0",
                                    "x=1.1", "decay=-1", "decay=1001", "noise=2"})
    EXPECT_THROW(AskVariance(Question(options)), Error) << options;
}

}  // namespace
}  // namespace halflife
