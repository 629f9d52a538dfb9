// What decays that a sweep did not choose would have gained: the one in use, those of textbooks,
// and the best with biases decayed too.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "halflife/verdict.h"
#include "tune/training/held.h"
#include "tune/training/splits.h"
#include "tune/training/sweep.h"

namespace halflife {

// The runs that were compared, those of a split together, and what stands for tuning.
struct ChosenRuns {
  std::vector<PlannedRun> best;  // at the best decay over all
  std::vector<PlannedRun> baseline;
  std::vector<PlannedRun> tuned;  // at what each split chose
};

struct BesideSources {
  std::span<const TrainingSplit> splits;
  std::span<const TrainingSplit> all_decayed;  // the same with trainers that decay biases and norms
                                               // too; empty: not asked about
  const TrainingSweepOptions& options;         // its progress is told of these runs alone
  const TrainingSweep& sweep;
  bool has_test = true;
};

// Trains what is asked for, each run at the learning rate of the one that it is compared with, and
// adds to the verdict what it would gain: `held` are the rows of `splits`. Of several seeds a split
// the textbook's and those with biases decayed have the first. False: stopped on the way; what is
// missing then is not told.
bool AddGainsBeside(const BesideSources& sources, const ChosenRuns& chosen, HeldRows* held,
                    Verdict* verdict);

// Such a function: what a sweep is given that is to tell of them.
using BesideTeller = std::function<bool(const BesideSources& sources, const ChosenRuns& chosen,
                                        HeldRows* held, Verdict* verdict)>;

}  // namespace halflife
