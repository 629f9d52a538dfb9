#include "tune/training/result.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/error.h"
#include "base/stopwatch.h"
#include "linalg/one_blas_thread.h"
#include "tune/grid_check.h"
#include "tune/training/choice.h"
#include "tune/training/comparison.h"
#include "tune/training/held.h"
#include "tune/training/points.h"
#include "tune/training/stopping.h"
#include "tune/training/verdict.h"
#include "tune/verdict.h"

namespace halflife {
namespace {

class ResultMaker {
 public:
  ResultMaker(std::span<const TrainingSplit> splits, const TrainingSweepOptions& options,
              const TrainingFacts& facts)
      : splits_(splits),
        asked_(options),
        options_(WithProgress(options)),
        facts_(facts),
        held_(splits, facts.classification, options.threads) {}

  TrainingOutcome Make() {
    Stopwatch watch;
    const OneBlasThread one_blas_thread;
    pooled_ = SweepSplits(splits_, options_);
    choice_ = Choose(pooled_.sweep, OverAll());
    TrainingOutcome outcome;
    result_ = &outcome.result;
    result_->grid = MakePoints(choice_, PointsFacts(), &held_);
    result_->seeds = options_.seeds;
    result_->seed = options_.seed;
    result_->threads = options_.threads;
    result_->best = static_cast<int>(choice_.best);
    result_->best_at_edge = choice_.at_edge;
    result_->one_se = OneSe();
    Summarise();
    AddFindings();
    result_->timing.fit = watch.Lap();
    MakeVerdict();
    result_->timing.verdict = watch.Lap();
    KeepBest(&outcome);
    return outcome;
  }

 private:
  const TrainingTrial& Best() const { return *choice_.points[choice_.best]; }

  // What follows the sweep counts as planned from the start.
  TrainingSweepOptions WithProgress(TrainingSweepOptions options) {
    if (!options.progress) return options;
    options.progress = [this, tell = options.progress](const TrainingProgress& now) {
      told_ = now;
      told_.epochs_planned += EpochsBeside();
      tell(told_);
    };
    return options;
  }

  // At most so many epochs of all runs together are trained beside the sweep.
  std::int64_t EpochsBeside() const {
    if (!facts_.beside) return 0;
    std::int64_t runs = options_.textbook ? std::ssize(kTextbookDecays) : 0;
    runs += options_.current_decay ? options_.seeds : 0;
    runs += facts_.all_decayed.empty() ? 0 : 1;
    return runs * options_.epochs * std::ssize(splits_);
  }

  BesideSources Sources(const TrainingSweepOptions& options) const {
    return {.splits = splits_,
            .all_decayed = facts_.all_decayed,
            .options = options,
            .sweep = pooled_.sweep,
            .has_test = facts_.has_test};
  }

  // What other decays would have gained, by runs beside the sweep.
  void TellBeside(const ComparedRuns& compared) {
    if (pooled_.sweep.stopped || !facts_.beside) return;
    TrainingSweepOptions options = options_;
    if (asked_.progress) {
      options.progress = [this](const TrainingProgress&) {  // of one epoch each
        ++told_.epochs_done;
        asked_.progress(told_);
      };
    }
    const bool of_baseline = compared.comparison.best_is_baseline && compared.chosen.empty();
    const ChosenRuns chosen{.best = RunsToTell(Best(), choice_),
                            .baseline = compared.baseline,
                            .tuned = of_baseline ? compared.baseline : compared.best};
    stopped_beside_ = !facts_.beside(Sources(options), chosen, &held_, &result_->verdict);
    if (!stopped_beside_)
      TellMissingCurrent(options_.current_decay, result_->verdict, &result_->findings);
    if (!asked_.progress || told_.epochs_planned == told_.epochs_done) return;
    told_.epochs_planned = told_.epochs_done;  // some were there, or diverged
    asked_.progress(told_);
  }

  // The choice is over the runs of all splits whose sweep came to its end, one after another; where
  // none did, over those of the first.
  TrainingSweepOptions OverAll() const {
    TrainingSweepOptions all = options_;
    all.seeds *= std::max<int>(1, static_cast<int>(pooled_.choices.size()));
    return all;
  }

  PointFacts PointsFacts() const {
    return {.steps_per_epoch = facts_.steps_per_epoch,
            .epochs = options_.epochs,
            .early_stopping = options_.early_stopping,
            .largest_share = [this](const RunKey& key) { return LargestShare(key); }};
  }

