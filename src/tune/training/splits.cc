#include "tune/training/splits.h"

#include <algorithm>
#include <memory>

#include "tune/training/choice.h"
#include "tune/training/stages.h"
#include "tune/training/trial_families.h"

namespace halflife {
namespace {

// Of a chosen grid, above 0, where there are several splits: factors of 5.2 apart. Chance in the
// rows and in training moves a split's best by more than that, and what lies close by is told apart
// by no split; so half as many decays, which more splits have in common, cost half as much.
constexpr int kGridOfSplits = 8;
constexpr HalvingWidth kWidthOfSplits = {.widest = 3, .scouts = 2, .drops_neighbours = true};

// Progress over all splits, as told by the sweep over one.
class SharedProgress {
 public:
  SharedProgress(std::size_t splits, const TrainingSweepOptions& options)
      : options_(options), of_split_(splits) {}

  void Tell(std::size_t split, const TrainingProgress& now) {
    of_split_[split] = now;
    TrainingProgress all = now;
    all.runs_started = all.runs_done = 0;
    all.epochs_done = all.epochs_planned = 0;
    for (const TrainingProgress& part : of_split_) {
      all.runs_started += part.runs_started;
      all.runs_done += part.runs_done;
      all.epochs_done += part.epochs_done;
      // Of a split that was not begun, about as much as the one that is on.
      all.epochs_planned += part.runs_started > 0 ? std::max(part.epochs_done, part.epochs_planned)
                                                  : now.epochs_planned;
    }
    if (options_.progress) options_.progress(all);
  }

 private:
  const TrainingSweepOptions& options_;
  std::vector<TrainingProgress> of_split_;
};

// The sweep over one split, which stays to train more.
class SplitSweep {
 public:
  SplitSweep(std::size_t number, const TrainingSplit& split, const TrainingSweepOptions& all,
             SharedProgress* progress)
      : options_(OptionsOf(number, all, progress)),
        stages_(split.trainer, options_),
        families_(options_, &stages_, &sweep_),
        number_(number) {}

  void Run() { RunTrainingSweep(options_, &stages_, &families_, &sweep_); }

  SplitChoice Chosen() const {
    const TrainingChoice choice = Choose(sweep_, options_);
    const auto key = [](const TrainingTrial& trial) { return DecayAtLr{trial.decay, trial.lr}; };
    return {key(*choice.baseline), key(*choice.points[choice.best]), choice.seeds};
  }

  // What its choice was between: no decay and the best of the others.
  std::vector<DecayAtLr> Finalists() const {
    const TrainingChoice choice = Choose(sweep_, options_);
    std::vector<DecayAtLr> finalists;
    for (const TrainingTrial* trial : {choice.baseline, choice.rival}) {
      if (trial != nullptr) finalists.push_back({trial->decay, trial->lr});
    }
    return finalists;
  }

  // Trains these to their end with every seed.
  void Finish(const std::vector<DecayAtLr>& decays) {
    for (const DecayAtLr& one : decays) families_.Add(one.decay, one.lr);
    TrialFamilies::Trials trials;
    for (TrainingTrial* trial : families_.AllTrials()) {
      if (std::find(decays.begin(), decays.end(), DecayAtLr{trial->decay, trial->lr}) !=
          decays.end())
        trials.push_back(trial);
    }
    families_.Train(options_.epochs, trials, 0, options_.seeds, 0.0);
    SumUp(stages_, &sweep_, options_.epochs);
  }

  const TrainingSweep& sweep() const { return sweep_; }
  std::size_t number() const { return number_; }
  std::uint64_t seed() const { return options_.seed; }

 private:
  static TrainingSweepOptions OptionsOf(std::size_t number, const TrainingSweepOptions& all,
                                        SharedProgress* progress) {
    TrainingSweepOptions options = all;
    options.seed += number * static_cast<std::uint64_t>(all.seeds);
    options.progress = [progress, number](const TrainingProgress& now) {
      progress->Tell(number, now);
    };
    return options;
  }

