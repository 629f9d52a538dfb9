#include "report/sample_result.h"

#include <algorithm>
#include <cmath>

#include "report/sample_diagnostics.h"

namespace halflife {
namespace {

std::vector<double> LogSpaced(double low, double high, int count) {
  std::vector<double> values;
  for (int i = 0; i < count; ++i) {
    const double exact = low * std::pow(high / low, static_cast<double>(i) / (count - 1));
    const double unit = std::pow(10.0, std::floor(std::log10(exact)) - 2.0);
    values.push_back(std::round(exact / unit) * unit);
  }
  return values;
}

int BestOf(const std::vector<GridPoint>& grid) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < grid.size(); ++i) {
    if (grid[i].validation.mean < grid[best].validation.mean) best = i;
  }
  return static_cast<int>(best);
}

void Choose(TuneResult* result) {
  result->best = BestOf(result->grid);
  const Estimate best = result->grid[static_cast<std::size_t>(result->best)].validation;
  for (std::size_t i = 0; i < result->grid.size(); ++i) {
    if (result->grid[i].validation.mean <= best.mean + best.se)
      result->one_se = static_cast<int>(i);
  }
}

void AddPaths(const std::vector<std::pair<std::string, double>>& weights, TuneResult* result) {
  double strength = 0.05;
  for (const auto& [name, weight] : weights) {
    WeightPath path{name, {}};
    for (const GridPoint& point : result->grid) {
      const double shrink = 1.0 / (1.0 + point.decay / strength / 6.0);
      const double wander = 1.0 + 0.7 * std::sin(40.0 * strength) / (1.0 + 20.0 * point.decay);
      path.weights.push_back(weight * shrink * wander);
    }
    result->paths.push_back(std::move(path));
    strength *= 1.25;
  }
}

}  // namespace

TuneResult RegressionSample() {
  TuneResult result;
  result.data = {.path = "data/ames.csv",
                 .rows = 2930,
                 .rows_dropped = 0,
                 .columns = 74,
                 .features = 314,
                 .target = "Sale_Price",
                 .log_target = true,
                 .task = Task::kRegression,
                 .classes = {}};
  result.folds = 10;
  result.seeds = 5;
  result.threads = 2;
  std::vector<double> decays = LogSpaced(1e-4, 30.0, 60);
  decays.insert(decays.begin(), 0.0);
  for (const double decay : decays) {
    const double bias = 0.078 * std::pow(decay / (decay + 9.0), 1.5);
    const double noise = 0.0018 / (1.0 + std::pow(12.0 * decay, 0.7));
    GridPoint point;
    point.decay = decay;
    point.train = {0.00538 + 0.9 * bias + 0.0003 * decay / (decay + 0.1), 0.00017 + 0.01 * bias};
    point.validation = {0.0102 + noise + bias, 0.0011 + 0.3 * noise + 0.02 * bias};
    point.score = 1.0 - point.validation.mean / 0.0831;
    point.weight_norm = 0.224 / (1.0 + std::pow(decay, 0.6));
    point.effective_dof = 270.0 / (1.0 + std::pow(1.4 * decay, 0.8));
    point.loo = 0.0101 + 0.9 * noise + bias;
    point.gcv = 0.0101 + 0.8 * noise + bias;
    if (decay > 0.0) point.log_evidence = 1800.0 - std::pow(std::log(decay / 0.03), 2.0);
    result.grid.push_back(point);
  }
  Choose(&result);
  result.verdict = {
      .label = VerdictLabel::kHelps,
      .baseline = 0.0,
      .improvement = 0.00092,
      .ci95 = {0.00018, 0.00166},
      .p_value = 0.0192,
      .minimum_detectable = 0.00101,
      .baseline_loss = 0.0120,
      .gain_percent = Percent{7.67, {1.6, 14.1}},
      .negligible_band = 0.00012,
      .chance_negligible = 0.021,
      .chose_baseline = ChoiceCount{1, 50},
      .score_changes = {{ScoreChange::Score::kR2, 0.8556, 0.8667, {0.0022, 0.02}}},
      .over_current = DecayGain{1.0, {0.0004, {0.0001, 0.0009}, 0.031, Percent{3.7, {0.9, 8.0}}}},
      .textbook = {{0.01, {0.0002, {-0.0001, 0.0004}, 0.21, Percent{1.7, {-0.8, 3.3}}}}},
      .biases_decayed =
          DecayGain{0.2, {-0.003, {-0.005, -0.001}, 0.002, Percent{-25.0, {-42.0, -8.3}}}},
      .findings = {
          {.kind = TuneFinding::Kind::kFoldsCompared, .decays = {0.2, 0.0}, .count = 50, .of = 5},
          {.kind = TuneFinding::Kind::kFlat, .decays = {0.1, 0.4}, .number = 0.01}}};
  result.equivalents = {.sklearn_alpha = 586.0,
                        .sklearn_c = {},
                        .glmnet_lambda = 0.0815,
                        .pytorch_weight_decay = 0.4,
                        .keras_l2 = 0.2};
  AddPaths({{"Gr_Liv_Area", 0.061},
            {"First_Flr_SF", 0.0488},
            {"Total_Bsmt_SF", 0.0443},
            {"Roof_Matl=ClyTile", -0.0387},
            {"Year_Built", 0.0363},
            {"Misc_Feature=Elev", -0.0311},
            {"Second_Flr_SF", 0.0263},
            {"Neighborhood=Northridge_Heights", 0.025},
            {"Year_Remod_Add", 0.0241},
            {"Fireplaces", 0.0226},
            {"Overall_Cond=Fair", -0.0222},
            {"Garage_Cars", 0.0221}},
           &result);
  result.findings = {{.kind = TuneFinding::Kind::kLargestIsBest}};
  result.timing = {.read = 0.021, .fit = 0.164, .verdict = 0.003, .report = 0.004};
  AddLinearDiagnostics(&result);
  return result;
}

