// From rows to a tuned net: split, sweep, judge, and keep the best.
#include "halflife/tune_net.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/parallel.h"
#include "base/text.h"
#include "halflife/rule.h"
#include "net/net_trainer.h"
#include "net/rows.h"
#include "tune/statistics.h"
#include "tune/training/result.h"

namespace halflife {
namespace {

// Epochs where none are asked for: enough steps for a decay to be felt.
constexpr int kFewestEpochs = 30;
constexpr std::size_t kFewestSteps = 2000;

int EpochsFor(const TrainingOptions& training, std::size_t rows) {
  if (training.epochs != 0) return training.epochs;
  const auto batch = static_cast<std::size_t>(std::max(training.batch, 1));
  const std::size_t steps = (rows + batch - 1) / batch;
  return std::max(kFewestEpochs, static_cast<int>((kFewestSteps + steps - 1) / steps));
}

// LARS and LAMB use the weights' norm only where decay is above 0, unless told to always: then
// decay 0 would be another optimizer, and a sweep would compare that. Whether it had to be told.
bool AlwaysAdapt(OptimizerOptions* options) {
  constexpr std::string_view kName = "always_adapt";
  const std::span<const OptionSpec> known = RuleOf(*options).spec->options;
  const bool has = std::any_of(known.begin(), known.end(),
                               [&](const OptionSpec& option) { return option.name == kName; });
  return has && options->options.emplace(kName, 1.0).second;
}

// What a run's optimizer does with its parameters, seen in one that is made for that alone.
class Probe {
 public:
  Probe(const NetTrainer& trainer, double lr) {
    constexpr double kDecay = 1e-30;  // any above 0 that no learning rate makes too large
    const NetRun run(0, trainer.layout(), trainer.training(), trainer.steps(), {kDecay, lr, 1});
    const std::vector<NetTensor>& tensors = trainer.layout().tensors();
    for (std::size_t i = 0; i < tensors.size(); ++i) {
      const bool decayed = run.assignment().Decays(i);
      parameters_.push_back({tensors[i].name, tensors[i].kind, decayed, tensors[i].shape,
                             run.assignment().group_of[i]});
      if (!decayed || found_) continue;
      found_ = true;
      shrinkage_ = run.optimizer().ShrinkageOf(i);
      lr_scale_ = shrinkage_.lr / lr;
    }
    if (!found_) Fail(ErrorKind::kNothingDecays);
  }

  const std::vector<DecayedParameter>& parameters() const { return parameters_; }

  Shrinkage Of(double decay, double lr) const {
    Shrinkage shrinkage = shrinkage_;
    shrinkage.decay = decay;
    shrinkage.lr = lr * lr_scale_;
    return shrinkage;
  }

