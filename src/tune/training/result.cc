#include "tune/training/result.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/parallel.h"
#include "base/stopwatch.h"
#include "base/text.h"
#include "linalg/one_blas_thread.h"
#include "tune/grid_check.h"
#include "tune/statistics.h"
#include "tune/training/choice.h"
#include "tune/training/verdict.h"
#include "tune/verdict.h"

namespace halflife {
namespace {

class ResultMaker {
 public:
  ResultMaker(Trainer* trainer, const TrainingSweepOptions& options, const TrainingFacts& facts)
      : trainer_(trainer), options_(options), facts_(facts) {}

  TrainingOutcome Make() {
    Stopwatch watch;
    const OneBlasThread one_blas_thread;
    sweep_ = RunTrainingSweep(trainer_, options_);
    choice_ = Choose(sweep_, options_);
    TrainingOutcome outcome;
    result_ = &outcome.result;
    for (const TrainingTrial* trial : choice_.points) result_->grid.push_back(MakePoint(*trial));
    result_->seeds = options_.seeds;
    result_->seed = options_.seed;
    result_->threads = options_.threads;
    result_->best = static_cast<int>(choice_.best);
    CompareInPairs();
    result_->best_at_edge = choice_.at_edge;
    result_->one_se = OneSe();
    Summarise();
    AddFindings();
    result_->timing.fit = watch.Lap();
    MakeVerdict();
    result_->timing.verdict = watch.Lap();
    outcome.best = Best().runs.front().run;
    return outcome;
  }

 private:
  std::int64_t RunSteps() const { return facts_.steps_per_epoch * options_.epochs; }
  const TrainingTrial& Best() const { return *choice_.points[choice_.best]; }

  // The record of the epoch that a run stands for; it has one.
  static const EpochRecord& Kept(const TrainingRun& run) {
    return run.curve()[static_cast<std::size_t>(std::max(1, run.kept_epoch())) - 1];
  }

  // The seeds that a trial's figures are made of: those that ended, or else the first.
  std::vector<const TrainingRun*> RunsOf(const TrainingTrial& trial) const {
    std::vector<const TrainingRun*> runs;
    for (int s = 0; s < std::max(1, trial.finished()); ++s) {
      const TrainingRun* run = trial.runs[static_cast<std::size_t>(s)].run;
      if (run != nullptr && !run->curve().empty()) runs.push_back(run);
    }
    return runs;
  }

  std::vector<RowLosses> Evaluate(const std::vector<const TrainingRun*>& runs, bool test) const {
    std::vector<RowLosses> held(runs.size());
    ParallelFor(runs.size(), options_.threads, [&](std::size_t i) {
      held[i] = test ? trainer_->Test(*runs[i]) : trainer_->Validate(*runs[i]);
    });
    for (const RowLosses& seed : held) CheckHeldOut(seed, test);
    return held;
  }

  // Rows are compared in pairs: all runs must have told of the same ones.
  void CheckHeldOut(const RowLosses& held, bool test) const {
    std::size_t& rows = test ? test_row_count_ : validation_row_count_;
    if (rows == 0) rows = held.losses.size();
    if (held.losses.size() != rows) {
      Fail(ErrorKind::kRunRowsDiffer, {held.losses.size(), rows},
           Cause(test ? ErrorKind::kTestRows : ErrorKind::kValidationRows));
    }
    if (!test) return;  // of a run that diverged the validation rows may tell anything
    for (const double loss : held.losses) {
      if (!std::isfinite(loss)) Fail(ErrorKind::kRunLossNotFinite);
    }
  }

  static TwoWayEstimate LossOf(const std::vector<RowLosses>& held) {
    std::vector<std::vector<double>> losses;
    losses.reserve(held.size());
    for (const RowLosses& seed : held) losses.push_back(seed.losses);
    return TwoWay(losses);
  }

  static double ScoreOf(const std::vector<RowLosses>& held) {
    double mean = 0.0;
    for (const RowLosses& seed : held) mean += seed.score / static_cast<double>(held.size());
    return mean;
  }

  GridPoint MakePoint(const TrainingTrial& trial) {
    GridPoint point;
    point.decay = trial.decay;
    point.trained = MakeTrained(trial);
    point.half_life_epochs = point.trained->half_life_steps;
    if (point.half_life_epochs)
      *point.half_life_epochs /= static_cast<double>(facts_.steps_per_epoch);
    const std::vector<const TrainingRun*> runs = RunsOf(trial);
    if (runs.empty()) return point;
    std::vector<double> train;
    for (const TrainingRun* run : runs) {
      const EpochRecord& kept = Kept(*run);
      train.push_back(kept.train_loss);
      double squares = 0.0;
      for (const double norm : kept.layer_norms) squares += norm * norm;
      point.weight_norm += std::sqrt(squares) / static_cast<double>(runs.size());
    }
    point.train = MeanAndError(train);
    const std::vector<RowLosses> held = Evaluate(runs, false);
    const TwoWayEstimate validation = LossOf(held);
    point.validation = {validation.mean, validation.se};
    point.score = ScoreOf(held);
    validation_rows_ = held.front().losses.size();
    return point;
  }