TuneResult ClassificationSample() {
  TuneResult result;
  result.data = {.path = "data/breast_cancer.csv",
                 .rows = 569,
                 .rows_dropped = 3,
                 .columns = 31,
                 .features = 30,
                 .target = "diagnosis",
                 .log_target = false,
                 .task = Task::kClassification,
                 .classes = {"benign", "malignant"}};
  result.family = ModelFamily::kLogistic;
  result.folds = 10;
  result.threads = 2;
  for (const double decay : LogSpaced(1e-6, 3.0, 60)) {
    const double bias = 0.6 * decay / (decay + 1.4);
    GridPoint point;
    point.decay = decay;
    point.train = {0.045 * std::pow(decay / (decay + 0.001), 0.35) + bias, 0.004 + 0.002 * bias};
    point.validation = {0.066 + 0.0012 * std::pow(decay, -0.5) + bias,
                        0.011 + 0.0005 * std::pow(decay, -0.5)};
    point.score = 0.979 - 0.012 * std::fabs(std::log10(decay / 0.003)) / 3.0;
    point.weight_norm = 1.1 * std::pow(decay, -0.25);
    point.effective_dof = 30.0 / (1.0 + std::pow(60.0 * decay, 0.5));
    point.loo = 0.064 + 0.001 * std::pow(decay, -0.5) + bias;
    result.grid.push_back(point);
  }
  Choose(&result);
  result.verdict = {
      .label = VerdictLabel::kHelps,
      .baseline = 1e-6,
      .improvement = 1.184,
      .ci95 = {0.4, 1.94},
      .p_value = 0.00731,
      .minimum_detectable = 1.08,
      .findings = {
          {.kind = TuneFinding::Kind::kFoldsCompared, .decays = {0.0043, 1e-6}, .count = 10}}};
  result.equivalents = {.sklearn_alpha = {},
                        .sklearn_c = 0.41,
                        .glmnet_lambda = 0.0043,
                        .pytorch_weight_decay = 0.0043,
                        .keras_l2 = 0.00215};
  AddPaths({{"worst_texture", 1.3},
            {"radius_error", 1.2},
            {"worst_concave_points", 0.95},
            {"worst_area", 0.9},
            {"compactness_error", -0.8},
            {"fractal_dimension_error", -0.7},
            {"mean_concave_points", 0.68}},
           &result);
  result.findings = {{.kind = TuneFinding::Kind::kSeparable}};
  result.timing = {.read = 0.002, .fit = 0.31, .verdict = 0.001, .report = 0.003};
  AddLogisticDiagnostics(&result);
  return result;
}

