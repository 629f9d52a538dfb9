#include "report/many_results.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <utility>

#include "report/sample_result.h"

namespace halflife {
namespace {

using Change = std::function<void(TuneResult*)>;

// How the comparison came out. The last two are without a signal.
std::vector<Change> Outcomes() {
  const auto labelled = [](VerdictLabel label, double improvement) {
    return [=](TuneResult* result) {
      result->verdict.label = label;
      result->verdict.improvement = improvement;
      result->verdict.compared = 0.1;
    };
  };
  const auto without_signal = [](double improvement, std::optional<double> p_value) {
    return [=](TuneResult* result) {
      result->verdict.label = VerdictLabel::kNoSignal;
      result->verdict.signal = {true, improvement, {-0.01, 0.006}, p_value};
    };
  };
  return {labelled(VerdictLabel::kHelps, 0.17),
          labelled(VerdictLabel::kHelps, 1e-5),
          labelled(VerdictLabel::kNoDetectableEffect, 0.002),
          labelled(VerdictLabel::kNoDetectableEffect, -0.002),
          labelled(VerdictLabel::kHurts, -0.17),
          labelled(VerdictLabel::kHurts, -1e-5),
          [](TuneResult* result) {
            Verdict& verdict = result->verdict;
            verdict.improvement = verdict.p_value = verdict.minimum_detectable = NAN;
            if (result->training) result->training->best_test.reset();
          },
          without_signal(0.001, 0.2),
          without_signal(-0.002, std::nullopt)};
}

void DropBaseline(TuneResult* result) {
  result->grid.erase(result->grid.begin());
  result->best = std::max(0, result->best - 1);
  result->one_se = std::max(0, result->one_se - 1);
}

void Nothing(TuneResult* /*result*/) {}

// Which decays were compared, and which was chosen.
std::vector<Change> Choices() {
  return {Nothing,
          [](TuneResult* result) { result->decays_given = true; },
          DropBaseline,
          [](TuneResult* result) {
            DropBaseline(result);
            result->decays_given = true;
          },
          [](TuneResult* result) {
            result->best = 0;
            result->verdict.baseline = result->grid.front().decay;
          },
          [](TuneResult* result) {
            result->one_se = result->best;
            result->verdict.baseline = result->grid[1].decay;
            result->unfit_decays = {0.0};
          }};
}

Change WithRole(ColumnSummary::Role role) {
  return [role](TuneResult* result) {
    result->data.column_list.push_back({.name = "patient", .role = role});
  };
}

Change Sparse(double ratio, std::size_t nonzero) {
  return [=](TuneResult* result) {
    result->l1_ratio = ratio;
    result->weights = 12;
    for (GridPoint& point : result->grid) point.nonzero = nonzero;
    result->equivalents.pytorch_l1 = result->equivalents.keras_l1 = 0.6;
  };
}

Change BestDecay(double decay) {
  return [=](TuneResult* result) {
    result->grid[static_cast<std::size_t>(result->best)].decay = decay;
  };
}

// What else is known of a table's gain.
std::vector<Change> Gains() {
  std::vector<Change> kinds;
  for (const double chance : {0.001, 0.5, 0.97, 0.999}) {
    kinds.emplace_back([=](TuneResult* result) {
      Verdict& verdict = result->verdict;
      verdict.baseline_loss = 0.01;
      verdict.negligible_band = 0.0001;
      verdict.chance_negligible = chance;
      verdict.chose_baseline = ChoiceCount{chance == 0.97 ? 3 : 50, 50};
      verdict.gain_percent = Percent{-16.7, {-INFINITY, -8.3}};
      verdict.ci95[1] = INFINITY;
    });
  }
  kinds.emplace_back([](TuneResult* result) {
    using Score = ScoreChange::Score;
    result->verdict.gain_percent.reset();
    result->verdict.score_changes = {{Score::kAccuracy, 0.962, 0.98, {0.0035, 0.033}},
                                     {Score::kAuc, 0.98, 0.99, {0.001, 0.05}}};
    result->verdict.textbook = {{0.1, {-0.2, {-0.3, -0.1}, 0.01, {}}},
                                {0.01, {0.2, {0.1, 0.3}, 0.01, Percent{1.7, {0.8, 3.3}}}},
                                {0.001, {0.2, {-0.1, 0.3}, 0.5, {}}}};
    result->verdict.biases_decayed = {
        1.0, {-0.2, {-INFINITY, -0.1}, 0.01, Percent{-128.0, {-INFINITY, -17.0}}}};
  });
  return kinds;
}

// What else a table may be.
std::vector<Change> TableKinds() {
  using Role = ColumnSummary::Role;
  std::vector<Change> kinds = {
      Nothing,
      WithRole(Role::kFold),
      WithRole(Role::kGroup),
      WithRole(Role::kTime),
      WithRole(Role::kWeight),
      Sparse(1.0, 3),
      Sparse(0.3, 12),
      Sparse(1.0, 11),
      Sparse(1.0, 1),
      Sparse(1.0, 0),
      BestDecay(0.0),
      BestDecay(11400.0),
      [](TuneResult* result) {
        result->no_decay = {"age", "sex"};
      },
      [](TuneResult* result) { result->no_decay.assign(7, "age"); },
      [](TuneResult* result) {
        Sparse(0.3, 3)(result);
        result->no_decay = {"age"};
      },
      [](TuneResult* result) {
        result->data.classes = {"a", "b", "c"};
      },
      [](TuneResult* result) {
        result->data.column_list.push_back(
            {.name = "price", .findings = {{.kind = Finding::Kind::kLeak, .number = 0.999}}});
      },
      [](TuneResult* result) {
        result->data.null_loss = 0.7;
        result->data.null_accuracy = 0.627;
        GridPoint& best = result->grid[static_cast<std::size_t>(result->best)];
        best.balanced_accuracy = best.auc = best.average_precision = 0.91;
        best.half_life_epochs = 12.5;
        for (GridPoint& point : result->grid) point.score = 0.9;
      },
      [](TuneResult* result) {
        for (GridPoint& point : result->grid) point.score = NAN;
        for (GridPoint& point : result->grid) point.loo.reset();
        result->grid.front().gcv.reset();
      },
      [](TuneResult* result) { result->grid.back().loo = result->grid.back().gcv = -1.0; },
      [](TuneResult* result) {
        DropBaseline(result);
        result->grid.front().loo = result->grid.front().gcv = -1.0;
      }};
  for (const Change& gain : Gains()) kinds.push_back(gain);
  return kinds;
}

Change Optimized(const char* rule, DecayLaw law, ProximalPenalty penalty) {
  return [=](TuneResult* result) {
    OptimizerOptions& optimizer = result->training->optimizer;
    optimizer.rule = rule;
    optimizer.law = law;
    optimizer.penalty = penalty;
    result->training->net->training.lr_shape = ScheduleShape::kCosine;
    result->training->net->training.decay_shape = ScheduleShape::kLinear;
    result->training->net->training.warm_up = 0.1;
    result->training->net->options.layer_norm = true;
    result->training->net->options.dropout = 0.2;
    result->training->lrs = {0.001, 0.01};
  };
}

// Whether the run was stopped early, in how many of the splits.
void Stop(TuneResult* result) {
  TrainingSummary& training = *result->training;
  training.stopped = true;
  if (training.rounds == 1) return;
  training.splits.resize(3);
  training.rounds = 3;
  training.rows_judged = 60;
}

// What else a net may be.
std::vector<Change> NetKinds() {
  std::vector<Change> kinds = {
      Nothing,
      Stop,
      [](TuneResult* result) { result->data.task = Task::kRegression; },
      [](TuneResult* result) {
        result->training->test_rows = 0;
        result->training->best_test.reset();
        result->training->baseline_test.reset();
      },
      [](TuneResult* result) {
        result->training->early_stopping = true;
        result->training->kept = {.all_rows = true, .rows = 80, .epochs = 7, .seed = 1};
      },
      [](TuneResult* result) { result->training->kept = {.rows = 60, .epochs = 1, .seed = 1}; },
      [](TuneResult* result) {
        for (SplitRecord& split : result->training->splits) split.chosen = 0.0;
        result->training->splits_differ = true;
        result->training->epochs_saved = 0;
      },
      [](TuneResult* result) {
        std::vector<SplitRecord>& splits = result->training->splits;
        const std::vector<SplitRecord> once = splits;
        splits.insert(splits.end(), once.begin(), once.end());
        result->grid[1].trained->curves.push_back(result->grid[0].trained->curves.front());
        result->grid[3].trained->moved = false;
      },
      [](TuneResult* result) {
        result->grid[2].trained->half_life_steps.reset();
        result->grid[1].trained->curves.clear();
        result->training->parameters.resize(1);
        result->data.null_accuracy = 0.2;
      },
      [](TuneResult* result) {
        result->training->parameters.clear();
        for (int kind = 0; kind <= static_cast<int>(ParameterKind::kOther); ++kind) {
          result->training->parameters.push_back(
              {.kind = static_cast<ParameterKind>(kind), .decayed = kind % 2 == 0});
        }
      }};
  for (const DecayLaw law : {DecayLaw::kNone, DecayLaw::kCoupled, DecayLaw::kDecoupled,
                             DecayLaw::kIndependent, DecayLaw::kCorrected, DecayLaw::kCautious}) {
    kinds.push_back(Optimized("sgd", law, ProximalPenalty::kL2));
    kinds.emplace_back([law](TuneResult* result) {
      Optimized("sgd", law, ProximalPenalty::kL2)(result);
      result->data.task = Task::kRegression;
    });
  }
  for (const ProximalPenalty penalty : {ProximalPenalty::kL2, ProximalPenalty::kL1,
                                        ProximalPenalty::kElasticNet, ProximalPenalty::kGroupLasso})
    kinds.push_back(Optimized("adamw", DecayLaw::kProximal, penalty));
  return kinds;
}

// A small grid of the same shape: the texts are the same ones.
TuneResult Thinned(TuneResult result) {
  std::vector<GridPoint> grid;
  for (std::size_t i = 0; i < result.grid.size(); i += 12) grid.push_back(result.grid[i]);
  result.grid = std::move(grid);
  result.paths.clear();
  result.best = 2;
  result.one_se = 3;
  return result;
}

}  // namespace

std::vector<TuneResult> ManyResults() {
  std::vector<TuneResult> results;
  const auto add = [&](const TuneResult& sample, const std::vector<Change>& kinds) {
    for (const Change& outcome : Outcomes()) {
      for (const Change& choice : Choices()) {
        for (const Change& kind : kinds) {
          results.push_back(sample);
          kind(&results.back());
          outcome(&results.back());
          choice(&results.back());
        }
      }
    }
  };
  for (const TuneResult& sample : {Thinned(RegressionSample()), Thinned(ClassificationSample()),
                                   FlatSample({0.0, 1e-3, 0.01, 0.1, 1.0, 10.0}, 0.5)})
    add(sample, TableKinds());
  for (const TuneResult& sample : {NetSample(), SplitSample()}) add(sample, NetKinds());
  return results;
}

}  // namespace halflife
