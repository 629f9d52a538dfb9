// result.json of nets read back: runs as they ended, and every optimizer with all its options.
#include <gtest/gtest.h>

#include <cmath>

#include "halflife/report.h"
#include "halflife/rule.h"
#include "report/round_trip.h"
#include "report/sample_result.h"

namespace halflife {
namespace {

using testing::Change;
using testing::ExpectTheSameAgain;
using testing::kInfinity;
using testing::kNan;

void ExpectTheSameNet(const char* what, const Change& change) {
  ExpectTheSameAgain(NetSample(), change, what);
}

OptimizerOptions& OptimizerOf(TuneResult& result) { return result.training->optimizer; }

TEST(RoundTripOfNets, RunsAsTheyEnded) {
  ExpectTheSameNet("as it is", [](TuneResult&) {});
  ExpectTheSameNet("interrupted", [](TuneResult& r) {
    r.interrupted = r.training->stopped = true;
    r.grid[3].trained->curves.clear();
    r.grid[3].trained->seeds = 0;
    r.findings = {{.kind = TuneFinding::Kind::kStoppedInside, .count = 3, .of = 20}};
  });
  for (const auto what :
       {Divergence::What::kLoss, Divergence::What::kValidationLoss, Divergence::What::kWeight}) {
    for (const bool nan : {false, true}) {
      ExpectTheSameNet("diverged", [&](TuneResult& r) {
        r.grid[4].trained->diverged = Divergence{what, nan, 2};
        r.grid[4].validation = {kInfinity, kNan};
        EpochRecord& last = r.grid[4].trained->curves[0].epochs.back();
        last.train_loss = nan ? kNan : kInfinity;
        last.layer_norms[1] = kInfinity;
      });
    }
  }
  ExpectTheSameNet("the best went through infinity", [](TuneResult& r) {
    EpochRecord& epoch = r.grid[2].trained->curves[1].epochs[7];
    epoch.validation_loss = kInfinity;
    epoch.train_loss = -kInfinity;
    epoch.update_angle = kNan;
    r.grid[2].trained->half_life_steps = r.grid[2].half_life_epochs = kInfinity;
    r.grid[2].trained->averaging_time_epochs = kNan;
  });
  ExpectTheSameNet("nothing compared, no test rows", [](TuneResult& r) {
    r.verdict.improvement = kNan;
    r.verdict.findings = {{.kind = TuneFinding::Kind::kNothingCompared}};
    r.training->best_test.reset();
    r.training->baseline_test.reset();
    r.training->test_rows = 0;
  });
  ExpectTheSameNet("no signal", [](TuneResult& r) { r.verdict.signal.none = true; });
  ExpectTheSameNet("regression", [](TuneResult& r) {
    r.data.task = Task::kRegression;
    r.data.classes.clear();
    r.data.log_target = true;
    r.data.null_loss = 0.5;
  });
  ExpectTheSameNet("a net of one's own", [](TuneResult& r) {
    r.training->net.reset();
    r.family = ModelFamily::kAuto;
    r.data.target = r.data.path = "";
    for (GridPoint& point : r.grid) point.score = kNan;
    r.training->best_test->score = kNan;
  });
}

// Twice as many digits as are recorded: the page is of those recorded, before and after.
TEST(RoundTripOfNets, EpochsOfAllDigits) {
  ExpectTheSameNet("digits", [](TuneResult& r) {
    double x = 0.1;
    for (GridPoint& point : r.grid) {
      for (TrainingCurve& curve : point.trained->curves) {
        for (EpochRecord& epoch : curve.epochs) {
          for (double* part : {&epoch.train_loss, &epoch.validation_loss, &epoch.penalty,
                               &epoch.validation_score, &epoch.gradient_norm, &epoch.update_angle,
                               &epoch.layer_norms[0], &epoch.layer_norms[1]}) {
            x = 3.99 * x * (1.0 - x);  // the logistic map
            *part = x;
          }
        }
      }
    }
  });
}

TEST(RoundTripOfNets, TheBuiltInNetAndItsTraining) {
  for (const auto activation : {Activation::kRelu, Activation::kGelu, Activation::kTanh}) {
    for (const auto shape :
         {ScheduleShape::kConstant, ScheduleShape::kLinear, ScheduleShape::kCosine}) {
      ExpectTheSameNet("net", [&](TuneResult& r) {
        BuiltNet& net = *r.training->net;
        net.options = {.hidden = {64, 32}, .activation = activation, .layer_norm = true};
        net.options.dropout = 0.1;
        net.training.lr_shape = shape;
        net.training.lr_end = 0.01;
        net.training.warm_up = 0.05;
        net.training.decay_shape = shape;
        net.training.patience = 3;
        net.training.epochs = 20;
        r.training->early_stopping = true;
        r.training->lrs = {0.001, 0.01};
      });
    }
  }
  ExpectTheSameNet("no hidden layer", [](TuneResult& r) { r.training->net->options.hidden = {}; });
}

TEST(RoundTripOfNets, EveryRuleWithItsOptions) {
  for (const RuleSpec* rule : Rules()) {
    ExpectTheSameNet(std::string(rule->name).c_str(), [&](TuneResult& r) {
      OptimizerOf(r).rule = std::string(rule->name);
      OptimizerOf(r).law.reset();
      for (const OptionSpec& option : rule->options)
        OptimizerOf(r).options[std::string(option.name)] = option.init;
    });
  }
}

TEST(RoundTripOfNets, EveryLawPenaltyAndCentre) {
  for (const DecayLawSpec& law : DecayLaws()) {
    ExpectTheSameNet(std::string(law.name).c_str(),
                     [&](TuneResult& r) { OptimizerOf(r).law = law.law; });
  }
  for (const auto penalty : {ProximalPenalty::kL2, ProximalPenalty::kL1,
                             ProximalPenalty::kElasticNet, ProximalPenalty::kGroupLasso}) {
    for (const auto center : {DecayCenter::kZero, DecayCenter::kStart, DecayCenter::kGiven}) {
      ExpectTheSameNet("proximal", [&](TuneResult& r) {
        OptimizerOf(r).law = DecayLaw::kProximal;
        OptimizerOf(r).penalty = penalty;
        OptimizerOf(r).l1_ratio = 0.3;
        OptimizerOf(r).center = center;
      });
    }
  }
}

TEST(RoundTripOfNets, EveryShapeOfASchedule) {
  for (const Schedule& schedule :
       {Schedule::Constant(0.5), Schedule::Steps(0.5, 30), Schedule::WarmUp(10, 0.1),
        Schedule::Linear(100, 1, 0.1), Schedule::Cosine(100), Schedule::Polynomial(50, 2.5, 1, 0.2),
        Schedule::InverseSqrt(40), Schedule::OneCycle(100), Schedule::Table({1, 0.3, 1.0 / 3.0}),
        Schedule::WarmUp(5).Then(5, Schedule::Cosine(95)).Then(60, Schedule::Table({0.1, 0.05})),
        Schedule()}) {
    ExpectTheSameNet(schedule.Text().c_str(), [&](TuneResult& r) {
      OptimizerOf(r).lr_schedule = schedule;
      OptimizerOf(r).decay_schedule = schedule;
    });
    EXPECT_EQ(Schedule::OfPieces(schedule.pieces()).pieces(), schedule.pieces());
  }
}

TEST(RoundTripOfNets, GroupsAndWhatHoldsForTheWhole) {
  ExpectTheSameNet("groups", [](TuneResult& r) {
    Group first{{.rule = "sgd", .options = {{"momentum", 0.9}}, .lr = 0.1}, {.name = "head"}};
    first.patterns = {"layers.1.*"};
    first.lr_schedule = Schedule::Cosine(100);
    first.decay = 0.02;
    first.law = DecayLaw::kCoupled;
    Group second;
    second.name = "rest \"of\" it";
    second.kinds = {ParameterKind::kWeight,    ParameterKind::kBias,   ParameterKind::kNorm,
                    ParameterKind::kEmbedding, ParameterKind::kScalar, ParameterKind::kOther};
    second.min_dims = 1;
    second.max_dims = 4;
    second.lr_scale = 0.5;
    second.decay_schedule = Schedule::Linear(100);
    OptimizerOf(r).groups = {first, second};
    for (DecayedParameter& parameter : r.training->parameters)
      parameter.group = parameter.name.starts_with("layers.1") ? 0 : 1;
  });
  for (const auto non_finite : {NonFinite::kPropagate, NonFinite::kError, NonFinite::kSkipStep}) {
    ExpectTheSameNet("steps", [&](TuneResult& r) {
      OptimizerOptions& optimizer = OptimizerOf(r);
      optimizer.policy = DecayPolicy::kAll;
      optimizer.missing_gradient = MissingGradient::kDecay;
      optimizer.non_finite = non_finite;
      optimizer.gradient_scale = 0.5;
      optimizer.clip_norm = 1.0;
      optimizer.clip_value = 0.1;
      for (DecayedParameter& parameter : r.training->parameters) parameter.decayed = true;
    });
  }
}

// As large a sweep as one that is run: 16 decays, 3 seeds, 100 epochs, 3 layers.
TEST(RoundTripOfNets, ASweepOf48RunsStaysBelowAMegabyte) {
  TuneResult result = NetSample();
  const GridPoint model = result.grid[2];
  result.grid.clear();
  double x = 0.1;
  for (int decay = 0; decay < 16; ++decay) {
    result.grid.push_back(model);
    GridPoint& point = result.grid.back();
    point.decay = decay * 0.0123456789;
    point.trained->curves.assign(3, {});
    for (TrainingCurve& curve : point.trained->curves) {
      curve.epochs.assign(100, {});
      for (EpochRecord& epoch : curve.epochs) {
        epoch.layer_norms.assign(3, 0.0);
        for (double* part :
             {&epoch.train_loss, &epoch.validation_loss, &epoch.penalty, &epoch.validation_score,
              &epoch.gradient_norm, &epoch.update_angle, epoch.layer_norms.data(),
              &epoch.layer_norms[1], &epoch.layer_norms[2]}) {
          x = 3.99 * x * (1.0 - x);
          *part = 0.01 * x;
        }
      }
    }
  }
  const std::string json = ResultJson(result);
  EXPECT_LT(json.size(), 1'000'000U);
  EXPECT_GT(json.size(), 48U * 100U * 9U * 8U);  // it holds them all
  ExpectTheSameAgain(result, "large");
}

}  // namespace
}  // namespace halflife
