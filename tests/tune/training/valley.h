// Made-up training runs whose validation losses form a valley in the decay.
#pragma once

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "base/random.h"
#include "support/replay_trainer.h"
#include "tune/training/choice.h"
#include "tune/training/sweep.h"

namespace halflife::testing {

// Losses fall from 2 towards 1; what decay gains or harms grows with the epochs: nothing at 0, most
// at `bottom`, harm from about five times that on.
struct Valley {
  double bottom = 0.1;
  double depth = 0.3;
  double noise = 0.0;       // standard deviation of each loss, by run and epoch
  double diverges = 1e300;  // decays from here on end in epoch 2
  int epochs = 10;

  double Loss(const RunKey& key, int epoch) const {
    const double x = 2.3 * key.decay / bottom;  // the quotient below has its minimum, -1.4, at 2.3
    const double effect = depth / 1.4 * (0.2 * x * x - 1.2 * x) / (1.0 + 0.04 * x * x);
    const double time = static_cast<double>(epoch) / epochs;
    const double drawn =
        Random(key.seed * 1000 + static_cast<std::uint64_t>(1e4 * std::log1p(1e6 * key.decay)),
               static_cast<std::uint64_t>(epoch))
            .Normal();
    return 1.0 + std::exp(-5.0 * time) + time * effect + noise * drawn +
           0.01 * static_cast<double>(key.seed % 7) + 0.1 * std::fabs(std::log10(key.lr / 0.01));
  }

  std::vector<EpochRecord> Curve(const RunKey& key) const {
    std::vector<EpochRecord> curve;
    for (int epoch = 1; epoch <= epochs; ++epoch) {
      EpochRecord record;
      record.validation_loss =
          key.decay >= diverges && epoch >= 2 ? std::nan("") : Loss(key, epoch);
      record.train_loss = 0.9 * record.validation_loss;
      record.layer_norms = {3.0, 4.0};
      curve.push_back(record);
    }
    return curve;
  }

  std::shared_ptr<ReplayTrainer> trainer() const {
    return std::make_shared<ReplayTrainer>(
        [valley = *this](const RunKey& key) { return valley.Curve(key); });
  }
};

inline TrainingSweepOptions SweepOptions(bool full = false) {
  TrainingSweepOptions options;
  options.lrs = {0.01};
  options.full = full;
  return options;
}

// Asks to stop once so many epochs are done.
inline void StopAfter(std::int64_t epochs, TrainingSweepOptions* options) {
  const auto done = std::make_shared<std::int64_t>(0);
  options->progress = [done](const TrainingProgress& progress) { *done = progress.epochs_done; };
  options->stop = [done, epochs] { return *done >= epochs; };
}

// The whole answer of a sweep; the choice points into the sweep, and that to runs of the trainer.
struct Swept {
  std::shared_ptr<Trainer> trainer;
  TrainingSweep sweep;
  TrainingChoice choice;

  double best() const { return choice.points[choice.best]->decay; }
  std::vector<double> decays() const {
    std::vector<double> decays;
    for (const TrainingTrial* point : choice.points) decays.push_back(point->decay);
    return decays;
  }
  // Position of a decay in the grid.
  std::ptrdiff_t place(double decay) const {
    const std::vector<double> all = decays();
    return std::find(all.begin(), all.end(), decay) - all.begin();
  }
};

inline Swept SweepAndChoose(const std::shared_ptr<Trainer>& trainer,
                            const TrainingSweepOptions& options) {
  Swept swept{trainer, {}, {}};
  swept.sweep = RunTrainingSweep(trainer.get(), options);
  swept.choice = Choose(swept.sweep, options);
  return swept;
}

}  // namespace halflife::testing
