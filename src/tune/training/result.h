// The answer from a sweep over training runs: the choice, the verdict and what is recorded.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "halflife/schedule.h"
#include "halflife/tune.h"
#include "tune/training/sweep.h"

namespace halflife {

// What a sweep does not know of the runs by itself.
struct TrainingFacts {
  std::int64_t steps_per_epoch = 1;
  // How a run's decay shrinks a decayed weight; none where it is not known.
  std::function<std::optional<Shrinkage>(const RunKey&)> shrinkage;
  std::vector<DecayedParameter> parameters;
  bool classification = false;  // scores are accuracies, not R2
  bool has_test = true;  // false: Trainer::Test is never called, the verdict has validation rows
  // The losses of the verdict's rows, in their order, of the best constant of the training rows;
  // empty where it is not known.
  std::vector<double> null_losses;
};

struct TrainingOutcome {
  TuneResult result;  // without what is known of the data, the family and the equivalents
  const TrainingRun* best = nullptr;  // of the first seed, the trainer's
};

// Sweeps, chooses, judges. Trainer::Test is called for the runs that the verdict compares and no
// others, after everything is chosen.
TrainingOutcome TuneTraining(Trainer* trainer, const TrainingSweepOptions& options,
                             const TrainingFacts& facts);

}  // namespace halflife