namespace {

// A curve that falls and, without decay, rises again.
TrainingCurve MakeCurve(std::uint64_t seed, double decay, int epochs) {
  TrainingCurve curve{seed, {}};
  for (int e = 1; e <= epochs; ++e) {
    EpochRecord record;
    record.train_loss = 2.0 / e + 0.2 * decay;
    record.penalty = 0.5 * decay * e;
    record.validation_loss = 2.2 / e + 0.02 * e / (1.0 + 10.0 * decay) + 0.3 * decay;
    record.validation_score = 0.9 - 0.5 / e;
    record.gradient_norm = 1.0 / e;
    record.update_angle = 3.0 / std::sqrt(e) + decay;
    record.layer_norms = {5.0 + 0.3 * e / (1.0 + decay), 2.0 + 0.1 * e / (1.0 + decay)};
    curve.epochs.push_back(std::move(record));
  }
  return curve;
}

GridPoint MakeTrained(double decay, int epochs, int seeds) {
  GridPoint point;
  point.decay = decay;
  point.trained.emplace();
  TrainedPoint& trained = *point.trained;
  trained.lr = 0.001;
  trained.epochs = epochs;
  trained.seeds = seeds;
  trained.runs = 2;
  trained.moved = seeds == 1;
  trained.finished = seeds == 2;
  for (int s = 0; s < std::max(1, seeds); ++s)
    trained.curves.push_back(MakeCurve(static_cast<std::uint64_t>(s) + 1, decay, epochs));
  const EpochRecord& last = trained.curves.front().epochs.back();
  point.train = {last.train_loss, 0.001};
  point.validation = {last.validation_loss, 0.01};
  point.score = last.validation_score;
  point.weight_norm = std::hypot(last.layer_norms[0], last.layer_norms[1]);
  if (decay > 0.0) {
    trained.half_life_steps = std::log(2.0) / -std::log1p(-0.001 * decay);
    trained.averaging_time_epochs = 1.0 / (0.001 * decay) / 100.0;
    point.half_life_epochs = *trained.half_life_steps / 100.0;
    trained.active = *trained.averaging_time_epochs <= 20.0;
  }
  return point;
}

}  // namespace

