// One training run of a sweep: which it is, and what is recorded of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
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

// What everyone sees of a run; the trainer that started it holds its weights and its optimizer.
class TrainingRun {
 public:
  std::size_t number() const { return number_; }  // of the runs of its trainer, from 0
  const RunKey& key() const { return key_; }
  const std::vector<EpochRecord>& curve() const { return curve_; }  // one record an epoch
  // Why it ended before its time.
  const std::optional<Divergence>& diverged() const { return diverged_; }
  // Whether early stopping ended it.
  bool stopped() const { return stopped_; }
  // The epoch, counted from 1, whose weights are kept: the last, or with early stopping the best;
  // 0: the initial weights.
  int kept_epoch() const { return kept_epoch_; }

 protected:
  TrainingRun(std::size_t number, const RunKey& key) : number_(number), key_(key) {}
  TrainingRun(const TrainingRun&) = default;
  TrainingRun& operator=(const TrainingRun&) = default;
  ~TrainingRun() = default;
  // Ends the run in the epoch after those recorded where `value`, which is `what`, is not finite.
  bool Diverges(Divergence::What what, double value);

  std::size_t number_ = 0;
  RunKey key_;
  std::vector<EpochRecord> curve_;
  std::optional<Divergence> diverged_;
  bool stopped_ = false;
  int kept_epoch_ = 0;
};

}  // namespace halflife
