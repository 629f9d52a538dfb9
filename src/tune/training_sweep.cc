#include "tune/training_sweep.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <set>

#include "tune/grid.h"
#include "tune/halving.h"
#include "tune/training_stages.h"

namespace halflife {
namespace {

constexpr int kMostExtensions = 8;    // decays beyond the grid, at one learning rate
constexpr double kEarly = 0.2;        // of a run: where other seeds are looked at
constexpr double kOutOfReach = 0.15;  // of the loss: learning rates that far behind are set aside
constexpr double kCloseLr = 0.02;     // of the loss: those worth as close a look as the best
constexpr int kUsuallyOn = 5;         // for the progress: decays that go on from rung to rung

class Sweeper {
 public:
  Sweeper(const Trainer& trainer, const TrainingSweepOptions& options)
      : options_(options), stages_(trainer, options), automatic_(options.decays.empty()) {
    MakeFamilies();
  }

  TrainingSweep Run() {
    if (options_.full) {
      RunFull();
    } else {
      ClimbRungs();
      FinishFirstSeed();
      TrainOtherSeeds();
    }
    sweep_.stopped = stages_.stopped();
    sweep_.epochs_trained = stages_.epochs_trained();
    for (const TrainedFamily& family : sweep_.families) {
      for (const TrainedTrial& trial : family.trials)
        sweep_.epochs_full += std::int64_t{options_.epochs} * std::ssize(trial.seeds);
    }
    return std::move(sweep_);
  }

 private:
  using Trials = std::vector<TrainedTrial*>;

  TrainedTrial MakeTrial(double decay, double lr, bool asked) const {
    TrainedTrial trial{.decay = decay, .lr = lr, .asked = asked, .seeds = {}};
    for (int s = 0; s < options_.seeds; ++s) {
      const RunKey key{decay, lr, options_.seed + static_cast<std::uint64_t>(s)};
      trial.seeds.push_back({.key = key, .run = nullptr, .finished = false});
    }
    return trial;
  }

  bool MayTry(double decay, double lr) const {
    return lr * decay < 1.0 && (!options_.may_try || options_.may_try(decay, lr));
  }

  void MakeFamilies() {
    std::vector<double> decays = automatic_ ? TrainingGrid() : options_.decays;
    std::sort(decays.begin(), decays.end());
    decays.erase(std::unique(decays.begin(), decays.end()), decays.end());
    for (const double lr : options_.lrs) {
      TrainedFamily family{.lr = lr, .trials = {}};
      if (decays.front() > 0.0) family.trials.push_back(MakeTrial(0.0, lr, false));
      for (const double decay : decays) {
        if (decay == 0.0 || !automatic_ || MayTry(decay, lr))
          family.trials.push_back(MakeTrial(decay, lr, true));
      }
      sweep_.families.push_back(std::move(family));
    }
  }

  std::vector<LossCurve> Curves(const TrainedFamily& family, std::size_t seed) const {
    std::vector<LossCurve> curves;
    for (const TrainedTrial& trial : family.trials)
      curves.push_back(CurveOf(trial.seeds[seed], options_));
    return curves;
  }

  void Train(int epochs, const Trials& trials, std::size_t first, std::size_t last, double later) {
    std::vector<SeedRun*> runs;
    for (std::size_t s = first; s < last; ++s) {
      for (TrainedTrial* trial : trials) runs.push_back(&trial->seeds[s]);
    }
    stages_.Train(epochs, runs, static_cast<std::int64_t>(later));
  }

  Trials All() {
    Trials trials;
    for (TrainedFamily& family : sweep_.families) {
      for (TrainedTrial& trial : family.trials) trials.push_back(&trial);
    }
    return trials;
  }

  std::size_t Seeds() const { return static_cast<std::size_t>(options_.seeds); }

