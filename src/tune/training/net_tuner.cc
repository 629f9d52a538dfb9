#include "tune/training/net_tuner.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/parallel.h"
#include "base/stopwatch.h"
#include "halflife/rule.h"
#include "tune/statistics.h"
#include "tune/training/keep_net.h"
#include "tune/training/net_diagnostics.h"

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

// Throws Error where a net of these inputs and outputs cannot be.
void CheckLayout(const NetLayout& layout, const NetOptions& net) {
  static_cast<void>(NetLayout(layout.inputs(), layout.outputs(), net));
}

}  // namespace

NetOptions ScaledNet(NetOptions net, double size) {
  if (net.hidden.empty()) FailOption("sizes", ErrorKind::kSizesOfNone);
  for (int& units : net.hidden) {
    if (!(size > 0.0) || !(size * units <= kMostUnits))
      FailOption("sizes", ErrorKind::kSizes, {size, kMostUnits});
    units = std::max(1, static_cast<int>(std::lround(size * units)));
  }
  return net;
}

NetTuner::NetTuner(const RowSplits& splits, std::string path, const NetTuneOptions& options,
                   BesideTeller beside)
    : splits_(splits),
      path_(std::move(path)),
      options_(options),
      beside_(std::move(beside)),
      training_(options.training) {
  if (options.threads < 0) Fail(ErrorKind::kThreads, {options.threads});
  adapts_ = AlwaysAdapt(&training_.optimizer);
  for (int s = 0; s < splits.count(); ++s)
    nets_.push_back(std::make_unique<SplitNet>(splits.Split(s)));
  training_.epochs = EpochsFor(training_, First().training.rows);
  for (const auto& net : nets_) MakeTrainers(net.get());
  const NetLayout& layout = nets_.front()->trainer->layout();
  for (const double size : options.sizes) CheckLayout(layout, ScaledNet(options.net, size));
  rule_ = RuleOf(training_.optimizer).spec;
  lrs_ = options.lrs.empty() ? std::vector<double>{rule_->lr} : options.lrs;
  probe_.emplace(*nets_.front()->trainer, lrs_.front());
}

std::optional<SizePoint> NetTuner::Judge() {
  keeps_ = false;
  const TrainingOutcome tuned = Sweep();
  if (tuned.result.training->stopped || std::isnan(tuned.result.verdict.improvement))
    return std::nullopt;
  return PointOf(tuned);
}

NetTuneOutcome NetTuner::Tune() {
  const TrainingOutcome tuned = Sweep();
  NetTuneOutcome outcome{tuned.result, First().net};
  TuneResult& result = outcome.result;
  result.family = ModelFamily::kMlp;
  result.folds = 1;  // a part judges at a time
  result.decays_given = !options_.decays.empty();
  result.interrupted = result.training->stopped || tuned.stopped_beside;
  if (adapts_) result.findings.push_back({.kind = TuneFinding::Kind::kAlwaysAdapts});
  TellRows(&*result.training);
  result.data = Summarise(First(), path_);
  const std::vector<double> null = ConstantLosses(First(), First().test);
  result.data.null_loss = tuned.null_loss.value_or(MeanAndError(null).mean);
  result.data.null_accuracy = LargestClassShare(Judged(result.training->rounds));
  AddDiagnostics(tuned, &result);
  if (!options_.sizes.empty() && !result.interrupted && !std::isnan(result.verdict.improvement))
    result.diagnostics.sizes = {PointOf(tuned)};
  Keep(tuned, &outcome);
  return outcome;
}

void NetTuner::MakeTrainers(SplitNet* net) const {
  net->trainer.emplace(net->rows.view(), options_.net, training_);
  const OptimizerOptions& optimizer = training_.optimizer;
  // Its rows are those of matrices.
  const bool by_rows = optimizer.penalty == ProximalPenalty::kGroupLasso;
  if (!options_.textbook || !beside_ || !optimizer.groups.empty() || by_rows ||
      optimizer.policy == DecayPolicy::kAll)
    return;
  TrainingOptions all = training_;
  all.optimizer.policy = DecayPolicy::kAll;
  net->all_decayed.emplace(net->rows.view(), options_.net, all);
}

