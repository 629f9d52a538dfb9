// What the figures of a report show of tuned nets beside their runs.
#pragma once

#include <span>

#include "halflife/diagnostics.h"
#include "halflife/tune.h"
#include "net/net_trainer.h"
#include "net/rows.h"

namespace halflife {

// A net on the test rows of its split, which neither it nor its choice has seen.
struct JudgedNet {
  const NetRows& rows;
  const NetTrainer& trainer;
  const TrainingRun& run;
};

// Predictions of the test rows of all `judged`, one after another, by the nets of their splits.
// Classes, if any, are `classes` in number.
void AddHeldOutRows(std::span<const JudgedNet> judged, std::size_t classes, Diagnostics* known);

// The weights of two runs of one trainer in the tensors that `parameters`, one a tensor, say are
// decayed.
std::optional<WeightHistograms> HistogramsOfNets(const NetTrainer& trainer,
                                                 const std::vector<DecayedParameter>& parameters,
                                                 const TrainingRun& baseline,
                                                 const TrainingRun& best);

}  // namespace halflife
