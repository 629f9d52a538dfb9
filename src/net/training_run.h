// Training runs that a sweep starts, carries on by epochs, compares and drops: what the sweep asks
// of a net, the built-in one and a user's own alike.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "halflife/epoch_record.h"

namespace halflife {

// What a run depends on besides the data and the options: the same key gives the same weights, bit
// for bit, whatever runs beside it and on however many threads. Runs of one seed start from the
// same weights and see the same batches.
struct RunKey {
  double decay = 0.0;
  double lr = 0.0;
  std::uint64_t seed = 1;
};

// The angle between vectors a and b from their lengths and |a - b|^2, which the chord between their
// directions gives without cancellation: |a - b|^2 = (|a| - |b|)^2 + 4 |a| |b| sin^2(angle / 2). 0
// where a length is 0.
double AngleInDegrees(double length_a, double length_b, double squared_distance);

// One run: the weights and the optimizer's state at the end of some epoch.
class TrainingRun {
 public:
  virtual ~TrainingRun() = default;
  const RunKey& key() const { return key_; }
  const std::vector<EpochRecord>& curve() const { return curve_; }  // one record an epoch
  // Why it ended before its time ("the loss became NaN in epoch 3"), or "".
  const std::string& diverged() const { return diverged_; }
  // Whether early stopping ended it.
  bool stopped() const { return stopped_; }
  // The epoch, counted from 1, whose weights are kept: the last, or with early stopping the best;
  // 0: the initial weights.
  int kept_epoch() const { return kept_epoch_; }

 protected:
  explicit TrainingRun(const RunKey& key) : key_(key) {}
  // Ends the run where `value`, which is `what`, is not finite; says so.
  bool Diverges(std::string_view what, double value);
  RunKey key_;
  std::vector<EpochRecord> curve_;
  std::string diverged_;
  bool stopped_ = false;
  int kept_epoch_ = 0;
};

// Losses of rows that no training has seen.
struct HeldOut {
  std::vector<double> losses;  // a value a row
  double score = 0.0;          // R2 or accuracy
};

// Told after each epoch of a run, one call at a time; false: stop all at the end of their epoch.
using EpochCallback = std::function<bool(const TrainingRun& run)>;

// Starts and trains runs.
class Trainer {
 public:
  virtual ~Trainer() = default;
  virtual std::unique_ptr<TrainingRun> Start(const RunKey& key) const = 0;
  // Trains every run until it has `epochs` epochs in all, those of a seed side by side. A run that
  // diverges or stops early ends there, without a further record, and leaves the others as they
  // would have been. `runs` are all different and this trainer's own.
  virtual void TrainTo(int epochs, std::span<TrainingRun* const> runs, int threads,
                       const EpochCallback& done) const = 0;
  // With the weights of the run's kept epoch. The choice looks at Validate, the verdict at Test.
  virtual HeldOut Validate(const TrainingRun& run) const = 0;
  virtual HeldOut Test(const TrainingRun& run) const = 0;
};

}  // namespace halflife
