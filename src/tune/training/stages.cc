#include "tune/training/stages.h"

#include <algorithm>
#include <limits>

#include "base/check.h"

namespace halflife {

LossCurve CurveOf(const PlannedRun& run, const TrainingSweepOptions& options) {
  LossCurve curve;
  if (run.run == nullptr) return curve;
  curve.diverged = run.diverged();
  double best = std::numeric_limits<double>::infinity();
  for (const EpochRecord& epoch : run.run->curve()) {
    best = std::min(best, epoch.validation_loss);
    curve.losses.push_back(options.early_stopping ? best : epoch.validation_loss);
  }
  if (run.finished) curve.losses.resize(static_cast<std::size_t>(options.epochs), best);
  return curve;
}

void TrainingStages::Train(int epochs, const std::vector<PlannedRun*>& runs, std::int64_t later) {
  stopped_ = stopped_ || (options_.stop && options_.stop());
  if (stopped_) return;
  std::vector<PlannedRun*> stage;
  std::vector<const TrainingRun*> trained;
  std::int64_t epochs_planned = 0;
  for (PlannedRun* planned : runs) {
    if (planned->run == nullptr) {
      planned->run = trainer_->Start(planned->key);
      ++progress_.runs_started;
    }
    const auto has = static_cast<int>(planned->run->curve().size());
    if (planned->finished || planned->diverged() || has >= epochs) continue;
    stage.push_back(planned);
    trained.push_back(planned->run);
    epochs_planned += epochs - has;
  }
  progress_.epochs_planned = progress_.epochs_done + epochs_planned + later;
  if (!stage.empty()) {
    trainer_->TrainTo(epochs, trained, options_.threads,
                      [this](const TrainingRun& run) { return AfterEpoch(run); });
  }
  for (PlannedRun* planned : stage) {
    const auto has = static_cast<int>(planned->run->curve().size());
    planned->finished = !planned->diverged() && (has >= options_.epochs || planned->run->stopped());
    if (planned->finished || planned->diverged()) ++progress_.runs_done;
    HALFLIFE_CHECK(planned->finished || planned->diverged() || stopped_ || has >= epochs);
  }
}

bool TrainingStages::AfterEpoch(const TrainingRun& run) {
  ++progress_.epochs_done;
  progress_.epochs_planned = std::max(progress_.epochs_planned, progress_.epochs_done);
  FindBest(run);
  if (options_.progress) options_.progress(progress_);
  if (options_.stop && options_.stop()) stopped_ = true;
  return !stopped_;
}

// Losses of different epochs do not compare: the best is that of those with the most.
void TrainingStages::FindBest(const TrainingRun& run) {
  const RunKey& key = run.key();
  if (key.seed != options_.seed || run.diverged()) return;
  latest_[{key.decay, key.lr}] = {run.curve().size(), run.curve().back().validation_loss};
  std::pair<std::size_t, double> best = {0, 0.0};
  for (const auto& [decay_lr, now] : latest_) {
    if (now.first < best.first || (now.first == best.first && now.second >= best.second)) continue;
    best = now;
    progress_.best_decay = decay_lr.first;
    progress_.best_lr = decay_lr.second;
    progress_.best_validation = now.second;
  }
}

}  // namespace halflife
