// Training runs at many decays, learning rates and seeds: which are started, how far each is
// trained, and when enough is known. The words of this folder: a *run* is one training, of one
// decay, learning rate and seed; a *trial* is a decay at a learning rate, over its seeds; a
// *family* is all trials at one learning rate.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "halflife/tune.h"
#include "net/trainer.h"
#include "tune/training/halving.h"

namespace halflife {

struct TrainingSweepOptions {
  std::vector<double> decays;  // an explicit grid, used exactly; empty: chosen and extended
  int grid = 15;               // above 0 of a chosen one, before it is extended
  std::vector<double> lrs;     // at least one; every decay is tried with each
  int seeds = 3;
  std::uint64_t seed = 1;  // the first; the others follow it
  int epochs = 10;         // of a whole run
  HalvingWidth width;      // where decays are set aside early
  bool full = false;       // every run to its end: no decay is set aside early; so it is also for
                           // decays less than a factor of 1.9 apart
  bool early_stopping = false;          // runs stand for their best epoch rather than their last
  std::optional<double> current_decay;  // the one in use: trained after the choice, to be told
  bool textbook = false;                // so are kTextbookDecays, with the first seed of each split
  int threads = 1;
  // Whether a decay that was not asked for in the grid may be tried; none: where lr*decay < 1.
  std::function<bool(double decay, double lr)> may_try;
  std::function<void(const TrainingProgress&)> progress;  // after each epoch; one call at a time
  std::function<bool()> stop;                             // asked after each epoch
};

// Where lr*decay < 1 and options.may_try says so.
bool MayTry(const TrainingSweepOptions& options, double decay, double lr);

// A run of the sweep, started or not.
struct PlannedRun {
  RunKey key;
  const TrainingRun* run = nullptr;  // the trainer's; none: not started
  bool finished = false;             // trained to its end
  std::size_t split = 0;             // of the rows: whose trainer has it

  bool diverged() const { return run != nullptr && run->diverged(); }
  // The validation loss that it stands for; it has at least one epoch.
  double Loss(bool early_stopping) const;
};

// A decay at a learning rate.
struct TrainingTrial {
  double decay = 0.0;
  double lr = 0.0;
  bool asked = true;             // not so a decay 0 that is there for the verdict alone
  std::vector<PlannedRun> runs;  // one a seed; of several splits, one split after another

  bool diverged() const;
  int finished() const;                                   // how many runs, from the first on
  std::vector<std::size_t> ended() const;                 // places of all that are finished
  double MeanLoss(int count, bool early_stopping) const;  // that the first `count` stand for
};

// All decays at one learning rate, ascending; the first is 0.
struct TrialFamily {
  double lr = 0.0;
  std::vector<TrainingTrial> trials;
};

struct TrainingSweep {
  std::vector<TrialFamily> families;  // in the order of the learning rates
  std::int64_t epochs_trained = 0;    // of all runs together
  std::int64_t epochs_full = 0;       // the same had every run been trained to its end
  bool halved = false;                // whether decays could be set aside early
  bool stopped = false;               // on request
};

// Runs the sweep; its runs belong to the trainer. Errors of the trainer pass through.
TrainingSweep RunTrainingSweep(Trainer* trainer, const TrainingSweepOptions& options);

class TrainingStages;
class TrialFamilies;

// The same by stages and families that stay, so that more can be trained after; they are those of
// `sweep`.
void RunTrainingSweep(const TrainingSweepOptions& options, TrainingStages* stages,
                      TrialFamilies* families, TrainingSweep* sweep);

// Writes how much was trained by now, of runs of `epochs` epochs, and whether it was stopped.
void SumUp(const TrainingStages& stages, TrainingSweep* sweep, int epochs);

}  // namespace halflife
