#include "lab/simple.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "halflife/error.h"
#include "lab/decay_path.h"
#include "lab/polynomial.h"
#include "lab/questions.h"
#include "lab/small_net.h"
#include "net/net_trainer.h"

namespace halflife {
namespace {

SimpleFit FitAt(SimpleOptions options, double decay) {
  options.decay = decay;
  return LearnSimple(options).fit;
}

double SquaresOf(const std::vector<double>& values) { return AsVector(values).squaredNorm(); }

TEST(Simple, TheNormOfThePolynomialsWeightsFallsWithEveryLargerDecay) {
  const SimpleOptions options{.seed = 6};
  double before = 1e300;
  for (const double decay : DecayPath(2)) {
    const SimpleFit fit = FitAt(options, decay);
    EXPECT_LT(fit.norm, before) << decay;
    // The root of a sum of 12 squares: a rounding each.
    EXPECT_NEAR(fit.norm, std::sqrt(SquaresOf(fit.weights)), 20 * kEps * fit.norm);
    before = fit.norm;
  }
}

// Not at every step, as the penalty is on the weights and not on the curve's bends; but over a few
// decades by far.
TEST(Simple, TheRoughnessOfThePolynomialFallsAlongTheDecays) {
  for (const std::uint32_t seed : {1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U}) {
    double before = 1e300;
    for (const double decay : {0.0, 0.01, 1.0, 100.0}) {
      const double roughness = FitAt({.seed = seed}, decay).roughness;
      EXPECT_LT(roughness, before) << seed << " " << decay;
      before = roughness;
    }
  }
}

TEST(Simple, TheNetsNormAndRoughnessFallAlongTheDecays) {
  for (const std::uint32_t seed : {1U, 2U, 3U}) {
    SimpleFit before;
    before.norm = before.roughness = 1e300;
    for (const double decay : {0.0, 0.3, 1.0, 3.0, 10.0}) {
      const SimpleFit fit = FitAt({.seed = seed, .net = true}, decay);
      EXPECT_LT(fit.norm, before.norm) << seed << " " << decay;
      EXPECT_LT(fit.roughness, before.roughness) << seed << " " << decay;
      before = fit;
    }
  }
}

TEST(Simple, TheNetFitsItsPoints) {
  const WaveRows rows = DrawWave(1, 0, 20, 0.0);
  const SmallNet net = TrainSmallNets(rows, 1, std::vector{0.0}).front();
  // The mean alone has a loss of half the variance, about 0.3.
  EXPECT_LT(DataLossOf(rows.y, net.At(rows.x)), 0.01);
}

TEST(Simple, TheSmallNetIsTheLibrarysNet) {
  const WaveRows rows = DrawWave(2, 0, 30, 0.3);
  const std::vector<double> decays = {0.0, 0.5};
  const std::vector<SmallNet> nets = TrainSmallNets(rows, 2, decays);
  std::vector<float> x;
  const Vector spread = AsVector(rows.x).array() - AsVector(rows.x).mean();
  const double scale = std::sqrt(spread.squaredNorm() / 30.0);
  for (const double at : spread) x.push_back(static_cast<float>(at / scale));
  const std::vector<float> y(rows.y.begin(), rows.y.end());
  const Samples samples{.inputs = x, .rows = 30, .width = 1, .classes = {}, .numbers = y};
  NetOptions options;
  options.hidden = {24};
  options.activation = Activation::kTanh;
  TrainingOptions training;
  training.epochs = 600;
  training.batch = 30;
  training.lr_shape = ScheduleShape::kCosine;
  training.optimizer.rule = "adamw";
  NetTrainer trainer({samples, samples, {}}, options, training);
  for (std::size_t i = 0; i < 2; ++i) {
    const TrainingRun* const run = trainer.Start({decays[i], 0.03, 2});
    trainer.TrainTo(600, {&run, 1}, 1, {});
    const NetRun& trained = trainer.net(*run);
    const std::vector<float> fitted = PredictNet(trainer.layout(), trained.weights(), samples);
    // Sums of 24 products of sizes below 5 in float: some 24 * 5 roundings of 6e-8.
    for (std::size_t row = 0; row < 30; ++row)
      EXPECT_NEAR(nets[i].At(rows.x[row]), fitted[row], 24 * 5 * 6e-8) << decays[i];
    // The layers' norms that training records, in float.
    const std::vector<double>& norms = trained.curve().back().layer_norms;
    EXPECT_NEAR(nets[i].SquaredNorm(), norms[0] * norms[0] + norms[1] * norms[1],
                1e-5 * nets[i].SquaredNorm());
  }
}

TEST(Simple, TheNetsRoughnessIsThatOfItsSecondDifferences) {
  const SmallNet net = TrainSmallNets(DrawWave(1, 0, 20, 0.3), 1, std::vector{0.1}).front();
  constexpr int kSteps = 4000;
  constexpr double kStep = 2.0 / kSteps;
  double sum = 0.0;
  for (int i = 0; i < kSteps; ++i) {
    const double x = -1.0 + (i + 0.5) * kStep;
    const double bend = (net.At(x - kStep) - 2.0 * net.At(x) + net.At(x + kStep)) / (kStep * kStep);
    sum += kStep * bend * bend;
  }
  // A second difference is off by step^2 / 12 of the fourth derivative, which for waves of slope
  // below 20 is below 20^2 of the second: 1e-5. Its square by twice that; rounding, a few eps /
  // step^2 = 1e-9 of a bend of about 30, and the midpoint rule are far below.
  EXPECT_NEAR(net.Roughness(), sum, 3e-5 * sum);
}

TEST(Simple, TheLossesAreHalfTheMeanSquaredErrors) {
  const SimpleOptions options{.seed = 8, .degree = 6, .decay = 0.01};
  const SimpleFit fit = LearnSimple(options).fit;
  const WaveRows rows = DrawWave(8, 0, 20, 0.3);
  const WaveRows held_out = DrawWaveValidation(8, 200, 0.3);
  const Monomials monomials(rows.x, 6);
  const PolynomialFit polynomial(monomials, rows.y);
  const Vector weights = polynomial.Weights(0.01);
  double loss = 0.0;
  const std::vector<double> fitted = polynomial.Predict(monomials.At(held_out.x), weights);
  for (std::size_t i = 0; i < 200; ++i) loss += std::pow(held_out.y[i] - fitted[i], 2) / 400.0;
  EXPECT_NEAR(fit.validation_loss, loss, 1e3 * kEps);  // sums of 200 numbers of about 1
  EXPECT_EQ(fit.train_loss, polynomial.DataLoss(0.01));
  EXPECT_EQ(fit.roughness, monomials.Roughness(weights));
}

TEST(Simple, TheAnswerHasTheWeightsOfThePolynomialOrOfBothLayersOfTheNet) {
  EXPECT_EQ(AskSimple(Question("degree=15")).numbers.at("weights").size(), 15U);
  const Answer net = AskSimple(Question("model=net"));
  EXPECT_EQ(net.numbers.at("weights").size(), 48U);
  EXPECT_NEAR(net.numbers.at("norm").at(0), std::sqrt(SquaresOf(net.numbers.at("weights"))),
              100 * kEps * net.numbers.at("norm").at(0));
}

TEST(Simple, WhatWasAskedBeforeDoesNotChangeAnAnswer) {
  const std::string options = "model=net path=1 decay=0.1";
  const Answer first = AskSimple(Question(options));
  AskSimple(Question("model=net path=1 noise=0.5"));
  AskSimple(Question("model=net path=1 points=30"));
  AskSimple(Question("model=net path=1 seed=2"));
  const Answer again = AskSimple(Question(options));
  EXPECT_EQ(first.numbers, again.numbers);
  EXPECT_EQ(first.texts, again.texts);
}

// The curve of the roughness figure.
std::string PathOf(const std::string& options) {
  const std::string figure =
      AskSimple(Question("model=net path=1 " + options)).texts.at("roughness.wide");
  const std::size_t at = figure.find("<polyline");
  return figure.substr(at, figure.find('>', at) - at);
}

TEST(Simple, TheNetsPathDependsOnTheDataAndNotOnTheDecayThatIsSet) {
  const std::string path = PathOf("decay=0.1");
  EXPECT_EQ(path, PathOf("decay=2"));
  for (const std::string other : {"noise=0.5", "points=30", "seed=2"}) {
    EXPECT_NE(path, PathOf(other)) << other;
    EXPECT_EQ(path, PathOf("decay=2")) << other;
  }
}

TEST(Simple, TheRoughnessFigureHasTheCurveAndThePointThatIsSet) {
  for (const auto& [options, curves] : {std::pair{"degree=12", true},
                                        {"degree=1", true},
                                        {"model=net", false},
                                        {"model=net path=1", true}}) {
    const Answer answer = AskSimple(Question(options));
    for (const char* const name : {"roughness.wide", "roughness.narrow"}) {
      const std::string& figure = answer.texts.at(name);
      EXPECT_EQ(figure.find("polyline") != std::string::npos, curves) << options;
      EXPECT_NE(figure.find("dot best"), std::string::npos) << options;
    }
  }
}

TEST(Simple, OptionsOutOfTheirRangeAreRefused) {
  for (const std::string options :
       {"model=tree", "model=net decay=11", "decay=1001", "path=2", "degree=21", "points=101"})
    EXPECT_THROW(AskSimple(Question(options)), Error) << options;
}

}  // namespace
}  // namespace halflife
