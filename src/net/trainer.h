// What a sweep asks of whoever trains: the built-in nets and a user's own alike.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "net/training_run.h"

namespace halflife {

// Losses of rows that no training has seen.
struct HeldOut {
  std::vector<double> losses;  // a value a row
  double score = 0.0;          // R2 or accuracy
};

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
  virtual HeldOut Validate(const TrainingRun& run) const = 0;
  virtual HeldOut Test(const TrainingRun& run) const = 0;
};

}  // namespace halflife