  // Adds a decay to the family where one may be added; pointers to its trials are no longer good.
  bool Extend(TrainedFamily* family, bool above) {
    std::vector<double> decays;
    for (const TrainedTrial& trial : family->trials) decays.push_back(trial.decay);
    int& count = extensions_[family->lr];
    if (!automatic_ || count >= kMostExtensions || decays.size() < 3) return false;
    const double decay = above ? ExtendAbove(decays, 1).front() : ExtendBelow(decays, 1).front();
    if (!MayTry(decay, family->lr)) return false;
    ++count;
    const auto place = above ? family->trials.end() : family->trials.begin() + 1;
    family->trials.insert(place, MakeTrial(decay, family->lr, true));
    return true;
  }

  // At the end of an axis that is still worth going along: 1 above, -1 below, 0 not so. Judged by
  // losses, by position, NaN where there is none. No decay is the end of the axis, but what lies
  // between it and the smallest other is still to be tried while the two differ.
  static int Edge(const std::vector<double>& losses, double noise, bool smallest_differs) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < losses.size(); ++i) {
      if (losses[i] < losses[best] || std::isnan(losses[best])) best = i;
    }
    if (best == 0 || losses[0] - losses[best] < noise) return smallest_differs ? -1 : 0;
    if (best + 1 == losses.size()) return 1;
    return best == 1 ? -1 : 0;
  }

  // Whether the first seed's losses without and with the smallest decay differ by more than chance,
  // at the last epoch that both have.
  bool SmallestDiffers(const TrainedFamily& family) const {
    const std::vector<LossCurve> curves = Curves(family, 0);
    if (curves.size() < 2 || curves[0].diverged || curves[1].diverged) return false;
    const std::size_t epochs = std::min(curves[0].losses.size(), curves[1].losses.size());
    if (epochs == 0) return false;
    const double gap = curves[1].losses[epochs - 1] - curves[0].losses[epochs - 1];
    return std::fabs(gap) > 2.0 * GapNoise(curves, static_cast<int>(epochs));
  }

  // The losses at the end, means over the first `seeds` of them, and chance in a gap of two.
  std::pair<std::vector<double>, double> Ends(const TrainedFamily& family, int seeds) const {
    std::vector<double> losses;
    for (const TrainedTrial& trial : family.trials) {
      losses.push_back(trial.finished() >= seeds ? 0.0 : std::nan(""));
      if (trial.finished() < seeds) continue;
      for (int s = 0; s < seeds; ++s)
        losses.back() +=
            trial.seeds[static_cast<std::size_t>(s)].Loss(options_.early_stopping) / seeds;
    }
    double noise = 0.0;
    for (int s = 0; s < seeds; ++s)
      noise += GapNoise(Curves(family, static_cast<std::size_t>(s)), options_.epochs) / seeds;
    return {losses, 2.0 * noise / std::sqrt(static_cast<double>(seeds))};
  }

  void RunFull() {
    Train(options_.epochs, All(), 0, Seeds(), 0.0);
    for (bool more = automatic_; more && !stages_.stopped();) {
      more = false;
      for (TrainedFamily& family : sweep_.families) {
        const auto [losses, noise] = Ends(family, options_.seeds);
        const int edge = Edge(losses, noise, SmallestDiffers(family));
        if (edge != 0 && Extend(&family, edge > 0)) more = true;
      }
      Train(options_.epochs, All(), 0, Seeds(), 0.0);
    }
  }

  // What is left to do, roughly, once the first seed's decays have `epoch` epochs.
  double Later(int epoch) const {
    const double families = static_cast<double>(sweep_.families.size());
    return kUsuallyOn * families * (options_.epochs - epoch) +
           (options_.seeds - 1) * (2.0 + 2.0 * kEarly) * options_.epochs;
  }

  void ClimbRungs() {
    const std::vector<int> rungs = Rungs(options_.epochs);
    Train(rungs[0], All(), 0, 1, Later(rungs[0]));
    for (std::size_t r = 0; r + 1 < rungs.size() && !stages_.stopped(); ++r) {
      const bool drop_lrs = r + 2 >= rungs.size();
      Train(rungs[r + 1], GoOn(rungs[r], drop_lrs), 0, 1, Later(rungs[r + 1]));
    }
  }

