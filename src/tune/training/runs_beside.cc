#include "tune/training/runs_beside.h"

#include <algorithm>

#include "tune/training/stages.h"

namespace halflife {
namespace {

bool IsSame(const PlannedRun& a, const PlannedRun& b) {
  return a.split == b.split && a.key.decay == b.key.decay && a.key.lr == b.key.lr &&
         a.key.seed == b.key.seed;
}

const PlannedRun* Find(std::span<const PlannedRun> runs, const PlannedRun& place) {
  const auto at = std::find_if(runs.begin(), runs.end(),
                               [&](const PlannedRun& run) { return IsSame(run, place); });
  return at == runs.end() ? nullptr : &*at;
}

}  // namespace

PlannedRun RunsBeside::Place(double decay, const PlannedRun& like) {
  return {.key = {decay, like.key.lr, like.key.seed}, .split = like.split};
}

const PlannedRun* RunsBeside::InSweep(const PlannedRun& place) const {
  if (sweep_ == nullptr) return nullptr;
  for (const TrialFamily& family : sweep_->families) {
    for (const TrainingTrial& trial : family.trials) {
      if (const PlannedRun* run = Find(trial.runs, place)) return run;
    }
  }
  return nullptr;
}

void RunsBeside::Ask(double decay, std::span<const PlannedRun> like) {
  for (const PlannedRun& one : like) {
    const PlannedRun place = Place(decay, one);
    if (Find(runs_, place) != nullptr || !MayTry(options_, decay, place.key.lr)) continue;
    const PlannedRun* known = InSweep(place);
    runs_.push_back(known != nullptr ? *known : place);
  }
}

bool RunsBeside::Train() {
  for (std::size_t s = 0; s < splits_.size(); ++s) {
    std::vector<PlannedRun*> own;
    for (PlannedRun& run : runs_) {
      if (run.split == s) own.push_back(&run);
    }
    TrainingStages stages(splits_[s].trainer, options_);
    stages.Train(options_.epochs, own, 0);
    if (stages.stopped()) return false;
  }
  return true;
}

std::vector<PlannedRun> RunsBeside::Of(double decay, std::span<const PlannedRun> like) const {
  std::vector<PlannedRun> runs;
  for (const PlannedRun& one : like) {
    const PlannedRun* run = Find(runs_, Place(decay, one));
    if (run == nullptr || !run->finished) return {};
    runs.push_back(*run);
  }
  return runs;
}

}  // namespace halflife