TuneResult NetSample() {
  TuneResult result;
  result.data = {.path = "images.gz",
                 .rows = 12000,
                 .rows_dropped = 0,
                 .columns = 784,
                 .features = 784,
                 .target = "labels",
                 .log_target = false,
                 .task = Task::kClassification,
                 .classes = {"0", "1", "2"}};
  result.family = ModelFamily::kMlp;
  result.folds = 1;
  result.seeds = 2;
  result.threads = 2;
  result.grid = {MakeTrained(0.0, 20, 2), MakeTrained(0.01, 3, 0), MakeTrained(0.1, 20, 2),
                 MakeTrained(1.0, 20, 1), MakeTrained(10.0, 2, 0)};
  result.grid[4].trained->diverged = Divergence{Divergence::What::kLoss, true, 3};
  result.best = 2;
  result.one_se = 2;
  result.verdict = {.label = VerdictLabel::kHelps,
                    .baseline = 0.0,
                    .improvement = 0.17,
                    .ci95 = {0.11, 0.23},
                    .p_value = 0.0004,
                    .minimum_detectable = 0.09,
                    .findings = {{.kind = TuneFinding::Kind::kTestCompared,
                                  .decays = {0.1, 0.0},
                                  .lrs = {0.001, 0.001},
                                  .count = 2000,
                                  .of = 2}}};
  result.equivalents.pytorch_weight_decay = 0.1;
  result.equivalents.keras_l2 = 0.05;
  TrainingSummary training;
  training.net = BuiltNet{.inputs = 784, .outputs = 3, .options = {.hidden = {64}}, .training = {}};
  training.net->training.batch = 80;
  training.optimizer.rule = "adamw";
  training.optimizer.law = DecayLaw::kDecoupled;
  training.optimizer.lr = 0.001;
  training.optimizer.decay = 0.1;
  training.epochs = 20;
  training.steps_per_epoch = 100;
  training.lrs = {0.001};
  training.lr = training.baseline_lr = 0.001;
  training.training_rows = 8000;
  training.validation_rows = training.test_rows = 2000;
  training.best_test = TestScore{{0.31, 0.01}, 0.881};
  training.baseline_test = TestScore{{0.48, 0.02}, 0.862};
  training.epochs_trained = 125;
  training.epochs_saved = 70;
  training.parameters = {{"layers.0.weight", ParameterKind::kWeight, true, {64, 784}},
                         {"layers.0.bias", ParameterKind::kBias, false, {64}},
                         {"layers.1.weight", ParameterKind::kWeight, true, {3, 64}},
                         {"layers.1.bias", ParameterKind::kBias, false, {3}}};
  result.training = std::move(training);
  AddNetDiagnostics(&result);
  return result;
}

TuneResult SplitSample() {
  TuneResult result = NetSample();
  result.seeds = 1;
  result.data.rows = 100;
  TrainingSummary& training = *result.training;
  training.training_rows = 60;
  training.validation_rows = training.test_rows = 20;
  training.rounds = training.rounds_planned = 5;
  training.rows_judged = 100;
  training.kept = {.all_rows = true, .rows = 100, .epochs = 20, .seed = 1};
  for (std::uint32_t s = 0; s < 5; ++s) {
    SplitRecord split{.chosen = s == 4 ? 0.0 : 0.1, .lr = 0.001, .rows = {}, .gains = {}};
    for (std::uint32_t row = 20 * s; row < 20 * s + 20; ++row) {
      split.rows.push_back(row);
      split.gains.push_back(s == 4 ? 0.0 : 0.25);
    }
    split.test_rows = split.rows.size();
    split.gain = s == 4 ? 0.0 : 0.25;
    training.splits.push_back(split);
  }
  for (GridPoint& point : result.grid) point.trained->runs = 5;
  result.grid[0].trained->seeds = result.grid[2].trained->seeds = 5;
  result.grid[3].trained->seeds = 2;
  result.verdict.chose_baseline = {1, 5};
  result.verdict.findings = {{.kind = TuneFinding::Kind::kSplitsCompared,
                              .decays = {0.0, 0.1, 0.1, 0.1, 0.1, 0.0},
                              .count = 100,
                              .of = 5}};
  return result;
}

TuneResult FlatSample(const std::vector<double>& decays, double loss) {
  TuneResult result;
  result.data.target = "y";
  result.data.path = "flat.csv";
  result.folds = 2;
  result.verdict.label = VerdictLabel::kNoDetectableEffect;
  WeightPath path{"x", {}};
  for (const double decay : decays) {
    GridPoint point;
    point.decay = decay;
    point.train.mean = loss;
    point.validation.mean = loss;
    result.grid.push_back(point);
    path.weights.push_back(loss);
  }
  result.paths.push_back(path);
  result.equivalents.sklearn_alpha = 1.0;
  return result;
}

}  // namespace halflife
