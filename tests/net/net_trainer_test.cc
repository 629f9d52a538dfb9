// Runs of nets: alone and in company, in parts and as a whole, and what is recorded of them.
#include "net/net_trainer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "halflife/error.h"
#include "halflife/rule.h"
#include "reference/reference_net.h"
#include "support/nets.h"

namespace halflife {
namespace {

using testing::NetProblem;
using testing::SameRun;
using testing::SameWeights;
using testing::ShortTraining;
using testing::SmallNet;
using testing::Train;

NetOptions FullNet() {
  NetOptions net = SmallNet();
  net.layer_norm = true;
  net.dropout = 0.2;
  return net;
}

TEST(NetTrainer, ARunIsTheSameAloneInAnyGroupAndOnAnyNumberOfThreads) {
  const NetProblem problem(33, 4);
  NetTrainer trainer(problem.data(), FullNet(), ShortTraining());
  std::vector<RunKey> keys;
  for (const std::uint64_t seed : {1, 2}) {
    for (const double decay : {0.0, 1e-3, 1e-2, 0.1, 0.5, 1.0, 3.0}) {
      keys.push_back({decay, 1e-2, seed});
    }
  }
  std::vector<const NetRun*> alone;
  for (const RunKey& key : keys) alone.push_back(Train(&trainer, {key}, 3, 1).front());
  for (const int threads : {1, 2, 3}) {
    const auto together = Train(&trainer, keys, 3, threads);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      EXPECT_TRUE(SameRun(*alone[i], *together[i])) << threads << " threads, run " << i;
      EXPECT_EQ(together[i]->curve().size(), 3U);
    }
  }
  EXPECT_FALSE(SameWeights(*alone[0], *alone[1]));  // decays differ
  EXPECT_FALSE(SameWeights(*alone[0], *alone[7]));  // seeds differ
}

// At lr 0 nothing moves, so equal losses mean equal weights, batches and masks.
TEST(NetTrainer, RunsOfASeedShareInitialWeightsBatchesAndMasks) {
  const NetProblem problem(6, 3);
  NetTrainer trainer(problem.data(), FullNet(), ShortTraining());
  const auto runs = Train(&trainer, {{0.0, 0.0, 1}, {0.5, 0.0, 1}, {0.0, 0.0, 2}}, 2, 2);
  for (std::size_t e = 0; e < 2; ++e)
    EXPECT_EQ(runs[0]->curve()[e].train_loss, runs[1]->curve()[e].train_loss);
  EXPECT_NE(runs[0]->curve()[0].train_loss, runs[0]->curve()[1].train_loss);
  EXPECT_NE(runs[0]->curve()[0].train_loss, runs[2]->curve()[0].train_loss);
}

TEST(NetTrainer, ADivergingRunEndsAndLeavesItsCompanionsAlone) {
  const NetProblem problem(6, 3);
  NetTrainer trainer(problem.data(), SmallNet(), ShortTraining("sgd"));
  const RunKey good{0.01, 0.05, 1};
  const auto alone = Train(&trainer, {good}, 4, 1);
  const auto runs = Train(&trainer, {{0.0, 1e30, 1}, good, {0.0, 0.05, 1}}, 4, 1);
  ASSERT_TRUE(runs[0]->diverged());
  EXPECT_EQ(runs[0]->diverged()->what, Divergence::What::kLoss);
  EXPECT_EQ(runs[0]->diverged()->epoch, 1);
  EXPECT_TRUE(runs[0]->curve().empty());
  EXPECT_TRUE(SameRun(*alone[0], *runs[1]));
  EXPECT_EQ(runs[2]->curve().size(), 4U);
  const TrainingRun* const again = runs[0];
  trainer.TrainTo(4, {&again, 1}, 1, {});  // has ended for good
  EXPECT_TRUE(runs[0]->curve().empty());
}

TEST(NetTrainer, GoingOnIsTheSameAsNeverHavingStopped) {
  const NetProblem problem(6, 1);
  TrainingOptions training = ShortTraining();
  training.lr_shape = ScheduleShape::kCosine;
  training.warm_up = 0.2;
  NetTrainer trainer(problem.data(), FullNet(), training);
  const RunKey key{0.1, 1e-2, 3};
  const auto whole = Train(&trainer, {key}, 4, 1);
  const auto parts = Train(&trainer, {key}, 2, 1);
  EXPECT_EQ(parts[0]->curve().size(), 2U);
  const auto other = trainer.Start({0.2, 1e-2, 3});  // joins later
  const TrainingRun* const both[] = {parts[0], other};
  trainer.TrainTo(4, both, 2, {});
  EXPECT_TRUE(SameRun(*whole[0], *parts[0]));
  EXPECT_EQ(other->curve().size(), 4U);
}

TEST(NetTrainer, EveryRuleOfTheRegistryTrains) {
  for (const RuleSpec* rule : Rules()) {
    const NetProblem problem(6, 3);
    NetTrainer trainer(problem.data(), SmallNet(), ShortTraining(std::string(rule->name)));
    const auto runs = Train(&trainer, {{0.0, rule->lr, 1}, {1e-3, rule->lr, 1}}, 4, 2);
    for (const auto& run : runs) {
      EXPECT_FALSE(run->diverged()) << rule->name;
      ASSERT_EQ(run->curve().size(), 4U) << rule->name;
      EXPECT_LT(run->curve().back().train_loss, run->curve().front().train_loss) << rule->name;
      EXPECT_LT(std::abs(run->curve().back().validation_loss), 100) << rule->name;
    }
    EXPECT_FALSE(SameWeights(*runs[0], *runs[1])) << rule->name;
  }
}

// One step of one batch from the same weights: the gradients are alike, so what differs is decay.
TEST(NetTrainer, DecaysWeightsAndNothingElseByDefault) {
  const NetProblem problem(6, 3);
  TrainingOptions training = ShortTraining();
  training.batch = 150;
  NetOptions net = SmallNet();
  net.layer_norm = true;
  for (const DecayPolicy policy : {DecayPolicy::kWeightsOnly, DecayPolicy::kAll}) {
    training.optimizer.policy = policy;
    NetTrainer trainer(problem.data(), net, training);
    const auto runs = Train(&trainer, {{0.0, 1e-2, 1}, {0.5, 1e-2, 1}}, 1, 1);
    const NetLayout& layout = trainer.layout();
    FloatBlock start(layout.size());
    layout.Initialise(1, start.span());
    for (std::size_t t = 0; t < layout.tensors().size(); ++t) {
      const bool decays =
          policy == DecayPolicy::kAll || layout.tensors()[t].kind == ParameterKind::kWeight;
      const auto without = layout.Of(t, runs[0]->weights());
      const auto with = layout.Of(t, runs[1]->weights());
      const auto initial = layout.Of(t, std::span<const float>(start.span()));
      for (std::size_t i = 0; i < with.size(); ++i) {
        // Decoupled: lr decay w less, to two roundings of numbers below 2.
        const double less = decays ? 1e-2 * 0.5 * initial[i] : 0;
        EXPECT_NEAR(without[i] - with[i], less, 4 * 0x1p-24) << layout.tensors()[t].name;
      }
    }
  }
}

class Records : public ::testing::Test {
 protected:
  Records() : problem_(6, 3), trainer_(problem_.data(), Net(), Training()) {}
  static NetOptions Net() {
    NetOptions net = SmallNet();
    net.activation = Activation::kTanh;
    return net;
  }
  static TrainingOptions Training() {
    TrainingOptions training = ShortTraining();
    training.batch = 1000;  // one step an epoch
    return training;
  }
  static NetBlock Block(const NetRun& run) {
    const std::span<const float> weights = run.weights();
    return {weights.begin(), weights.end()};
  }
  // The sum over the layers' weights of what `term` gives.
  template <class Term>
  double OverWeights(const Term& term) const {
    double sum = 0;
    for (const NetLayer& layer : trainer_.layout().layers()) {
      const NetTensor& tensor = trainer_.layout().tensors()[layer.weight];
      for (std::size_t i = tensor.offset; i < tensor.offset + tensor.count; ++i) sum += term(i);
    }
    return sum;
  }
  NetProblem problem_;
  NetTrainer trainer_;
};

TEST_F(Records, SayWhatStraightforwardComputationSays) {
  const RunKey key{0.3, 1e-2, 1};
  const auto runs = Train(&trainer_, {key}, 2, 1);
  const NetBlock before = Block(*runs[0]);
  const TrainingRun* const run = runs[0];
  trainer_.TrainTo(3, {&run, 1}, 1, {});
  const NetBlock after = Block(*runs[0]);
  const EpochRecord& record = run->curve().back();

  const ReferenceNet reference(trainer_.layout());
  const Samples training = problem_.training.view();
  // Sums of at most 150 rows and 30 terms a layer in floats, losses and norms below 4.
  const double bound = 4 * (150 + 3 * 60) * 0x1p-24;
  EXPECT_NEAR(record.train_loss, reference.Loss(before, training), bound);
  EXPECT_NEAR(record.validation_loss, reference.Loss(after, problem_.validation.view()), bound);
  double right = 0;
  for (std::size_t r = 0; r < 67; ++r) {
    const std::vector<double> f = reference.Outputs(after, problem_.validation.view().row(r));
    right += std::max_element(f.begin(), f.end()) - f.begin() == problem_.validation.classes[r];
  }
  EXPECT_DOUBLE_EQ(record.validation_score, right / 67);

  double squares = 0;
  for (const double g : reference.Differences(before, training).mean) squares += g * g;
  EXPECT_NEAR(record.gradient_norm, std::sqrt(squares), bound);
  const double was = OverWeights([&](std::size_t i) { return before[i] * before[i]; });
  const double is = OverWeights([&](std::size_t i) { return after[i] * after[i]; });
  const double dot = OverWeights([&](std::size_t i) { return before[i] * after[i]; });
  // Near 1 the cosine loses half the digits of 2^-53: 1e-8, over an angle of 1e-2.
  EXPECT_NEAR(record.update_angle, std::acos(dot / std::sqrt(was * is)) * 180 / std::numbers::pi,
              1e-5 * record.update_angle);
  EXPECT_GT(record.update_angle, 0.1);
  EXPECT_NEAR(record.penalty, 0.3 / 2 * is, 1e-12);
  ASSERT_EQ(record.layer_norms.size(), 3U);
  double norms = 0;
  for (const double norm : record.layer_norms) norms += norm * norm;
  EXPECT_NEAR(norms, is, 1e-12);
}

TEST(NetTrainer, TrainLossIsTheMeanOverAllRowsWithTheLastPartialBatch) {
  const NetProblem problem(6, 1);  // 150 rows in batches of 40: the last has 30
  NetTrainer trainer(problem.data(), SmallNet(), ShortTraining());
  EXPECT_EQ(trainer.steps_per_epoch(), 4U);
  const auto runs = Train(&trainer, {{0.0, 0.0, 1}}, 1, 1);  // lr 0: the weights stay
  EXPECT_EQ(runs[0]->optimizer().step(), 4);
  const std::span<const float> weights = runs[0]->weights();
  const double all =
      EvaluateNets(trainer.layout(), {&weights, 1}, problem.training.view()).front().loss;
  // Row losses are the same doubles; only the order of adding 150 of them differs.
  EXPECT_NEAR(runs[0]->curve()[0].train_loss, all, 150 * 0x1p-53 * all);
}

TEST(NetTrainer, EarlyStoppingKeepsTheBestEpoch) {
  const NetProblem problem(6, 3, 60);
  TrainingOptions training = ShortTraining();
  training.epochs = 300;
  training.patience = 5;
  NetTrainer trainer(problem.data(), SmallNet(), training);
  const auto runs = Train(&trainer, {{0.0, 3e-2, 1}}, 300, 1);
  const auto& curve = runs[0]->curve();
  ASSERT_TRUE(runs[0]->stopped());
  ASSERT_LT(curve.size(), 300U);
  std::size_t best = 0;
  for (std::size_t e = 1; e < curve.size(); ++e) {
    if (curve[e].validation_loss < curve[best].validation_loss) best = e;
  }
  EXPECT_EQ(runs[0]->kept_epoch(), static_cast<int>(best) + 1);
  EXPECT_EQ(curve.size(), best + 1 + 5);
  const std::span<const float> weights = runs[0]->weights();
  EXPECT_EQ(EvaluateNets(trainer.layout(), {&weights, 1}, problem.validation.view()).front().loss,
            curve[best].validation_loss);
  const TrainingRun* const run = runs[0];
  const std::size_t ended = curve.size();
  trainer.TrainTo(300, {&run, 1}, 1, {});
  EXPECT_EQ(run->curve().size(), ended);
}

TEST(NetTrainer, StopsAllAtTheEndOfTheirEpochWhenTold) {
  const NetProblem problem(6, 3);
  NetTrainer trainer(problem.data(), SmallNet(), ShortTraining());
  std::vector<const TrainingRun*> runs;
  for (const double decay : {0.0, 0.1, 0.2}) runs.push_back(trainer.Start({decay, 1e-2, 1}));
  int calls = 0;
  trainer.TrainTo(4, runs, 1, [&](const TrainingRun& run) {
    EXPECT_EQ(run.curve().size(), 1U + static_cast<std::size_t>(calls) / 3);
    return ++calls < 4;  // in the second epoch
  });
  EXPECT_EQ(calls, 6);
  for (const auto& run : runs) EXPECT_EQ(run->curve().size(), 2U);
}

TEST(NetTrainer, TestsOnRowsOfTheirOwn) {
  const NetProblem problem(6, 1);
  NetTrainer trainer(problem.data(), SmallNet(), ShortTraining());
  const auto runs = Train(&trainer, {{0.0, 1e-2, 1}}, 4, 1);
  const RowLosses found = trainer.Test(*runs[0]);
  const std::span<const float> weights = runs[0]->weights();
  const Evaluation expected =
      EvaluateNets(trainer.layout(), {&weights, 1}, problem.test.view()).front();
  EXPECT_EQ(found.losses, expected.losses);
  EXPECT_EQ(found.score, expected.score);
  EXPECT_EQ(found.losses.size(), 45U);
}

}  // namespace
}  // namespace halflife
