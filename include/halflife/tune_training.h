// Tuning the weight decay of a net of your own: you hand over its parameters and how they get their
// gradients; the sweep, the choice and the verdict are those of the built-in nets.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "halflife/epoch_record.h"
#include "halflife/optimizer.h"
#include "halflife/parameter.h"
#include "halflife/tune.h"

namespace halflife {

// One net, to be trained once: the callbacks read and write the memory that `parameters` point to,
// and keep it alive. A net is used by one thread at a time, different nets side by side.
struct OwnNet {
  std::vector<Parameter> parameters;  // the weights to begin with
  // The mean data loss of the batch of `step` (from 0) at the weights as they are, without a
  // penalty; writes its gradients, in the order and with the sizes of the parameters. The batch is
  // to depend on the seed and the step alone: then decays are compared in pairs.
  std::function<double(std::int64_t step, std::span<const std::span<float>> gradients)> gradients;
  std::function<RowLosses()> validate;  // rows that the choice may see
  std::function<RowLosses()> test;      // rows for the verdict alone; none: the validation rows
};

// Makes a net for a seed: the same weights for the same seed. Called from the calling thread.
using NetFactory = std::function<OwnNet(std::uint64_t seed)>;

struct TrainingTuneOptions {
  // Rule, law, groups, schedules, clipping. Its decay and lr are those of the sweep; a group that
  // sets its own keeps it.
  OptimizerOptions optimizer;
  std::int64_t steps_per_epoch = 0;  // to be set
  int epochs = 10;
  std::vector<double> decays;  // an explicit grid, used exactly; empty: chosen and extended
  std::vector<double> lrs;  // every decay is tried with each; empty: the optimizer's or its rule's
  int seeds = 3;
  std::uint64_t seed = 1;  // the first; the others follow it
  bool full = false;       // every run to its end: no decay is set aside early; so it is also for
                           // decays less than a factor of 1.9 apart
  std::optional<double> current_decay;  // the one in use: the verdict compares with it too
  bool textbook = false;  // after the choice also trains 1e-4, 1e-3 and 1e-2, with the first seed:
                          // Verdict::textbook
  bool early_stopping = false;  // the weights of the epoch with the lowest validation loss count
  bool classification = true;   // scores are accuracies, not R2
  int threads = 0;              // runs side by side; 0: all
  std::function<void(const TrainingProgress&)> progress;  // after each epoch; one call at a time
  std::function<bool()> stop;  // asked after each epoch; true: report what is done
};

// Tunes the decay. Throws Error for options out of range, for callbacks that return no losses or as
// many as do not fit, and when every run diverges; what a callback throws passes through.
TuneResult Tune(const NetFactory& make_net, const TrainingTuneOptions& options);

}  // namespace halflife
