// The families of a sweep: decays by learning rate, which grow at their ends, and their runs.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "tune/training/halving.h"
#include "tune/training/stages.h"
#include "tune/training/sweep.h"

namespace halflife {

class TrialFamilies {
 public:
  using Trials = std::vector<TrainingTrial*>;

  // `sweep` and `stages` outlive it.
  TrialFamilies(const TrainingSweepOptions& options, TrainingStages* stages, TrainingSweep* sweep);

  std::vector<TrialFamily>& all() { return families_; }
  const std::vector<TrialFamily>& all() const { return families_; }
  Trials AllTrials();

  // Trains seeds first..last-1 of the trials until they have `epochs` epochs; about `later` epochs
  // are to follow.
  void Train(int epochs, const Trials& trials, int first, int last, double later);

  // What the rule reads of one seed's runs (0: the first).
  std::vector<LossCurve> Curves(const TrialFamily& family, int seed) const;

  // Where the axis is still worth going along, by the means of the first `seeds` seeds at the end:
  // 1 above, -1 below, 0 not so. No decay is the end of the axis, but what lies between it and the
  // smallest other is still to be tried while the two differ.
  int Edge(const TrialFamily& family, int seeds) const;

  // Adds a decay to the family where the grid is automatic, not yet too long, and the decay may be
  // tried; pointers to the family's trials are no longer good.
  bool Extend(TrialFamily* family, bool above);

  // Adds a decay at a learning rate that there is, where it is not among the family's yet; the same
  // is true of pointers.
  void Add(double decay, double lr);

 private:
  TrainingTrial MakeTrial(double decay, double lr, bool asked) const;
  bool SmallestDiffers(const TrialFamily& family) const;

  const TrainingSweepOptions& options_;
  TrainingStages& stages_;
  std::vector<TrialFamily>& families_;
  std::map<double, int> extensions_;  // by learning rate
};

}  // namespace halflife