TrainingOutcome NetTuner::Sweep() {
  const std::vector<TrainingSplit> splits = Splits();
  std::vector<TrainingSplit> all_decayed;
  for (std::size_t s = 0; s < splits.size() && nets_[s]->all_decayed; ++s) {
    all_decayed.push_back(splits[s]);
    all_decayed.back().trainer = &*nets_[s]->all_decayed;
  }
  TrainingFacts facts = Facts();
  facts.all_decayed = all_decayed;
  facts.beside = beside_;
  return TuneTraining(splits, SweepOptions(), facts);
}

SizePoint NetTuner::PointOf(const TrainingOutcome& tuned) const {
  const TuneResult& result = tuned.result;
  SizePoint point{.hidden = options_.net.hidden, .parameters = 0};
  for (const NetTensor& tensor : nets_.front()->trainer->layout().tensors())
    point.parameters += tensor.count;
  point.best_decay = result.grid[static_cast<std::size_t>(result.best)].decay;
  point.baseline_loss = result.training->baseline_test->loss.mean;
  point.best_loss = result.training->best_test->loss.mean;
  const std::vector<SplitRecord>& splits = result.training->splits;
  if (splits.empty() && point.best_decay == result.verdict.baseline) return point;
  point.gain = {result.verdict.improvement, tuned.gain_error};
  std::vector<double> chosen;
  chosen.reserve(splits.size());
  for (const SplitRecord& split : splits) chosen.push_back(split.chosen);
  std::sort(chosen.begin(), chosen.end());
  if (!chosen.empty()) point.best_decay = chosen[(chosen.size() - 1) / 2];
  return point;
}

const NetRows& NetTuner::First() const { return nets_.front()->rows; }

std::vector<const NetRows*> NetTuner::Judged(int rounds) const {
  std::vector<const NetRows*> judged;
  for (std::size_t s = 0; s < static_cast<std::size_t>(rounds); ++s)
    judged.push_back(&nets_[s]->rows);
  return judged;
}

std::vector<TrainingSplit> NetTuner::Splits() const {
  std::vector<TrainingSplit> splits;
  for (const auto& net : nets_) {
    const NetRows& rows = net->rows;
    splits.push_back({.trainer = &*net->trainer,
                      .validation_rows = rows.validation_ids,
                      .test_rows = rows.test_ids,
                      .validation_null = ConstantLosses(rows, rows.validation),
                      .test_null = ConstantLosses(rows, rows.test)});
  }
  return splits;
}

TrainingSweepOptions NetTuner::SweepOptions() {
  TrainingSweepOptions sweep;
  sweep.decays = options_.decays;
  sweep.lrs = lrs_;
  sweep.seeds = options_.seeds.value_or(nets_.size() > 1 ? 1 : 3);
  sweep.seed = options_.data.seed;
  sweep.epochs = training_.epochs;
  sweep.full = options_.full;
  sweep.early_stopping = training_.patience > 0;
  sweep.current_decay = options_.current_decay;
  sweep.textbook = options_.textbook;
  sweep.threads = options_.threads > 0 ? options_.threads : AvailableThreads();
  sweep.progress = [this](const TrainingProgress& now) { Tell(now, 0); };
  sweep.stop = options_.stop;
  sweep.may_try = [this](double decay, double lr) { return probe_->Of(decay, lr).Largest() < 1.0; };
  return sweep;
}

void NetTuner::Tell(const TrainingProgress& sweep, int epochs_of_kept) {
  told_ = sweep;
  TrainingProgress all = sweep;
  all.epochs_done += epochs_of_kept;
  if (keeps_) all.epochs_planned += training_.epochs;
  if (options_.progress) options_.progress(all);
}