  // A decay that ended with fewer seeds than the best is told as it stands to the best on the seeds
  // that both have: seeds differ by more than decays do.
  void CompareInPairs() {
    if (choice_.seeds == 0) return;
    const double best = Best().MeanLoss(choice_.seeds, options_.early_stopping);
    for (std::size_t i = 0; i < result_->grid.size(); ++i) {
      const TrainingTrial& trial = *choice_.points[i];
      const int seeds = trial.finished();
      if (seeds == 0 || seeds >= choice_.seeds || trial.diverged()) continue;
      result_->grid[i].validation.mean += best - Best().MeanLoss(seeds, options_.early_stopping);
    }
  }

  TrainedPoint MakeTrained(const TrainingTrial& trial) const {
    TrainedPoint trained;
    trained.lr = trial.lr;
    trained.seeds = trial.finished();
    trained.finished = trained.seeds == options_.seeds;
    for (const PlannedRun& planned : trial.runs) {
      if (planned.run == nullptr) continue;
      trained.curves.push_back({planned.key.seed, planned.run->curve()});
      if (!trained.diverged) trained.diverged = planned.run->diverged();
    }
    if (!trained.curves.empty())
      trained.epochs = static_cast<int>(trained.curves.front().epochs.size());
    const double share = LargestShare(trial.runs.front().key);
    if (share > 0.0) {
      trained.half_life_steps = share < 1.0 ? std::log(2.0) / -std::log1p(-share) : 0.0;
      trained.averaging_time_epochs = 1.0 / share / static_cast<double>(facts_.steps_per_epoch);
      trained.active = *trained.averaging_time_epochs <= options_.epochs;
    } else if (trial.decay == 0.0) {
      trained.active = false;
    }
    return trained;
  }

  // The share of a weight that a step takes off at the peak of both schedules; 0 where the law has
  // no fixed one.
  double LargestShare(const RunKey& key) const {
    const std::optional<Shrinkage> shrinkage =
        facts_.shrinkage ? facts_.shrinkage(key) : std::nullopt;
    return shrinkage ? shrinkage->Largest() : 0.0;
  }

  // Largest decay whose loss lies within one standard error of the best's, judged on the seeds that
  // both ended with, in pairs.
  int OneSe() const {
    const std::vector<GridPoint>& grid = result_->grid;
    std::size_t one_se = choice_.best;
    if (choice_.seeds == 0) return static_cast<int>(one_se);
    for (std::size_t i = choice_.best + 1; i < grid.size(); ++i) {
      const TrainingTrial& trial = *choice_.points[i];
      const int seeds = std::min(trial.finished(), choice_.seeds);
      if (seeds == 0 || trial.diverged()) continue;
      const double gap = trial.MeanLoss(seeds, options_.early_stopping) -
                         Best().MeanLoss(seeds, options_.early_stopping);
      if (gap <= grid[choice_.best].validation.se) one_se = i;
    }
    return static_cast<int>(one_se);
  }

  void Summarise() {
    TrainingSummary summary;
    summary.epochs = options_.epochs;
    summary.steps_per_epoch = facts_.steps_per_epoch;
    summary.early_stopping = options_.early_stopping;
    summary.lrs = options_.lrs;
    summary.lr = Best().lr;
    if (choice_.baseline != nullptr) summary.baseline_lr = choice_.baseline->lr;
    summary.validation_rows = validation_rows_;
    summary.epochs_trained = sweep_.epochs_trained;
    if (sweep_.halved && !sweep_.stopped)
      summary.epochs_saved = std::max<std::int64_t>(0, sweep_.epochs_full - sweep_.epochs_trained);
    summary.stopped = sweep_.stopped;
    summary.parameters = facts_.parameters;
    result_->training = std::move(summary);
  }

  // Whether the last tenth of a whole run took off a fiftieth or more of the training loss.
  bool StillFalling(const TrainingTrial& trial) const {
    constexpr double kPart = 0.02;
    if (trial.finished() == 0 || options_.early_stopping || options_.epochs < 10) return false;
    const std::vector<EpochRecord>& curve = trial.runs[0].run->curve();
    const std::size_t before = curve.size() - 1 - curve.size() / 10;
    const double largest = curve.front().train_loss;
    const double fall = curve[before].train_loss - curve.back().train_loss;
    // Where nearly all is learnt, a fiftieth of what is left says nothing.
    return fall > kPart * curve[before].train_loss && curve.back().train_loss > 0.25 * largest;
  }