  TrainingSweepOptions options_;
  TrainingSweep sweep_;
  TrainingStages stages_;
  TrialFamilies families_;
  std::size_t number_;
};

using Sweeps = std::vector<std::unique_ptr<SplitSweep>>;

// The runs of a decay in one split; where that never tried it, runs that were not started.
std::vector<PlannedRun> RunsOf(const SplitSweep& split, const DecayAtLr& at, int seeds) {
  std::vector<PlannedRun> runs;
  for (const TrialFamily& family : split.sweep().families) {
    if (family.lr != at.lr) continue;
    for (const TrainingTrial& trial : family.trials) {
      if (trial.decay == at.decay) runs = trial.runs;
    }
  }
  for (int s = static_cast<int>(runs.size()); s < seeds; ++s)
    runs.push_back({.key = {at.decay, at.lr, split.seed() + static_cast<std::uint64_t>(s)}});
  for (PlannedRun& run : runs) run.split = split.number();
  return runs;
}

// The family of all decays that any split has at the learning rate of family `f`.
TrialFamily PoolFamily(const Sweeps& sweeps, std::size_t f, int seeds) {
  TrialFamily pooled{.lr = sweeps.front()->sweep().families[f].lr, .trials = {}};
  for (const auto& split : sweeps) {
    for (const TrainingTrial& trial : split->sweep().families[f].trials) {
      const auto at = std::lower_bound(
          pooled.trials.begin(), pooled.trials.end(), trial.decay,
          [](const TrainingTrial& known, double decay) { return known.decay < decay; });
      if (at != pooled.trials.end() && at->decay == trial.decay) continue;
      pooled.trials.insert(
          at, {.decay = trial.decay, .lr = trial.lr, .asked = trial.asked, .runs = {}});
    }
  }
  for (TrainingTrial& trial : pooled.trials) {
    for (const auto& split : sweeps) {
      for (const PlannedRun& run : RunsOf(*split, {trial.decay, trial.lr}, seeds))
        trial.runs.push_back(run);
    }
  }
  return pooled;
}

TrainingSweep Pool(const Sweeps& sweeps, int seeds) {
  TrainingSweep pooled;
  for (std::size_t f = 0; f < sweeps.front()->sweep().families.size(); ++f)
    pooled.families.push_back(PoolFamily(sweeps, f, seeds));
  for (const auto& split : sweeps) {
    const TrainingSweep& sweep = split->sweep();
    pooled.epochs_trained += sweep.epochs_trained;
    pooled.epochs_full += sweep.epochs_full;
    pooled.halved = pooled.halved || sweep.halved;
    pooled.stopped = pooled.stopped || sweep.stopped;
  }
  return pooled;
}

}  // namespace

TrainingSweepOptions AsOneOfSeveral(TrainingSweepOptions options) {
  options.grid = kGridOfSplits;
  options.width = kWidthOfSplits;
  return options;
}

PooledSweep SweepSplits(std::span<const TrainingSplit> splits, const TrainingSweepOptions& asked) {
  const TrainingSweepOptions options = splits.size() > 1 ? AsOneOfSeveral(asked) : asked;
  SharedProgress progress(splits.size(), options);
  PooledSweep pooled;
  pooled.seeds = options.seeds;
  Sweeps sweeps;
  std::vector<DecayAtLr> finalists;
  for (std::size_t s = 0; s < splits.size(); ++s) {
    sweeps.push_back(std::make_unique<SplitSweep>(s, splits[s], options, &progress));
    sweeps.back()->Run();
    if (sweeps.back()->sweep().stopped) break;
    pooled.choices.push_back(sweeps.back()->Chosen());
    for (const DecayAtLr& one : sweeps.back()->Finalists()) finalists.push_back(one);
  }
  if (splits.size() > 1) {
    for (std::size_t s = 0; s < pooled.choices.size(); ++s) sweeps[s]->Finish(finalists);
  }
  pooled.sweep = Pool(sweeps, options.seeds);
  return pooled;
}

}  // namespace halflife