  double LargestShare(const RunKey& key) const {
    const std::optional<Shrinkage> shrinkage =
        facts_.shrinkage ? facts_.shrinkage(key) : std::nullopt;
    return shrinkage ? shrinkage->Largest() : 0.0;
  }

  // Largest decay whose loss lies within one standard error of the best's, judged on the runs that
  // both ended with, in pairs.
  int OneSe() const {
    const std::vector<GridPoint>& grid = result_->grid;
    std::size_t one_se = choice_.best;
    for (std::size_t i = choice_.best + 1; i < grid.size(); ++i) {
      const TrainingTrial& trial = *choice_.points[i];
      const std::vector<std::size_t> shared = SharedRuns(trial, Best(), choice_);
      if (shared.empty() || trial.diverged()) continue;
      double gap = 0.0;
      for (const std::size_t run : shared) {
        gap += trial.runs[run].Loss(options_.early_stopping) -
               Best().runs[run].Loss(options_.early_stopping);
      }
      if (gap / static_cast<double>(shared.size()) <= grid[choice_.best].validation.se) one_se = i;
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
    summary.validation_rows = held_.count(0, false);
    summary.rounds = std::max<int>(1, static_cast<int>(pooled_.choices.size()));
    summary.rounds_planned = static_cast<int>(splits_.size());
    const TrainingSweep& sweep = pooled_.sweep;
    summary.epochs_trained = sweep.epochs_trained;
    if (sweep.halved && !sweep.stopped)
      summary.epochs_saved = std::max<std::int64_t>(0, sweep.epochs_full - sweep.epochs_trained);
    summary.stopped = sweep.stopped;
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

  void AddStopped() {
    std::vector<TuneFinding>& findings = result_->findings;
    const bool several = splits_.size() > 1;
    const std::int64_t runs = std::ssize(splits_) * options_.seeds;
    if (choice_.seeds > 0) {
      findings.push_back(
          {.kind = TuneFinding::Kind::kStopped, .count = choice_.seeds, .of = several ? runs : 0});
      return;
    }
    findings.push_back(
        {.kind = TuneFinding::Kind::kStoppedInside, .count = choice_.epoch, .of = options_.epochs});
  }

  void AddFindings() {
    std::vector<TuneFinding>& findings = result_->findings;
    if (pooled_.sweep.stopped) AddStopped();
    if (StillFalling(Best())) findings.push_back({.kind = TuneFinding::Kind::kStillFalling});
    TuneFinding diverged{.kind = TuneFinding::Kind::kDiverged};
    for (const TrialFamily& family : pooled_.sweep.families) {
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

  void MakeVerdict() {
    const ComparedRuns compared = Compare(pooled_, choice_, facts_.has_test, &held_);
    if (compared.baseline.empty()) {
      result_->verdict = NothingCompared(0.0, Best().decay);
      result_->verdict.findings.push_back({.kind = TuneFinding::Kind::kNothingCompared});
      if (choice_.baseline == nullptr || choice_.seeds == 0) return;
      ComparedRuns alone;
      alone.baseline = alone.best = RunsToTell(*choice_.baseline, choice_);
      TellBeside(alone);
      return;
    }
    for (const PlannedRun& run : compared.best) {
      const bool known = !judged_.empty() && judged_.back().split == run.split;
      if (!known) judged_.push_back(run);
    }
    TrainedComparison comparison = compared.comparison;
    comparison.classification = facts_.classification;
    const double share = LargestShare({comparison.best.decay, comparison.best.lr, options_.seed});
    if (share > 0.0) comparison.averaging_steps = 1.0 / share;
    comparison.run_steps = facts_.steps_per_epoch * options_.epochs;
    result_->verdict = JudgeTraining(comparison);
    const std::optional<TuneFinding> stopping =
        StoppingInstead(choice_, options_, result_->verdict.label);
    if (stopping) result_->verdict.findings.push_back(*stopping);
    gain_error_ = SplitsPairedTest(GainsOf(comparison)).error;
    if (facts_.has_test) {
      Record(compared, comparison);
      null_loss_ = NullLossOf(comparison);
      const TrainingSummary& summary = *result_->training;
      const std::optional<ScoreChange> change =
          ScoreChangeOf(comparison, summary.baseline_test->score, summary.best_test->score);
      if (change) result_->verdict.score_changes = {*change};
    }
    TellBeside(compared);
  }

  // What the verdict is from.
  void Record(const ComparedRuns& compared, const TrainedComparison& comparison) {
    TrainingSummary& summary = *result_->training;
    summary.test_rows = held_.count(0, true);
    summary.rows_judged = summary.test_rows;
    summary.baseline_test = ScoreOf(compared.baseline, comparison.baseline.test);
    const bool of_baseline = comparison.best_is_baseline && comparison.splits.empty();
    summary.best_test =
        of_baseline ? summary.baseline_test : ScoreOf(compared.best, comparison.best.test);
    if (comparison.splits.empty()) return;
    const std::vector<SplitValues> gains = GainsOf(comparison);
    std::set<std::uint32_t> judged;
    for (std::size_t s = 0; s < gains.size(); ++s) {
      SplitRecord record{.chosen = compared.chosen[s].decay,
                         .lr = compared.chosen[s].lr,
                         .test_rows = gains[s].rows.size(),
                         .rows = gains[s].rows,
                         .gains = {}};
      record.gains.assign(record.rows.size(), 0.0);
      for (const std::vector<double>& seed : gains[s].values) {
        for (std::size_t i = 0; i < seed.size(); ++i)
          record.gains[i] += seed[i] / static_cast<double>(gains[s].values.size());
      }
      record.gain = MeanAndError(record.gains).mean;
      judged.insert(record.rows.begin(), record.rows.end());
      summary.splits.push_back(std::move(record));
    }
    summary.rounds = static_cast<int>(summary.splits.size());
    summary.rows_judged = judged.size();
  }

  TestScore ScoreOf(const std::vector<PlannedRun>& runs, const std::vector<RowLosses>& rows) const {
    const MeanWithError loss = held_.Loss(runs, rows, true);
    std::vector<HeldRows::Told> told;
    for (std::size_t i = 0; i < runs.size(); ++i)
      told.push_back({runs[i].split, MeanAndError(rows[i].losses).mean, rows[i].score});
    return {{loss.mean, loss.se}, held_.Score(told, true)};
  }

  void KeepBest(TrainingOutcome* outcome) const {
    const std::vector<PlannedRun> ended = RunsToTell(Best(), choice_);
    for (const PlannedRun& run : ended)
      outcome->kept_epochs += run.run->kept_epoch() / static_cast<double>(ended.size());
    outcome->best = Best().runs.front().run;
    outcome->null_loss = null_loss_;
    if (choice_.baseline != nullptr) outcome->baseline = choice_.baseline->runs.front().run;
    outcome->judged = judged_;
    outcome->gain_error = gain_error_;
    outcome->stopped_beside = stopped_beside_;
    if (pooled_.choices.size() <= 1) outcome->judged = {Best().runs.front()};
  }

  std::span<const TrainingSplit> splits_;
  const TrainingSweepOptions& asked_;
  TrainingSweepOptions options_;
  const TrainingFacts& facts_;
  HeldRows held_;
  PooledSweep pooled_;
  TrainingChoice choice_;
  TuneResult* result_ = nullptr;
  TrainingProgress told_;  // of the sweep and of what is trained beside it
  double gain_error_ = 0.0;
  bool stopped_beside_ = false;
  std::optional<double> null_loss_;
  std::vector<PlannedRun> judged_;  // of several splits, the first run that each chose
};

// Before anything is trained, for at any learning rate it may turn out to be needed.
void CheckCurrent(const TrainingSweepOptions& options) {
  const double decay = *options.current_decay;
  CheckDecays({decay});
  for (const double lr : options.lrs) {
    if (!MayTry(options, decay, lr)) Fail(ErrorKind::kCurrentTakesAll, {decay, lr});
  }
}

void CheckOptions(const TrainingSweepOptions& options, const TrainingFacts& facts) {
  CheckDecays(options.decays);
  if (options.lrs.empty()) Fail(ErrorKind::kLrsNone);
  CheckLrs(options.lrs);
  if (options.current_decay) CheckCurrent(options);
  if (options.seeds < 1) FailOption("seeds", ErrorKind::kTooFew, {options.seeds, 1});
  if (options.epochs < 1) FailOption("epochs", ErrorKind::kTooFew, {options.epochs, 1});
  if (facts.steps_per_epoch < 1)
    FailOption("steps_per_epoch", ErrorKind::kTooFew, {facts.steps_per_epoch, 1});
}

}  // namespace

TrainingOutcome TuneTraining(std::span<const TrainingSplit> splits,
                             const TrainingSweepOptions& options, const TrainingFacts& facts) {
  CheckOptions(options, facts);
  return ResultMaker(splits, options, facts).Make();
}

TrainingOutcome TuneTraining(Trainer* trainer, const TrainingSweepOptions& options,
                             const TrainingFacts& facts) {
  TrainingSplit split;
  split.trainer = trainer;
  return TuneTraining({&split, 1}, options, facts);
}

}  // namespace halflife