 private:
  std::vector<DecayedParameter> parameters_;
  bool found_ = false;
  Shrinkage shrinkage_;
  double lr_scale_ = 1.0;  // of that parameter's group
};

// In PyTorch and Keras the decay of a decoupled law is ours; an L2 penalty beside a squared error
// without the 1/2 is twice ours.
Equivalents InOtherUnits(double decay, const FittedNet& net, DecayLaw law) {
  const bool twice = law == DecayLaw::kCoupled && net.task == Task::kRegression;
  Equivalents units;
  units.pytorch_weight_decay = twice ? 2.0 * decay : decay;
  units.keras_l2 = units.pytorch_weight_decay / 2.0;
  return units;
}

DataSummary Summarise(const NetRows& rows, const std::string& path) {
  DataSummary summary;
  summary.path = path;
  summary.rows = rows.rows;
  summary.rows_dropped = rows.rows_dropped;
  summary.columns = rows.columns;
  summary.features = rows.training.width;
  summary.target = rows.net.target;
  summary.log_target = rows.net.log_target;
  summary.task = rows.net.task;
  summary.classes = rows.net.classes;
  summary.total_weight = static_cast<double>(rows.rows);
  summary.column_list = rows.column_list;
  summary.findings = rows.findings;
  return summary;
}

// What the best constant of the training rows scores on the test rows.
struct Constant {
  std::vector<double> losses;      // a value a row, in the target's unit
  std::optional<double> accuracy;  // of their largest class; classification only
};

// A regression's target is scaled by the training rows, so that their mean is 0.
Constant ConstantOnTest(const NetRows& rows) {
  Constant constant;
  if (rows.test.classes.empty()) {
    const double unit = rows.view().loss_unit;
    for (const float y : rows.test.numbers)
      constant.losses.push_back(0.5 * unit * static_cast<double>(y) * y);
    return constant;
  }
  std::vector<double> share(rows.net.classes.size(), 0.0);
  for (const std::int32_t c : rows.training.classes)
    share[static_cast<std::size_t>(c)] += 1.0 / static_cast<double>(rows.training.rows);
  std::vector<double> held(share.size(), 0.0);
  for (const std::int32_t c : rows.test.classes) {
    constant.losses.push_back(-std::log(share[static_cast<std::size_t>(c)]));
    held[static_cast<std::size_t>(c)] += 1.0;
  }
  constant.accuracy =
      *std::max_element(held.begin(), held.end()) / static_cast<double>(rows.test.rows);
  return constant;
}

void KeepWeights(const NetRun& run, FittedNet* net) {
  for (std::size_t i = 0; i < run.layout().tensors().size(); ++i) {
    const NetTensor& tensor = run.layout().tensors()[i];
    const std::span<const float> values = run.layout().Of(i, run.weights());
    net->weights.push_back({tensor.name, tensor.shape, {values.begin(), values.end()}});
  }
}

NetTuneOutcome TuneRows(const NetRows& rows, const std::string& path,
                        const NetTuneOptions& options) {
  if (options.threads < 0) Fail(ErrorKind::kThreads, {options.threads});
  TrainingOptions training = options.training;
  const bool adapts = AlwaysAdapt(&training.optimizer);
  training.epochs = EpochsFor(training, rows.training.rows);
  NetTrainer trainer(rows.view(), options.net, training);

  const RuleSpec& rule = *RuleOf(training.optimizer).spec;
  TrainingSweepOptions sweep;
  sweep.decays = options.decays;
  sweep.lrs = options.lrs.empty() ? std::vector<double>{rule.lr} : options.lrs;
  const Probe probe(trainer, sweep.lrs.front());
  sweep.seeds = options.seeds;
  sweep.seed = options.data.seed;
  sweep.epochs = training.epochs;
  sweep.full = options.full;
  sweep.early_stopping = training.patience > 0;
  sweep.threads = options.threads > 0 ? options.threads : AvailableThreads();
  sweep.progress = options.progress;
  sweep.stop = options.stop;
  sweep.may_try = [&](double decay, double lr) { return probe.Of(decay, lr).Largest() < 1.0; };
  TrainingFacts facts;
  facts.steps_per_epoch = static_cast<std::int64_t>(trainer.steps_per_epoch());
  facts.shrinkage = [&](const RunKey& key) { return probe.Of(key.decay, key.lr); };
  facts.parameters = probe.parameters();
  const Constant constant = ConstantOnTest(rows);
  facts.null_losses = constant.losses;
  facts.classification = rows.net.task == Task::kClassification;

  TrainingOutcome tuned = TuneTraining(&trainer, sweep, facts);
  NetTuneOutcome outcome{std::move(tuned.result), rows.net};
  TuneResult& result = outcome.result;
  result.data = Summarise(rows, path);
  result.data.null_loss = MeanAndError(constant.losses).mean;
  result.data.null_accuracy = constant.accuracy;
  result.family = ModelFamily::kMlp;
  result.folds = 1;  // one split
  result.decays_given = !sweep.decays.empty();
  result.interrupted = result.training->stopped;
  if (adapts) result.findings.push_back({.kind = TuneFinding::Kind::kAlwaysAdapts});
  const GridPoint& best = result.grid[static_cast<std::size_t>(result.best)];
  OptimizerOptions& optimizer = result.training->optimizer;
  optimizer = RunOptions(training, trainer.steps(), {best.decay, best.trained->lr, sweep.seed});
  result.equivalents = InOtherUnits(best.decay, outcome.net, optimizer.law.value_or(rule.law));
  result.training->net = {rows.training.width, rows.net.outputs(), options.net, training};
  result.training->training_rows = rows.training.rows;
  outcome.net.options = options.net;
  outcome.net.decay = best.decay;
  outcome.net.lr = best.trained->lr;
  outcome.net.validation_loss = best.validation.mean;
  if (tuned.best != nullptr) KeepWeights(trainer.net(*tuned.best), &outcome.net);
  return outcome;
}

}  // namespace

NetTuneOutcome TuneNet(const Table& table, const Table* test, const NetTuneOptions& options) {
  return TuneRows(SplitTable(table, test, options.data), table.source, options);
}

NetTuneOutcome TuneNet(ArrayData data, std::optional<ArrayData> test,
                       const NetTuneOptions& options) {
  const std::string path = data.inputs.source;
  return TuneRows(SplitArrays(std::move(data), std::move(test), options.data), path, options);
}

}  // namespace halflife
