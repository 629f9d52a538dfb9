#include "tune/training/trial_families.h"

#include <algorithm>
#include <cmath>

#include "tune/grid.h"

namespace halflife {
namespace {

constexpr int kMostNewDecays = 8;    // decays beyond the grid, at one learning rate
constexpr double kEdgeChance = 2.0;  // standard deviations

}  // namespace

TrialFamilies::TrialFamilies(const TrainingSweepOptions& options, TrainingStages* stages,
                             TrainingSweep* sweep)
    : options_(options), stages_(*stages), families_(sweep->families) {
  const bool automatic = options.decays.empty();
  std::vector<double> decays = automatic ? TrainingGrid(options.grid) : options.decays;
  std::sort(decays.begin(), decays.end());
  decays.erase(std::unique(decays.begin(), decays.end()), decays.end());
  for (const double lr : options.lrs) {
    const auto known = [lr](const TrialFamily& family) { return family.lr == lr; };
    if (std::any_of(families_.begin(), families_.end(), known)) continue;  // given twice
    TrialFamily family{.lr = lr, .trials = {}};
    if (decays.front() > 0.0) family.trials.push_back(MakeTrial(0.0, lr, false));
    for (const double decay : decays) {
      if (decay == 0.0 || !automatic || MayTry(options_, decay, lr))
        family.trials.push_back(MakeTrial(decay, lr, true));
    }
    families_.push_back(std::move(family));
  }
}

TrainingTrial TrialFamilies::MakeTrial(double decay, double lr, bool asked) const {
  TrainingTrial trial{.decay = decay, .lr = lr, .asked = asked, .runs = {}};
  for (int s = 0; s < options_.seeds; ++s) {
    const RunKey key{decay, lr, options_.seed + static_cast<std::uint64_t>(s)};
    trial.runs.push_back({.key = key, .run = nullptr, .finished = false});
  }
  return trial;
}

TrialFamilies::Trials TrialFamilies::AllTrials() {
  Trials trials;
  for (TrialFamily& family : families_) {
    for (TrainingTrial& trial : family.trials) trials.push_back(&trial);
  }
  return trials;
}

void TrialFamilies::Train(int epochs, const Trials& trials, int first, int last, double later) {
  std::vector<PlannedRun*> runs;
  for (int s = first; s < last; ++s) {
    for (TrainingTrial* trial : trials) runs.push_back(&trial->runs[static_cast<std::size_t>(s)]);
  }
  stages_.Train(epochs, runs, static_cast<std::int64_t>(later));
}

std::vector<LossCurve> TrialFamilies::Curves(const TrialFamily& family, int seed) const {
  std::vector<LossCurve> curves;
  for (const TrainingTrial& trial : family.trials)
    curves.push_back(CurveOf(trial.runs[static_cast<std::size_t>(seed)], options_));
  return curves;
}

bool TrialFamilies::Extend(TrialFamily* family, bool above) {
  std::vector<double> decays;
  for (const TrainingTrial& trial : family->trials) decays.push_back(trial.decay);
  int& count = extensions_[family->lr];
  if (!options_.decays.empty() || count >= kMostNewDecays || decays.size() < 3) return false;
  const double decay = above ? ExtendAbove(decays, 1).front() : ExtendBelow(decays, 1).front();
  if (!MayTry(options_, decay, family->lr)) return false;
  ++count;
  const auto place = above ? family->trials.end() : family->trials.begin() + 1;
  family->trials.insert(place, MakeTrial(decay, family->lr, true));
  return true;
}

void TrialFamilies::Add(double decay, double lr) {
  for (TrialFamily& family : families_) {
    if (family.lr != lr) continue;
    const auto at =
        std::find_if(family.trials.begin(), family.trials.end(),
                     [decay](const TrainingTrial& trial) { return trial.decay >= decay; });
    if (at == family.trials.end() || at->decay != decay)
      family.trials.insert(at, MakeTrial(decay, lr, true));
  }
}

// Whether the first seed's losses without and with the smallest decay differ by more than chance,
// at the last epoch that both have.
bool TrialFamilies::SmallestDiffers(const TrialFamily& family) const {
  const std::vector<LossCurve> curves = Curves(family, 0);
  if (curves.size() < 2 || curves[0].diverged || curves[1].diverged) return false;
  const std::size_t epochs = std::min(curves[0].losses.size(), curves[1].losses.size());
  if (epochs == 0) return false;
  const double gap = curves[1].losses[epochs - 1] - curves[0].losses[epochs - 1];
  return std::fabs(gap) > kEdgeChance * GapNoise(curves, static_cast<int>(epochs));
}

int TrialFamilies::Edge(const TrialFamily& family, int seeds) const {
  const auto loss = [&](std::size_t i) {
    const TrainingTrial& trial = family.trials[i];
    return trial.finished() < seeds ? std::nan("") : trial.MeanLoss(seeds, options_.early_stopping);
  };
  std::size_t best = 0;
  for (std::size_t i = 1; i < family.trials.size(); ++i) {
    if (loss(i) < loss(best) || std::isnan(loss(best))) best = i;
  }
  if (std::isnan(loss(best))) return 0;  // none has ended: larger ones would not either
  double noise = 0.0;
  for (int s = 0; s < seeds; ++s) noise += GapNoise(Curves(family, s), options_.epochs) / seeds;
  noise *= kEdgeChance / std::sqrt(static_cast<double>(seeds));
  if (best == 0 || loss(0) - loss(best) < noise) return SmallestDiffers(family) ? -1 : 0;
  if (best + 1 == family.trials.size()) return 1;
  return best == 1 ? -1 : 0;
}

}  // namespace halflife
