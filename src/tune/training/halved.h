// A sweep that sets decays aside early: one seed for all decays first, the others for the few that
// are left.
#pragma once

#include "tune/training/trial_families.h"

namespace halflife {

// Trains what the choice needs (see halving.h) and stops when asked to.
void TrainHalved(const TrainingSweepOptions& options, const TrainingStages& stages,
                 TrialFamilies* families);

}  // namespace halflife
