// What a sweep asks of whoever trains: the built-in nets and a user's own alike.
#pragma once

#include <functional>
#include <span>

#include "halflife/epoch_record.h"
#include "net/training_run.h"

namespace halflife {

// Told after each epoch of a run, one call at a time; false: stop all at the end of their epoch.
using EpochCallback = std::function<bool(const TrainingRun& run)>;

// Starts runs, owns them as long as it lives, and trains them.
class Trainer {
 public:
  virtual ~Trainer() = default;
  // Not beside another call.
  virtual const TrainingRun* Start(const RunKey& key) = 0;
  // Trains each of `runs`, which are different and of this trainer, until it has `epochs` epochs,
  // or ends before. The weights do not depend on which runs are trained together.
  virtual void TrainTo(int epochs, std::span<const TrainingRun* const> runs, int threads,
                       const EpochCallback& done) = 0;
  // With the weights that the run stands for; several runs may be evaluated side by side.
  virtual RowLosses Validate(const TrainingRun& run) const = 0;
  virtual RowLosses Test(const TrainingRun& run) const = 0;
};

}  // namespace halflife
