// The part of a sweep that trains: stages of runs side by side, with progress and the request to
// stop.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "tune/training/halving.h"
#include "tune/training/sweep.h"

namespace halflife {

class TrainingStages {
 public:
  TrainingStages(Trainer* trainer, const TrainingSweepOptions& options)
      : trainer_(trainer), options_(options) {}

  // Trains each of `runs` until it has `epochs` epochs, or ends before. Does nothing once stopped.
  // `later`: epochs that are expected to follow this stage, for the progress.
  void Train(int epochs, const std::vector<PlannedRun*>& runs, std::int64_t later);

  bool stopped() const { return stopped_; }
  std::int64_t epochs_trained() const { return progress_.epochs_done; }

 private:
  bool AfterEpoch(const TrainingRun& run);
  void FindBest(const TrainingRun& run);

  Trainer* trainer_;
  const TrainingSweepOptions& options_;
  TrainingProgress progress_;
  std::map<std::pair<double, double>, std::pair<std::size_t, double>>
      latest_;  // (decay, lr) of the
                // first seed: (epochs, loss)
  bool stopped_ = false;
};

// What the rule reads of a run. Under early stopping the best loss so far, kept to the end by a run
// that was ended.
LossCurve CurveOf(const PlannedRun& run, const TrainingSweepOptions& options);

}  // namespace halflife
