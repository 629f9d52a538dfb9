#include "halflife/tune_training.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <mutex>

#include "base/random.h"
#include "halflife/error.h"
#include "tune/best_point.h"

namespace halflife {
namespace {

constexpr int kFeatures = 30;

// A line through noise with as many features as rows: too many to do without decay.
struct LineRows {
  std::vector<std::vector<float>> x;
  std::vector<float> y;
  LineRows(int count, std::uint64_t seed) {
    Random random(seed);
    for (int i = 0; i < count; ++i) {
      x.emplace_back();
      for (int f = 0; f < kFeatures; ++f) x.back().push_back(static_cast<float>(random.Normal()));
      y.push_back(x.back()[0] + static_cast<float>(random.Normal()));
    }
  }
};

struct FittedLine {
  std::vector<float> w = std::vector<float>(kFeatures);
  std::vector<float> b = {0.0F};

  float Error(const LineRows& rows, std::size_t i) const {
    float out = b[0] - rows.y[i];
    for (std::size_t f = 0; f < w.size(); ++f) out += w[f] * rows.x[i][f];
    return out;
  }
  RowLosses Losses(const LineRows& rows) const {
    RowLosses held;
    for (std::size_t i = 0; i < rows.y.size(); ++i)
      held.losses.push_back(0.5 * std::pow(Error(rows, i), 2.0));
    return held;
  }
};

const LineRows kTrain(40, 1);
const LineRows kValidation(300, 2);
const LineRows kTest(300, 3);

OwnNet MakeLine(std::uint64_t seed) {
  const auto line = std::make_shared<FittedLine>();
  Random random(seed);
  for (float& w : line->w) w = 0.1F * static_cast<float>(random.Normal());
  OwnNet net;
  net.parameters = {{"w", {1, kFeatures}, ParameterKind::kWeight, line->w},
                    {"b", {1}, ParameterKind::kBias, line->b}};
  net.gradients = [line, seed](std::int64_t step, std::span<const std::span<float>> g) {
    std::fill(g[0].begin(), g[0].end(), 0.0F);
    g[1][0] = 0.0F;
    Random batch(seed, static_cast<std::uint64_t>(step));
    double loss = 0.0;
    for (int k = 0; k < 10; ++k) {
      const std::size_t i = batch.Below(kTrain.y.size());
      const float error = line->Error(kTrain, i);
      loss += 0.05 * error * error;
      for (std::size_t f = 0; f < line->w.size(); ++f) g[0][f] += 0.1F * error * kTrain.x[i][f];
      g[1][0] += 0.1F * error;
    }
    return loss;
  };
  net.validate = [line] { return line->Losses(kValidation); };
  net.test = [line] { return line->Losses(kTest); };
  return net;
}

TrainingTuneOptions Options() {
  TrainingTuneOptions options;
  options.optimizer.rule = "sgd";
  options.optimizer.law = DecayLaw::kDecoupled;
  options.optimizer.lr = 0.05;
  options.steps_per_epoch = 40;
  options.classification = false;
  return options;
}

TEST(TuneOwnNet, FindsThatDecayHelpsALineWithTooManyFeatures) {
  const TuneResult result = Tune(MakeLine, Options());
  EXPECT_EQ(result.verdict.label, VerdictLabel::kHelps);
  // Ridge on 40 rows, noise 1: about p sigma^2 / (n ||w||^2) = 30/40, within a factor of 5.
  EXPECT_GT(Best(result).decay, 0.15);
  EXPECT_LT(Best(result).decay, 3.75);
  EXPECT_EQ(result.family, ModelFamily::kAuto);
  EXPECT_EQ(result.training->test_rows, 300U);
  EXPECT_EQ(result.training->validation_rows, 300U);
  EXPECT_GT(result.training->epochs_saved, 0);
}

TEST(TuneOwnNet, KnowsWhichParametersAreDecayed) {
  const std::vector<DecayedParameter> parameters = Tune(MakeLine, Options()).training->parameters;
  ASSERT_EQ(parameters.size(), 2U);
  EXPECT_EQ(parameters[0].name, "w");
  EXPECT_TRUE(parameters[0].decayed);
  EXPECT_EQ(parameters[1].kind, ParameterKind::kBias);
  EXPECT_FALSE(parameters[1].decayed);
}

// By hand: SGD with decoupled decay from the same weights and batches.
TEST(TuneOwnNet, TrainsAsALoopByHandWould) {
  TrainingTuneOptions options = Options();
  options.decays = {0.5};
  options.epochs = 2;
  options.seeds = 1;
  options.seed = 7;
  const TuneResult result = Tune(MakeLine, options);
  OwnNet net = MakeLine(7);
  std::vector<float> w(kFeatures);
  std::vector<float> b(1);
  const std::vector<std::span<float>> g = {w, b};
  double train = 0.0;
  for (int step = 0; step < 80; ++step) {
    const double loss = net.gradients(step, g);
    if (step >= 40) train += loss / 40.0;
    for (std::size_t f = 0; f < w.size(); ++f) {
      float& weight = net.parameters[0].values[f];
      weight = weight * (1.0F - 0.025F) - 0.05F * w[f];
    }
    net.parameters[1].values[0] -= 0.05F * b[0];
  }
  double squares = 0.0;
  for (const float weight : net.parameters[0].values) squares += double{weight} * weight;
  const EpochRecord& last = result.grid[0].trained->curves[0].epochs.back();
  // Floats rounded otherwise: 80 steps of a few parts in 1e7.
  EXPECT_NEAR(last.train_loss, train, 1e-4 * train);
  ASSERT_EQ(last.layer_norms.size(), 1U);
  EXPECT_NEAR(last.layer_norms[0], std::sqrt(squares), 1e-4);
  EXPECT_NEAR(last.penalty, 0.25 * squares, 1e-4);
  EXPECT_GT(last.gradient_norm, 0.0);
  EXPECT_GT(last.update_angle, 0.0);
  EXPECT_LT(last.update_angle, 30.0);
}

TEST(TuneOwnNet, TheAnswerIsTheSameForOneThreadAndTwo) {
  TrainingTuneOptions options = Options();
  options.threads = 1;
  const TuneResult one = Tune(MakeLine, options);
  options.threads = 2;
  const TuneResult two = Tune(MakeLine, options);
  EXPECT_EQ(one.best, two.best);
  EXPECT_EQ(one.verdict.p_value, two.verdict.p_value);
  ASSERT_EQ(one.grid.size(), two.grid.size());
  for (std::size_t i = 0; i < one.grid.size(); ++i) {
    EXPECT_EQ(one.grid[i].validation.mean, two.grid[i].validation.mean);
    EXPECT_EQ(one.grid[i].weight_norm, two.grid[i].weight_norm);
  }
}

// Validation loss falls, then rises: with early stopping the figures are those of the best epoch.
TEST(TuneOwnNet, EarlyStoppingKeepsTheWeightsOfTheBestEpoch) {
  TrainingTuneOptions options = Options();
  options.decays = {0.0, 0.01};
  options.epochs = 20;
  options.early_stopping = true;
  const TuneResult result = Tune(MakeLine, options);
  for (const GridPoint& point : result.grid) {
    double mean = 0.0;
    for (const TrainingCurve& curve : point.trained->curves) {
      double lowest = 1e9;
      for (const EpochRecord& epoch : curve.epochs)
        lowest = std::min(lowest, epoch.validation_loss);
      EXPECT_LT(lowest, curve.epochs.back().validation_loss);
      mean += lowest / static_cast<double>(point.trained->curves.size());
    }
    EXPECT_NEAR(point.validation.mean, mean, 1e-12);  // sums in another order
  }
}

// Averaged weights are evaluated, and training goes on from the others.
TEST(TuneOwnNet, ARuleThatAveragesIsEvaluatedAtTheAverage) {
  TrainingTuneOptions options = Options();
  options.optimizer.rule = "schedule_free_adamw";
  options.optimizer.lr = 0.02;
  options.decays = {0.1};
  options.seeds = 1;
  const TuneResult result = Tune(MakeLine, options);
  OwnNet net = MakeLine(1);
  OptimizerOptions at = options.optimizer;
  at.decay = 0.1;
  Optimizer optimizer(net.parameters, at);
  std::vector<float> w(kFeatures);
  std::vector<float> b(1);
  const std::vector<std::span<float>> g = {w, b};
  for (int step = 0; step < 400; ++step) {
    net.gradients(step, g);
    optimizer.Step(std::vector<std::span<const float>>(g.begin(), g.end()));
  }
  for (std::size_t p = 0; p < 2; ++p) optimizer.AverageWeights(p, net.parameters[p].values);
  double mean = 0.0;
  for (const double loss : net.validate().losses) mean += loss / 300.0;
  EXPECT_NEAR(result.grid[0].validation.mean, mean, 1e-12);  // the same sum in another order
}

TEST(TuneOwnNet, ADivergingRateIsReportedAndTheOthersChosenFrom) {
  TrainingTuneOptions options = Options();
  options.lrs = {0.05, 1.5};
  options.decays = {0.0, 0.5};
  const TuneResult result = Tune(MakeLine, options);
  EXPECT_EQ(Best(result).trained->lr, 0.05);
  EXPECT_EQ(result.verdict.label, VerdictLabel::kHelps);
  EXPECT_EQ(result.findings.at(0).kind, TuneFinding::Kind::kDiverged);
  options.lrs = {1.5};
  EXPECT_THROW(Tune(MakeLine, options), Error);
}

TEST(TuneOwnNet, RefusesWhatCannotBeTuned) {
  TrainingTuneOptions options = Options();
  options.steps_per_epoch = 0;
  EXPECT_THROW(Tune(MakeLine, options), Error);
  options = Options();
  EXPECT_THROW(Tune(NetFactory(), options), Error);
  EXPECT_THROW(Tune(
                   [](std::uint64_t seed) {
                     OwnNet net = MakeLine(seed);
                     net.validate = nullptr;
                     return net;
                   },
                   options),
               Error);
  EXPECT_THROW(Tune(
                   [](std::uint64_t seed) {
                     OwnNet net = MakeLine(seed);
                     net.validate = [] { return RowLosses(); };
                     return net;
                   },
                   options),
               Error);
  EXPECT_THROW(Tune(
                   [](std::uint64_t seed) {
                     OwnNet net = MakeLine(seed);
                     for (Parameter& parameter : net.parameters)
                       parameter.kind = ParameterKind::kBias;
                     return net;
                   },
                   options),
               Error);
}

TEST(TuneOwnNet, WhatACallbackThrowsPassesThrough) {
  TrainingTuneOptions options = Options();
  options.threads = 2;
  EXPECT_THROW(Tune(
                   [](std::uint64_t seed) {
                     OwnNet net = MakeLine(seed);
                     net.gradients = [](std::int64_t, auto) -> double {
                       throw std::string("mine");
                     };
                     return net;
                   },
                   options),
               std::string);
}

TEST(TuneOwnNet, AStopRequestIsHeard) {
  TrainingTuneOptions options = Options();
  options.threads = 1;
  std::int64_t epochs = 0;
  options.progress = [&](const TrainingProgress& progress) { epochs = progress.epochs_done; };
  options.stop = [&] { return epochs >= 25; };
  const TuneResult result = Tune(MakeLine, options);
  EXPECT_TRUE(result.training->stopped);
  EXPECT_EQ(result.training->epochs_trained, 25);
}

}  // namespace
}  // namespace halflife
