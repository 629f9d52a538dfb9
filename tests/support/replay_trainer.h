// A trainer that plays curves given as a function of the run: for tests of sweeps, and for sweeps
// over curves recorded before.
#pragma once

#include <atomic>
#include <cmath>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "net/trainer.h"

namespace halflife::testing {

class ReplayRun : public TrainingRun {
 public:
  ReplayRun(std::size_t number, const RunKey& key) : TrainingRun(number, key) {}

 private:
  friend class ReplayTrainer;
};

class ReplayTrainer : public Trainer {
 public:
  // The whole curve of a run, at its end it stops; a validation loss that is not finite ends it
  // too.
  using Curve = std::function<std::vector<EpochRecord>(const RunKey& key)>;
  // Held-out losses of a run's end; `test` or validation.
  using Rows = std::function<RowLosses(const TrainingRun& run, bool test)>;

  explicit ReplayTrainer(Curve curve, Rows rows = SameRows)
      : curve_(std::move(curve)), rows_(std::move(rows)) {}

  const TrainingRun* Start(const RunKey& key) override {
    runs_.push_back(std::make_unique<ReplayRun>(runs_.size(), key));
    return runs_.back().get();
  }

  void TrainTo(int epochs, std::span<const TrainingRun* const> runs, int threads,
               const EpochCallback& done) override {
    std::mutex mutex;
    std::atomic<bool> go_on = true;
    ParallelFor(runs.size(), threads, [&](std::size_t i) {
      ReplayRun& run = *runs_.at(runs[i]->number());
      const std::vector<EpochRecord> curve = curve_(run.key_);
      while (go_on && !run.diverged_ && run.curve_.size() < curve.size() &&
             static_cast<int>(run.curve_.size()) < epochs) {
        run.curve_.push_back(curve[run.curve_.size()]);
        run.kept_epoch_ = static_cast<int>(run.curve_.size());
        if (!std::isfinite(run.curve_.back().validation_loss))
          run.diverged_ = {Divergence::What::kLoss, true, run.kept_epoch_};
        const std::lock_guard<std::mutex> lock(mutex);
        if (done && !done(run)) go_on = false;
      }
      run.stopped_ = !run.diverged_ && run.curve_.size() == curve.size();
    });
  }

  RowLosses Validate(const TrainingRun& run) const override { return rows_(run, false); }
  RowLosses Test(const TrainingRun& run) const override {
    const std::lock_guard<std::mutex> lock(mutex_);
    tested_.insert({run.key().decay, run.key().lr, run.key().seed});
    return rows_(run, true);
  }

  // (decay, lr, seed) of the runs that Test was called for.
  const std::set<std::tuple<double, double, std::uint64_t>>& tested() const { return tested_; }

 private:
  // Two rows around the last loss.
  static RowLosses SameRows(const TrainingRun& run, bool /*test*/) {
    const double loss = run.curve().back().validation_loss;
    return {{0.9 * loss, 1.1 * loss}, 0.5};
  }

  std::vector<std::unique_ptr<ReplayRun>> runs_;
  Curve curve_;
  Rows rows_;
  mutable std::mutex mutex_;
  mutable std::set<std::tuple<double, double, std::uint64_t>> tested_;
};

}  // namespace halflife::testing
