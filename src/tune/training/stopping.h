// Whether stopping early does what decay does.
#pragma once

#include <optional>

#include "halflife/verdict.h"
#include "tune/training/choice.h"
#include "tune/training/sweep.h"

namespace halflife {

// Where decay helps, without early stopping: where the baseline's validation loss, a mean over the
// runs that it and the best both ended with, had been lower at some epoch, by at least four fifths
// of what the best decay gains at the end. Where it has no detectable effect, with early stopping:
// where the baseline stopped before its last epoch. None where the best is the baseline.
std::optional<TuneFinding> StoppingInstead(const TrainingChoice& choice,
                                           const TrainingSweepOptions& options, VerdictLabel label);

}  // namespace halflife
