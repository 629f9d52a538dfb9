// The net that is kept: trained on all rows at the decay that was chosen.
#pragma once

#include <functional>

#include "halflife/fitted_net.h"
#include "halflife/tune.h"
#include "net/net_trainer.h"
#include "net/rows.h"

namespace halflife {

// Writes the weights that the run stands for.
void KeepWeights(const NetRun& run, FittedNet* net);

struct KeptFit {
  RunKey key;
  int epochs = 1;  // of a run that is as long as training.epochs
  TrainingOptions training;
  NetOptions net;
  std::function<bool(int epochs_done)> go_on;  // asked after each epoch
};

// Trains on all of `rows` and keeps that net in `net`. False where it was told to stop or diverged:
// then `net` is as it was. `steps`: of a whole run on these rows.
bool FitOnAll(const NetRows& rows, const KeptFit& fit, FittedNet* net, std::int64_t* steps);

}  // namespace halflife