  // The lowest first-seed loss at an epoch, of no decay alone or of all.
  double LowestAt(const TrainedFamily& family, int epoch, bool none_alone) const {
    double lowest = std::numeric_limits<double>::infinity();
    for (const LossCurve& curve : Curves(family, 0)) {
      if (!curve.diverged && curve.losses.size() >= static_cast<std::size_t>(epoch))
        lowest = std::min(lowest, curve.losses[static_cast<std::size_t>(epoch) - 1]);
      if (none_alone) break;
    }
    return lowest;
  }

  // Whether the family keeps up with the others, in its best decay or with no decay.
  bool WithinReach(const TrainedFamily& family, int epoch, bool none_alone, double part) const {
    double lowest = std::numeric_limits<double>::infinity();
    for (const TrainedFamily& other : sweep_.families)
      lowest = std::min(lowest, LowestAt(other, epoch, none_alone));
    return LowestAt(family, epoch, none_alone) <= lowest + part * std::fabs(lowest);
  }

  Trials GoOn(int epoch, bool drop_lrs) {
    Trials on;
    for (TrainedFamily& family : sweep_.families) {
      if (drop_lrs && !WithinReach(family, epoch, false, kOutOfReach)) {
        if (WithinReach(family, epoch, true, kOutOfReach)) on.push_back(&family.trials[0]);
        continue;
      }
      const Advance advance = CarryOn(Curves(family, 0), epoch, options_.epochs);
      const bool extended = advance.at_top && Extend(&family, true);
      for (const std::size_t k : advance.on) on.push_back(&family.trials[k]);
      if (extended) on.push_back(&family.trials.back());
    }
    return on;
  }

  // Who else is to be trained to the end: by the rule, or where all that were diverged on their
  // way, the largest decay alive.
  std::vector<std::size_t> StillOpen(const TrainedFamily& family) const {
    std::size_t largest = 0;
    for (std::size_t k = 1; k < family.trials.size(); ++k) {
      if (family.trials[k].finished() > 0) return ToFinish(Curves(family, 0), options_.epochs);
      if (!family.trials[k].diverged()) largest = k;
    }
    if (largest == 0) return {};
    return {largest};
  }

  void FinishFirstSeed() {
    for (bool more = true; more && !stages_.stopped();) {
      Trials next;
      for (TrainedFamily& family : sweep_.families) {
        if (!WithinReach(family, options_.epochs, false, kCloseLr)) continue;
        const std::vector<std::size_t> open = StillOpen(family);
        for (const std::size_t k : open) next.push_back(&family.trials[k]);
        const auto [losses, noise] = Ends(family, 1);
        const int edge = open.empty() ? Edge(losses, noise, SmallestDiffers(family)) : 0;
        if (edge != 0 && Extend(&family, edge > 0))
          next.push_back(edge > 0 ? &family.trials.back() : &family.trials[1]);
      }
      more = !next.empty();
      Train(options_.epochs, next, 0, 1, Later(options_.epochs));
    }
  }

  // The lowest at the end of the first seed, of those with or without decay.
  TrainedTrial* FirstSeedBest(const Trials& trials, bool with_decay) const {
    TrainedTrial* best = nullptr;
    for (TrainedTrial* trial : trials) {
      if (trial->diverged() || trial->finished() < 1 || (trial->decay > 0.0) != with_decay)
        continue;
      if (best == nullptr || Final(*trial) < Final(*best)) best = trial;
    }
    return best;
  }

  double Final(const TrainedTrial& trial) const {
    return trial.seeds[0].Loss(options_.early_stopping);
  }