  void AddFindings() {
    std::vector<TuneFinding>& findings = result_->findings;
    if (sweep_.stopped && choice_.seeds > 0)
      findings.push_back({.kind = TuneFinding::Kind::kStopped, .count = choice_.seeds});
    if (sweep_.stopped && choice_.seeds == 0) {
      findings.push_back({.kind = TuneFinding::Kind::kStoppedInside,
                          .count = choice_.epoch,
                          .of = options_.epochs});
    }
    if (StillFalling(Best())) findings.push_back({.kind = TuneFinding::Kind::kStillFalling});
    TuneFinding diverged{.kind = TuneFinding::Kind::kDiverged};
    for (const TrialFamily& family : sweep_.families) {
      for (const TrainingTrial& trial : family.trials) {
        if (!trial.diverged()) continue;
        diverged.decays.push_back(trial.decay);
        diverged.lrs.push_back(trial.lr);
      }
    }
    if (!diverged.decays.empty()) findings.push_back(std::move(diverged));
    if (choice_.at_edge) {
      findings.push_back({.kind = choice_.best > 0 ? TuneFinding::Kind::kLargestIsBest
                                                   : TuneFinding::Kind::kSmallestIsBest});
    }
  }

  ComparedTrial MakeCompared(const TrainingTrial& trial) const {
    ComparedTrial compared{.decay = trial.decay, .lr = trial.lr, .test = {}};
    std::vector<const TrainingRun*> runs;
    runs.reserve(static_cast<std::size_t>(choice_.seeds));
    for (int s = 0; s < choice_.seeds; ++s)
      runs.push_back(trial.runs[static_cast<std::size_t>(s)].run);
    compared.test = Evaluate(runs, facts_.has_test);
    for (const TrainingRun* run : runs) {
      const EpochRecord& kept = Kept(*run);
      compared.train_loss += kept.train_loss / choice_.seeds;
      compared.validation_loss += kept.validation_loss / choice_.seeds;
    }
    return compared;
  }

  void MakeVerdict() {
    if (choice_.baseline == nullptr || choice_.rival == nullptr) {
      result_->verdict = NothingCompared(0.0, Best().decay);
      result_->verdict.findings.push_back({.kind = TuneFinding::Kind::kNothingCompared});
      return;
    }
    TrainedComparison comparison;
    comparison.baseline = MakeCompared(*choice_.baseline);
    comparison.best = MakeCompared(*choice_.rival);
    comparison.best_is_baseline = &Best() == choice_.baseline;
    comparison.chance = choice_.chance;
    comparison.on_validation = !facts_.has_test;
    comparison.classification = facts_.classification;
    const double share = LargestShare(choice_.rival->runs.front().key);
    if (share > 0.0) comparison.averaging_steps = 1.0 / share;
    comparison.run_steps = RunSteps();
    comparison.null_losses = facts_.null_losses;
    result_->verdict = JudgeTraining(comparison);
    if (!facts_.has_test) return;
    TrainingSummary& summary = *result_->training;
    summary.test_rows = comparison.best.test.front().losses.size();
    const auto score = [](const ComparedTrial& trial) {
      const TwoWayEstimate loss = LossOf(trial.test);
      return TestScore{{loss.mean, loss.se}, ScoreOf(trial.test)};
    };
    summary.baseline_test = score(comparison.baseline);
    summary.best_test =
        comparison.best_is_baseline ? summary.baseline_test : score(comparison.best);
  }

  Trainer* trainer_;
  const TrainingSweepOptions& options_;
  const TrainingFacts& facts_;
  TrainingSweep sweep_;
  TrainingChoice choice_;
  TuneResult* result_ = nullptr;
  std::size_t validation_rows_ = 0;
  mutable std::size_t validation_row_count_ = 0;  // 0: none told yet
  mutable std::size_t test_row_count_ = 0;
};

void CheckOptions(const TrainingSweepOptions& options, const TrainingFacts& facts) {
  CheckDecays(options.decays);
  if (options.lrs.empty()) Fail(ErrorKind::kLrsNone);
  CheckLrs(options.lrs);
  if (options.seeds < 1) FailOption("seeds", ErrorKind::kTooFew, {options.seeds, 1});
  if (options.epochs < 1) FailOption("epochs", ErrorKind::kTooFew, {options.epochs, 1});
  if (facts.steps_per_epoch < 1)
    FailOption("steps_per_epoch", ErrorKind::kTooFew, {facts.steps_per_epoch, 1});
}

}  // namespace

TrainingOutcome TuneTraining(Trainer* trainer, const TrainingSweepOptions& options,
                             const TrainingFacts& facts) {
  CheckOptions(options, facts);
  return ResultMaker(trainer, options, facts).Make();
}

}  // namespace halflife