TrainingFacts NetTuner::Facts() const {
  TrainingFacts facts;
  facts.steps_per_epoch = static_cast<std::int64_t>(nets_.front()->trainer->steps_per_epoch());
  facts.shrinkage = [this](const RunKey& key) { return probe_->Of(key.decay, key.lr); };
  facts.parameters = probe_->parameters();
  facts.classification = First().net.task == Task::kClassification;
  return facts;
}

void NetTuner::TellRows(TrainingSummary* training) const {
  training->training_rows = First().training.rows;
  for (const auto& net : nets_) {
    const NetRows& rows = net->rows;
    training->splits_differ =
        training->splits_differ || rows.training.rows != First().training.rows ||
        rows.validation.rows != First().validation.rows || rows.test.rows != First().test.rows;
  }
}

void NetTuner::AddDiagnostics(const TrainingOutcome& tuned, TuneResult* result) const {
  Stopwatch watch;
  std::vector<JudgedNet> judged;
  for (const PlannedRun& run : tuned.judged) {
    const SplitNet& net = *nets_[run.split];
    judged.push_back({net.rows, *net.trainer, *run.run});
  }
  AddHeldOutRows(judged, First().net.classes.size(), &result->diagnostics);
  if (tuned.baseline != nullptr)
    result->diagnostics.weights = HistogramsOfNets(*nets_.front()->trainer, probe_->parameters(),
                                                   *tuned.baseline, *tuned.best);
  result->timing.diagnostics = watch.Lap();
}

void NetTuner::Keep(const TrainingOutcome& tuned, NetTuneOutcome* outcome) {
  Stopwatch watch;
  TuneResult& result = outcome->result;
  const GridPoint& best = result.grid[static_cast<std::size_t>(result.best)];
  const RunKey key{best.decay, best.trained->lr, options_.data.seed};
  std::int64_t steps = nets_.front()->trainer->steps();
  KeptNet& kept = result.training->kept;
  kept = {.all_rows = false,
          .rows = First().training.rows,
          .epochs = tuned.best->kept_epoch(),
          .seed = tuned.best->key().seed};
  KeepWeights(nets_.front()->trainer->net(*tuned.best), &outcome->net);
  nets_.clear();  // all rows are laid out in their place
  if (!result.interrupted) FitAll(tuned, key, &steps, outcome);
  FittedNet& net = outcome->net;
  net.options = options_.net;
  net.decay = best.decay;
  net.lr = best.trained->lr;
  net.validation_loss = best.validation.mean;
  net.rows = kept.rows;
  OptimizerOptions& optimizer = result.training->optimizer;
  optimizer = RunOptions(training_, steps, key);
  result.equivalents = InOtherUnits(best.decay, net, optimizer.law.value_or(rule_->law));
  result.training->net = {net.inputs(), net.outputs(), options_.net, training_};
  result.timing.fit += watch.Lap();
}

void NetTuner::FitAll(const TrainingOutcome& tuned, const RunKey& key, std::int64_t* steps,
                      NetTuneOutcome* outcome) {
  const NetRows all = splits_.All();
  KeptFit fit{.key = key, .epochs = training_.epochs, .training = training_, .net = options_.net};
  if (training_.patience > 0)
    fit.epochs = std::max(1, static_cast<int>(std::lround(tuned.kept_epochs)));
  fit.go_on = [this, outcome](int epochs_done) {
    Tell(told_, epochs_done);
    outcome->result.interrupted = options_.stop && options_.stop();
    return !outcome->result.interrupted;
  };
  if (!FitOnAll(all, fit, &outcome->net, steps)) return;
  outcome->result.training->kept = {
      .all_rows = true, .rows = all.training.rows, .epochs = fit.epochs, .seed = key.seed};
  outcome->result.data.features = all.training.width;
}

}  // namespace halflife
