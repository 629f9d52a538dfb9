// What the verdict over training runs compares: which runs, and their losses on the rows that
// judge.
#pragma once

#include <vector>

#include "tune/training/choice.h"
#include "tune/training/held.h"
#include "tune/training/verdict.h"

namespace halflife {

struct ComparedRuns {
  TrainedComparison comparison;
  std::vector<PlannedRun> baseline;  // the runs behind it; empty where there are no two decays
  std::vector<PlannedRun> best;
  std::vector<DecayAtLr> chosen;  // of several splits, what each chose
};

// Of one split the choice's best, or where that is the baseline, the best of the others against the
// baseline. Of several what each split chose by itself against no decay, or the smallest decay that
// any had to compare with: a split in which that did not end is left out.
ComparedRuns Compare(const PooledSweep& sweep, const TrainingChoice& choice, bool has_test,
                     HeldRows* held);

}  // namespace halflife
