// Sweeps over several splits of the same rows, one after another, and their runs put together.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tune/training/sweep.h"

namespace halflife {

// One split: its trainer, and which rows that holds out.
struct TrainingSplit {
  Trainer* trainer = nullptr;
  // Which rows validate and test, in the order of their losses; where there is one split, and where
  // test rows come from elsewhere, they may be empty.
  std::vector<std::uint32_t> validation_rows;
  std::vector<std::uint32_t> test_rows;
  // The losses of these rows of the best constant of the training rows; empty where it is not
  // known, and of validation rows where there is one split.
  std::vector<double> validation_null;
  std::vector<double> test_null;
};

// A decay and the learning rate that it was best with.
struct DecayAtLr {
  double decay = 0.0;
  double lr = 0.0;
  bool operator==(const DecayAtLr&) const = default;
};

// What the sweep over one split chose by itself, before anything was known of the others.
struct SplitChoice {
  DecayAtLr baseline;
  DecayAtLr chosen;  // the baseline where nothing beat it by more than chance
  int seeds = 0;     // the first so many, which both ended with
};

struct PooledSweep {
  TrainingSweep sweep;               // each trial with the runs of all splits that were begun
  std::vector<SplitChoice> choices;  // of the first splits, those whose sweep came to its end
  int seeds = 0;                     // a split
};

// The sweep over one of several splits: a chosen grid has half as many decays.
TrainingSweepOptions AsOneOfSeveral(TrainingSweepOptions options);

// Sweeps over each split with options.seeds seeds of its own, the first with options.seed, so that
// chance in training differs from split to split. Every split has the same grid to begin with and
// extends it by itself: a split's choice must not depend on the others, whose validation rows are
// among the rows that judge it. Then whatever a split chose from in the end, its best decay and no
// decay, is trained to its end in all of them, for the choice over all. Once stopped it begins no
// further split.
PooledSweep SweepSplits(std::span<const TrainingSplit> splits, const TrainingSweepOptions& options);

}  // namespace halflife
