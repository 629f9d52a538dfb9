// The main job: prepare, sweep, choose, judge, and fit what the user keeps.
#include "halflife/tune.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/parallel.h"
#include "base/stopwatch.h"
#include "data/dataset.h"
#include "linalg/one_blas_thread.h"
#include "model/centred_rows.h"
#include "model/fitted.h"
#include "model/model.h"
#include "model/standardizer.h"
#include "tune/diagnostics/diagnose.h"
#include "tune/grid_check.h"
#include "tune/pooled_scores.h"
#include "tune/signal.h"
#include "tune/sweep.h"
#include "tune/tune_model.h"
#include "tune/verdict.h"

namespace halflife {
namespace {

constexpr std::size_t kMostPaths = 12;

// Adds up the fits of all threads for the user's progress callback.
class ProgressCounter {
 public:
  explicit ProgressCounter(std::function<void(int, int)> report) : report_(std::move(report)) {}

  void Add(int planned, int done) {
    gate_.Pass([&] {
      planned_ += planned;
      done_ += done;
      if (report_) report_(done_, planned_);
    });
  }

 private:
  std::function<void(int, int)> report_;
  Gate gate_;
  int planned_ = 0;
  int done_ = 0;
};

void CheckFoldOptions(const DataOptions& data) {
  if (data.rounds < 0) FailOption("rounds", ErrorKind::kTooFew, {data.rounds, 1});
  const auto refuse_both = [](const char* fixes, const std::string& set, bool other,
                              ErrorKind kind) {
    if (!set.empty() && other) FailOption(fixes, kind);
  };
  refuse_both("fold_column", data.fold_column, data.rounds > 1, ErrorKind::kFixedRounds);
  refuse_both("fold_column", data.fold_column, data.folds != 0, ErrorKind::kFixedFolds);
  refuse_both("fold_column", data.fold_column, !data.group.empty(), ErrorKind::kFixedGroup);
  refuse_both("fold_column", data.fold_column, !data.time.empty(), ErrorKind::kFixedTime);
  refuse_both("time", data.time, data.rounds > 1, ErrorKind::kFixedRounds);
  refuse_both("time", data.time, !data.group.empty(), ErrorKind::kFixedGroup);
}

DataSummary Summarise(const PreparedTable& table, const Standardizer& standardizer,
                      const TuneOptions& options) {
  const Dataset& dataset = table.dataset;
  DataSummary summary;
  summary.path = table.source;
  summary.streamed = dataset.stream != nullptr;
  summary.rows = dataset.target.rows();
  summary.rows_dropped = dataset.rows_dropped;
  summary.columns = table.columns;
  summary.features = standardizer.kept.size();
  summary.target = options.data.target;
  summary.log_target = options.data.log_target;
  summary.task = dataset.target.task;
  summary.classes = dataset.target.class_names;
  summary.total_weight = dataset.weights.sum();
  summary.column_list = dataset.column_list;
  summary.findings = dataset.findings;
  return summary;
}

GridPoint MakePoint(const Trial& trial, const Fit& fit, int repeats) {
  GridPoint point;
  point.decay = trial.decay;
  point.train = trial.Of(&FoldScore::train_loss, repeats);
  point.validation = trial.Of(&FoldScore::validation_loss, repeats);
  const PooledScores pooled = PoolScores(trial.folds);
  point.score = pooled.score;
  point.balanced_accuracy = pooled.balanced_accuracy;
  point.auc = pooled.auc;
  point.average_precision = pooled.average_precision;
  point.weight_norm = fit.weights.norm();
  point.effective_dof = fit.effective_dof;
  point.effective_dof_estimated = fit.dof_is_estimate;
  point.loo = fit.loo;
  point.gcv = fit.gcv;
  point.log_evidence = fit.log_evidence;
  return point;
}

// The weights that are largest at the best decay, along the whole path.
std::vector<WeightPath> LargestPaths(const Dataset& dataset, const Standardizer& standardizer,
                                     const std::vector<Fit>& fits, int best) {
  const Matrix& at_best = fits[static_cast<std::size_t>(best)].weights;
  std::vector<std::pair<double, Eigen::Index>> order;
  for (Eigen::Index i = 0; i < at_best.size(); ++i)
    order.emplace_back(-std::fabs(at_best.data()[i]), i);
  const std::size_t count = std::min(kMostPaths, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end());
  std::vector<WeightPath> paths;
  for (std::size_t i = 0; i < count; ++i) {
    const Eigen::Index at = order[i].second;
    const auto feature =
        static_cast<std::size_t>(standardizer.kept[static_cast<std::size_t>(at % at_best.rows())]);
    WeightPath path{dataset.design.features[feature].name(), {}};
    if (at_best.cols() > 1)
      path.name +=
          " -> " + dataset.target.class_names[static_cast<std::size_t>(at / at_best.rows())];
    for (const Fit& fit : fits) path.weights.push_back(fit.weights.data()[at]);
    paths.push_back(std::move(path));
  }
  return paths;
}

// Features times outputs, and of these the ones that are not decayed.
void CountWeights(const Dataset& dataset, const Standardizer& standardizer, TuneResult* result) {
  const std::size_t classes = dataset.target.class_names.size();
  const std::size_t outputs = classes > 2 ? classes : 1;
  result->weights = outputs * standardizer.kept.size();
  for (const int feature : standardizer.kept) {
    const auto at = static_cast<std::size_t>(feature);
    if (at < dataset.undecayed.size() && dataset.undecayed[at])
      result->undecayed_weights += outputs;
  }
}

Equivalents InOtherUnits(double decay, double l1_ratio, const Dataset& dataset) {
  const Vector& weights = dataset.weights;
  const double rows = weights.sum();
  const double l1 = decay * l1_ratio;
  const double l2 = decay * (1.0 - l1_ratio);
  Equivalents units;
  if (dataset.target.task == Task::kRegression) {
    const Vector& y = dataset.target.numbers;
    const double mean = weights.dot(y) / rows;
    const double deviation = std::sqrt(weights.dot((y.array() - mean).square().matrix()) / rows);
    // Ridge adds up squared errors, Lasso and ElasticNet take half their mean.
    units.sklearn_alpha = l1_ratio > 0.0 ? decay : rows * decay;
    // glmnet fits y / sd(y), then turns lambda and weights back: L1 keeps its unit, L2 does not.
    units.glmnet_lambda = l1 + l2 * deviation;
    units.glmnet_alpha = l1_ratio / (l1_ratio + (1.0 - l1_ratio) * deviation);
    units.pytorch_weight_decay = 2.0 * l2;
    units.pytorch_l1 = units.keras_l1 = 2.0 * l1;
    units.keras_l2 = l2;
  } else {
    if (decay > 0.0) units.sklearn_c = 1.0 / (rows * decay);
    units.glmnet_lambda = decay;
    units.glmnet_alpha = l1_ratio;
    units.pytorch_weight_decay = l2;
    units.pytorch_l1 = units.keras_l1 = l1;
    units.keras_l2 = l2 / 2.0;
  }
  return units;
}

// Where some columns are not decayed: scikit-learn cannot say so, and glmnet scales its factors of
// the penalty, 0 for those and 1 for the others, so that their mean is 1.
void LeaveUndecayed(const TuneResult& result, Equivalents* units) {
  if (result.no_decay.empty()) return;
  units->sklearn_alpha.reset();
  units->sklearn_c.reset();
  const auto all = static_cast<double>(result.weights);
  units->glmnet_lambda *= (all - static_cast<double>(result.undecayed_weights)) / all;
}

// The best trial, or the baseline where that was not asked for and is better.
const Trial& LowestOf(const Sweep& sweep) {
  const Trial& best = sweep.trials[static_cast<std::size_t>(sweep.best)];
  const bool baseline = sweep.baseline && sweep.baseline->MeanValidation() < best.MeanValidation();
  return baseline ? *sweep.baseline : best;
}

Exchangeable ExchangeableIn(const DataOptions& options) {
  if (!options.fold_column.empty() || !options.time.empty()) return Exchangeable::kNothing;
  return options.group.empty() ? Exchangeable::kRows : Exchangeable::kGroups;
}

// What the best constant scores, and whether the best decay does any better.
void AddSignal(const Model& model, const Sweep& sweep, const Dataset& dataset,
               const TuneOptions& options, int threads, TuneResult* result) {
  const GridPoint constant = MakePoint({0.0, sweep.null_scores}, Fit{}, sweep.repeats);
  result->data.null_loss = constant.validation.mean;
  if (dataset.target.task == Task::kClassification)
    result->data.null_accuracy = LargestShare(sweep.null_scores);
  const SignalQuestion question{.dataset = &dataset,
                                .standardizer = &model.standardizer(),
                                .null_scores = sweep.null_scores,
                                .best_scores = LowestOf(sweep).folds,
                                .dependence = DependenceOf(sweep, dataset),
                                .exchangeable = ExchangeableIn(options.data),
                                .seed = options.data.seed,
                                .threads = threads};
  result->verdict.signal = TestSignal(question);
  if (result->verdict.signal.none) result->verdict.label = VerdictLabel::kNoSignal;
}

void AddFindings(const Sweep& sweep, TuneResult* result) {
  result->findings = sweep.findings;
  if (!sweep.best_at_edge || result->verdict.signal.none) return;
  result->findings.push_back({.kind = sweep.best > 0 ? TuneFinding::Kind::kLargestIsBest
                                                     : TuneFinding::Kind::kSmallestIsBest});
}

// Those that are told of whether or not the grid has them.
std::vector<double> DecaysBeside(const TuneOptions& options) {
  std::vector<double> decays;
  if (options.l1_ratio == 0.0)
    decays.assign(std::begin(kTextbookDecays), std::end(kTextbookDecays));
  if (options.current_decay) decays.push_back(*options.current_decay);
  return decays;
}

// The grid, where its best lies, and what became of the sweep.
void AddGrid(const Sweep& sweep, const std::vector<Fit>& fits, TuneResult* result) {
  for (std::size_t i = 0; i < sweep.trials.size(); ++i) {
    result->grid.push_back(MakePoint(sweep.trials[i], fits[i], sweep.repeats));
    if (result->l1_ratio > 0.0)
      result->grid.back().nonzero =
          static_cast<std::size_t>((fits[i].weights.array() != 0.0).count());
  }
  result->best = sweep.best;
  result->best_at_edge = sweep.best_at_edge;
  result->one_se = sweep.one_se;
  result->interrupted = sweep.interrupted;
  result->unfit_decays = sweep.unfit_decays;
}

// How many weights are 0 at the best decay.
void AddZeroWeights(TuneResult* result) {
  const GridPoint& best = result->grid[static_cast<std::size_t>(result->best)];
  if (!best.nonzero) return;
  result->verdict.findings.push_back(
      {.kind = TuneFinding::Kind::kZeroWeights,
       .decays = {best.decay},
       .count = static_cast<std::int64_t>(result->weights - *best.nonzero),
       .of = static_cast<std::int64_t>(result->weights)});
}

}  // namespace

void CheckTuneOptions(const TuneOptions& options) {
  CheckDecays(options.decays);
  if (options.current_decay) CheckDecays({*options.current_decay});
  CheckFoldOptions(options.data);
  if (!(options.l1_ratio >= 0.0 && options.l1_ratio <= 1.0))
    Fail(ErrorKind::kL1Ratio, {options.l1_ratio});
  if (options.noise_sd && !(*options.noise_sd > 0.0 && std::isfinite(*options.noise_sd)))
    FailOption("noise", ErrorKind::kNoiseRange, {*options.noise_sd});
  if (options.threads < 0) Fail(ErrorKind::kThreads, {options.threads});
}

void CheckFamily(const TuneOptions& options, Task task) {
  if (options.model == ModelFamily::kMlp) Fail(ErrorKind::kNetIsTunedElsewhere);
  if (options.model == ModelFamily::kLinear && task == Task::kClassification)
    Fail(ErrorKind::kLinearOfClasses);
  if (options.model == ModelFamily::kLogistic && task == Task::kRegression)
    Fail(ErrorKind::kLogisticOfNumbers);
}

TuneOutcome TuneModel(const Table& table, const TuneOptions& options, const ModelMaker& make) {
  CheckTuneOptions(options);
  Stopwatch watch;
  const PreparedTable prepared{table.source, table.columns.size(),
                               PrepareDataset(table, options.data)};
  CheckFamily(options, prepared.dataset.target.task);
  return TunePrepared(prepared, options, make, &watch);
}

TuneOutcome TunePrepared(const PreparedTable& table, const TuneOptions& options,
                         const ModelMaker& make, Stopwatch* watch) {
  const Dataset& dataset = table.dataset;
  if (!dataset.varies) FailIn(table.source, ErrorKind::kNothingVaries);
  CheckPlane(dataset, options);
  if (options.noise_sd && dataset.target.task == Task::kClassification)
    Fail(ErrorKind::kNoiseOfClasses);
  const int threads = options.threads > 0 ? options.threads : AvailableThreads();
  const OneBlasThread one_blas_thread;
  ProgressCounter progress(options.progress);
  const ModelContext context{&dataset, threads,
                             [&](int planned, int done) { progress.Add(planned, done); },
                             options.stop, options.l1_ratio};
  const std::unique_ptr<Model> model = make(context);
  const Sweep sweep = RunSweep(
      model.get(), options.decays,
      {static_cast<int>(dataset.folds.size()), dataset.folds.front().count}, DecaysBeside(options));
  std::vector<double> decays;
  for (const Trial& trial : sweep.trials) decays.push_back(trial.decay);
  const std::vector<Fit> fits = model->FitAll(decays);

  TuneOutcome outcome;
  TuneResult& result = outcome.result;
  result.data = Summarise(table, model->standardizer(), options);
  result.family =
      dataset.target.task == Task::kRegression ? ModelFamily::kLinear : ModelFamily::kLogistic;
  result.l1_ratio = options.l1_ratio;
  result.no_decay = options.data.no_decay;
  CountWeights(dataset, model->standardizer(), &result);
  result.folds = static_cast<int>(sweep.folds.size()) / sweep.repeats;
  result.seeds = sweep.repeats;
  result.seed = options.data.seed;
  result.threads = threads;
  result.decays_given = !options.decays.empty();
  AddGrid(sweep, fits, &result);
  result.paths = LargestPaths(dataset, model->standardizer(), fits, sweep.best);
  const double best = decays[static_cast<std::size_t>(sweep.best)];
  result.equivalents = InOtherUnits(best, options.l1_ratio, dataset);
  LeaveUndecayed(result, &result.equivalents);
  outcome.model = MakeFittedModel(dataset, model->standardizer(),
                                  fits[static_cast<std::size_t>(sweep.best)], best);
  outcome.model.l1_ratio = options.l1_ratio;
  outcome.model.target = options.data.target;
  outcome.model.log_target = options.data.log_target;
  result.timing.fit = watch->Lap();
  result.verdict = Judge(sweep, dataset, options.current_decay);
  if (!sweep.interrupted)
    TellMissingCurrent(options.current_decay, result.verdict, &result.findings);
  AddZeroWeights(&result);
  AddSignal(*model, sweep, dataset, options, threads, &result);
  AddFindings(sweep, &result);
  result.timing.verdict = watch->Lap();
  result.diagnostics = Diagnose({context, make, model.get(), sweep, fits, options}, &result.verdict,
                                &result.findings);
  result.timing.diagnostics = watch->Lap();
  return outcome;
}

std::unique_ptr<Model> MakeModelOfTask(const ModelContext& context) {
  // Read by their codes, text columns take part in a penalty of squares alone.
  const bool coded = context.l1_ratio == 0.0 && StaysCoded(context.dataset->design) &&
                     ExplainsFree(*context.dataset);
  if (context.l1_ratio > 0.0 || (HasUndecayed(*context.dataset) && !coded)) {
    return context.dataset->target.task == Task::kRegression ? MakeSparseLinear(context)
                                                             : MakeSparseLogistic(context);
  }
  return context.dataset->target.task == Task::kRegression ? MakeLinear(context)
                                                           : MakeLogistic(context);
}

TuneOutcome Tune(const Table& table, const TuneOptions& options) {
  return TuneModel(table, options, MakeModelOfTask);
}

}  // namespace halflife
