#include "tune/training/sweep.h"

#include <algorithm>
#include <iterator>

#include "tune/training/halved.h"
#include "tune/training/stages.h"
#include "tune/training/trial_families.h"

namespace halflife {
namespace {

void TrainInFull(const TrainingSweepOptions& options, const TrainingStages& stages,
                 TrialFamilies* families) {
  families->Train(options.epochs, families->AllTrials(), 0, options.seeds, 0.0);
  for (bool more = true; more && !stages.stopped();) {
    more = false;
    for (TrialFamily& family : families->all()) {
      const int edge = families->Edge(family, options.seeds);
      if (edge != 0 && families->Extend(&family, edge > 0)) more = true;
    }
    families->Train(options.epochs, families->AllTrials(), 0, options.seeds, 0.0);
  }
}

// Whether some asked-for decays lie closer together than halving can tell apart: chance in training
// then moves the best by several of them.
bool TooFine(std::vector<double> decays) {
  constexpr double kFinest = 1.9;
  std::sort(decays.begin(), decays.end());
  for (std::size_t i = 1; i < decays.size(); ++i) {
    if (decays[i - 1] > 0.0 && decays[i] < kFinest * decays[i - 1]) return true;
  }
  return false;
}

}  // namespace

bool MayTry(const TrainingSweepOptions& options, double decay, double lr) {
  return lr * decay < 1.0 && (!options.may_try || options.may_try(decay, lr));
}

double PlannedRun::Loss(bool early_stopping) const {
  double best = run->curve().front().validation_loss;
  for (const EpochRecord& epoch : run->curve()) best = std::min(best, epoch.validation_loss);
  return early_stopping ? best : run->curve().back().validation_loss;
}

bool TrainingTrial::diverged() const {
  return std::any_of(runs.begin(), runs.end(), [](const PlannedRun& r) { return r.diverged(); });
}

int TrainingTrial::finished() const {
  const auto end =
      std::find_if(runs.begin(), runs.end(), [](const PlannedRun& r) { return !r.finished; });
  return static_cast<int>(end - runs.begin());
}

std::vector<std::size_t> TrainingTrial::ended() const {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (runs[i].finished) places.push_back(i);
  }
  return places;
}

double TrainingTrial::MeanLoss(int count, bool early_stopping) const {
  double mean = 0.0;
  for (int s = 0; s < count; ++s)
    mean += runs[static_cast<std::size_t>(s)].Loss(early_stopping) / count;
  return mean;
}

TrainingSweep RunTrainingSweep(Trainer* trainer, const TrainingSweepOptions& options) {
  TrainingSweep sweep;
  TrainingStages stages(trainer, options);
  TrialFamilies families(options, &stages, &sweep);
  RunTrainingSweep(options, &stages, &families, &sweep);
  return sweep;
}

void RunTrainingSweep(const TrainingSweepOptions& options, TrainingStages* stages,
                      TrialFamilies* families, TrainingSweep* sweep) {
  const bool full = options.full || TooFine(options.decays);
  (full ? TrainInFull : TrainHalved)(options, *stages, families);
  sweep->halved = !full;
  SumUp(*stages, sweep, options.epochs);
}

void SumUp(const TrainingStages& stages, TrainingSweep* sweep, int epochs) {
  sweep->stopped = stages.stopped();
  sweep->epochs_trained = stages.epochs_trained();
  sweep->epochs_full = 0;
  for (const TrialFamily& family : sweep->families) {
    for (const TrainingTrial& trial : family.trials)
      sweep->epochs_full += std::int64_t{epochs} * std::ssize(trial.runs);
  }
}

}  // namespace halflife
