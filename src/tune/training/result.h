// The answer from a sweep over training runs: the choice, the verdict and what is recorded.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "halflife/schedule.h"
#include "halflife/tune.h"
#include "tune/training/beside.h"
#include "tune/training/splits.h"
#include "tune/training/sweep.h"

namespace halflife {

// What a sweep does not know of the runs by itself.
struct TrainingFacts {
  std::int64_t steps_per_epoch = 1;
  // How a run's decay shrinks a decayed weight; none where it is not known.
  std::function<std::optional<Shrinkage>(const RunKey&)> shrinkage;
  std::vector<DecayedParameter> parameters;
  bool classification = false;  // scores are accuracies, not R2
  // The splits with trainers whose nets decay biases and norms too, to say what that changes;
  // empty: not asked about.
  std::span<const TrainingSplit> all_decayed;
  BesideTeller beside;   // tells of other decays once all is chosen; none: nobody does
  bool has_test = true;  // false: Trainer::Test is never called, the verdict has validation rows;
                         // there is one split then
};

struct TrainingOutcome {
  TuneResult result;  // without what is known of the data, the family and the equivalents
  const TrainingRun* best = nullptr;      // the best's first, the trainer's
  const TrainingRun* baseline = nullptr;  // the baseline's first; none where nothing was compared
  // What was chosen: a run of each split that came to its end, of what that chose by itself; of one
  // split the best's first.
  std::vector<PlannedRun> judged;
  double kept_epochs = 0.0;         // the epoch that the best's runs stand for, a mean over them
  std::optional<double> null_loss;  // of the rows of the verdict, where that is known
  double gain_error = 0.0;          // standard error of the verdict's improvement
  bool stopped_beside = false;      // on request, after everything was chosen
};

// Sweeps, chooses, judges. Trainer::Test is called after everything is chosen, for the runs that
// the verdict compares and those beside the sweep. options.seeds are those of a split.
TrainingOutcome TuneTraining(std::span<const TrainingSplit> splits,
                             const TrainingSweepOptions& options, const TrainingFacts& facts);

// Of one split, of whose rows nothing is known.
TrainingOutcome TuneTraining(Trainer* trainer, const TrainingSweepOptions& options,
                             const TrainingFacts& facts);

}  // namespace halflife
