// Training runs beside a sweep, once everything is chosen: of decays that its reader asks about.
#pragma once

#include <span>
#include <vector>

#include "tune/training/splits.h"
#include "tune/training/sweep.h"

namespace halflife {

class RunsBeside {
 public:
  // Runs that `sweep` has of the splits' trainers are trained on, not begun again; none: null. What
  // is passed outlives it.
  RunsBeside(std::span<const TrainingSplit> splits, const TrainingSweepOptions& options,
             const TrainingSweep* sweep)
      : splits_(splits), options_(options), sweep_(sweep) {}

  // Asks for runs at a decay in the place of each of `like`: of the same split, learning rate and
  // seed; not where a step at that rate would take all of every weight.
  void Ask(double decay, std::span<const PlannedRun> like);

  // Trains all that were asked for to their end, those of a split side by side. False: stopped on
  // the way.
  bool Train();

  // Those in the place of `like`; empty where one was not asked for, diverged or has not ended.
  std::vector<PlannedRun> Of(double decay, std::span<const PlannedRun> like) const;

 private:
  static PlannedRun Place(double decay, const PlannedRun& like);
  const PlannedRun* InSweep(const PlannedRun& place) const;

  std::span<const TrainingSplit> splits_;
  const TrainingSweepOptions& options_;
  const TrainingSweep* sweep_;
  std::vector<PlannedRun> runs_;
};

}  // namespace halflife
