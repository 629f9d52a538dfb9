// Which decay the runs of a sweep speak for.
#pragma once

#include <cstddef>
#include <vector>

#include "tune/training/sweep.h"

namespace halflife {

struct TrainingChoice {
  std::vector<const TrainingTrial*> points;  // one a decay asked for, at its best rate; ascending
  std::size_t best = 0;                      // index into points
  bool at_edge = false;                      // the best is the smallest above 0 or the largest
  const TrainingTrial* baseline = nullptr;   // no decay at its own best rate; without a run of it
                                             // that ended, the smallest decay that has one
  const TrainingTrial* rival = nullptr;      // best of the other decays
  int seeds = 0;        // the first so many, which what was compared has ended with; 0: none has
  int epoch = 0;        // the epoch compared at where none has
  bool chance = false;  // the rival is lower than the baseline, but by no more than chance
};

// The best has the lowest validation loss at the end, mean over seeds, among the decays that ended
// with all of them. It has to beat no decay by more than 2.5 standard deviations of chance in
// training (see GapNoise): what the noise of sixteen decays picks out is no choice. Of equals the
// largest decay is taken. A run that diverged is never chosen. Throws Error if all did.
TrainingChoice Choose(const TrainingSweep& sweep, const TrainingSweepOptions& options);

}  // namespace halflife