  // The best, no decay, and whatever may still be better than the best by its early losses.
  void TrainOtherSeeds() {
    if (options_.seeds == 1) return;
    const Trials all = All();
    const int early = std::max(1, static_cast<int>(std::lround(kEarly * options_.epochs)));
    std::set<TrainedTrial*> tried;
    for (TrainedTrial* best = nullptr; !stages_.stopped();) {
      best = FirstSeedBest(all, true);
      if (best == nullptr || !tried.insert(best).second) break;  // a best that diverged is replaced
      Trials on = {best};
      if (TrainedTrial* none = FirstSeedBest(all, false)) on.push_back(none);
      const Trials near = Rivals(*best);
      Trials looked_at = on;
      looked_at.insert(looked_at.end(), near.begin(), near.end());
      Train(early, looked_at, 1, Seeds(), 2.0 * (options_.seeds - 1) * (options_.epochs - early));
      TrainedTrial* closest = nullptr;
      for (TrainedTrial* rival : near) {
        if (!MayWin(*rival, *best, early)) continue;
        if (closest == nullptr || Final(*rival) < Final(*closest)) closest = rival;
      }
      if (closest != nullptr) on.push_back(closest);
      Train(options_.epochs, on, 1, Seeds(), 0.0);
    }
    if (FirstSeedBest(all, true) == nullptr) {  // nothing but no decay is left
      if (TrainedTrial* none = FirstSeedBest(all, false))
        Train(options_.epochs, {none}, 1, Seeds(), 0.0);
    }
  }

  // The neighbours of the best, and the best of the other learning rates.
  Trials Rivals(const TrainedTrial& best) {
    Trials rivals;
    for (TrainedFamily& family : sweep_.families) {
      Trials own;
      for (TrainedTrial& trial : family.trials) own.push_back(&trial);
      if (family.lr != best.lr) {
        TrainedTrial* other = FirstSeedBest(own, true);
        if (other != nullptr) rivals.push_back(other);
        continue;
      }
      for (std::size_t k = 1; k < own.size(); ++k) {
        const bool beside =
            (k > 1 && own[k - 1] == &best) || (k + 1 < own.size() && own[k + 1] == &best);
        if (beside && own[k]->finished() > 0 && !own[k]->diverged()) rivals.push_back(own[k]);
      }
    }
    return rivals;
  }

  bool MayWin(const TrainedTrial& rival, const TrainedTrial& best, int early) const {
    std::vector<double> gaps;
    for (std::size_t s = 0; s < Seeds(); ++s) {
      const LossCurve a = CurveOf(rival.seeds[s], options_);
      const LossCurve b = CurveOf(best.seeds[s], options_);
      const auto at = static_cast<std::size_t>(early);
      if (a.diverged || b.diverged || a.losses.size() < at || b.losses.size() < at) return false;
      gaps.push_back(a.losses[at - 1] - b.losses[at - 1]);
    }
    const std::vector<LossCurve> pair = {CurveOf(best.seeds[0], options_),
                                         CurveOf(rival.seeds[0], options_)};
    return MayStillWin(Final(rival) - Final(best), GapNoise(pair, options_.epochs), gaps);
  }

  const TrainingSweepOptions& options_;
  TrainingStages stages_;
  bool automatic_;
  TrainingSweep sweep_;
  std::map<double, int> extensions_;  // by learning rate
};

}  // namespace

double SeedRun::Loss(bool early_stopping) const {
  double best = run->curve().front().validation_loss;
  for (const EpochRecord& epoch : run->curve()) best = std::min(best, epoch.validation_loss);
  return early_stopping ? best : run->curve().back().validation_loss;
}

bool TrainedTrial::diverged() const {
  return std::any_of(seeds.begin(), seeds.end(), [](const SeedRun& s) { return s.diverged(); });
}

int TrainedTrial::finished() const {
  const auto end =
      std::find_if(seeds.begin(), seeds.end(), [](const SeedRun& s) { return !s.finished; });
  return static_cast<int>(end - seeds.begin());
}

TrainingSweep RunTrainingSweep(const Trainer& trainer, const TrainingSweepOptions& options) {
  return Sweeper(trainer, options).Run();
}

}  // namespace halflife
